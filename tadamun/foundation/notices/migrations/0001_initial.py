import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tadamun.foundation.notices.vocabulary
import tadamun.foundation.sealed
import tadamun.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=tadamun.kernel.ids.new_public_id, editable=False, max_length=24, unique=True
                    ),
                ),
                ("guest_phone", tadamun.foundation.sealed.SealedTextField(blank=True, default="")),
                ("guest_language", models.CharField(default="ar", max_length=5)),
                ("scope", models.CharField(blank=True, max_length=24)),
                ("about", models.CharField(blank=True, max_length=24)),
                ("kind", models.CharField(max_length=40)),
                ("params", tadamun.foundation.sealed.SealedJSONField(default=dict)),
                ("secret", tadamun.foundation.sealed.SealedTextField(blank=True, default="")),
                ("url", tadamun.foundation.sealed.SealedTextField(blank=True, default="")),
                ("dedupe_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ("made_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["recipient", "-made_at"], name="notice_by_recipient")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        default=tadamun.foundation.notices.vocabulary.DeliveryState["PENDING"], max_length=10
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("failure", models.CharField(blank=True, default="", max_length=12)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="notices.notice",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "next_try_at"], name="delivery_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "channel"), name="notice_goes_once_a_channel"),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["in_app", "email", "sms", "by_hand"])),
                        name="delivery_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["pending", "sending", "sent", "unsure", "failed", "dropped"])
                        ),
                        name="delivery_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failure__in", ["", "refused", "unreachable", "no_address", "broken_off"])
                        ),
                        name="delivery_failure_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", tadamun.foundation.notices.vocabulary.DeliveryState["SENDING"]),
                                _negated=True,
                            ),
                            ("claimed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="delivery_is_claimed_when_sending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_at__isnull", False),
                                ("state", tadamun.foundation.notices.vocabulary.DeliveryState["SENT"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state", tadamun.foundation.notices.vocabulary.DeliveryState["SENT"]),
                                    _negated=True,
                                ),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_is_sent_exactly_when_dated",
                    ),
                ],
            },
        ),
    ]

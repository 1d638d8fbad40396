import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tadamun.foundation.people.vocabulary
import tadamun.foundation.sealed
import tadamun.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=tadamun.kernel.ids.new_public_id, editable=False, max_length=24, unique=True
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80)),
                (
                    "address_form",
                    models.CharField(
                        default=tadamun.foundation.people.vocabulary.AddressForm["NEUTRAL"], max_length=10
                    ),
                ),
                ("language", models.CharField(default="ar", max_length=5)),
                ("email", models.EmailField(blank=True, max_length=254, null=True, unique=True)),
                ("phone", tadamun.foundation.sealed.SealedTextField(blank=True, null=True)),
                (
                    "phone_hash",
                    models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True),
                ),
                ("phone_verified_at", models.DateTimeField(blank=True, null=True)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                ("forgotten_at", models.DateTimeField(blank=True, null=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone__isnull", True), ("phone_hash__isnull", True)),
                            models.Q(("phone__isnull", False), ("phone_hash__isnull", False)),
                            _connector="OR",
                        ),
                        name="person_phone_is_sealed_and_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("phone_verified_at__isnull", True), ("phone__isnull", False), _connector="OR"
                        ),
                        name="person_verified_phone_exists",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forgotten_at__isnull", True),
                            models.Q(
                                ("email__isnull", True),
                                ("is_active", False),
                                ("is_staff", False),
                                ("is_superuser", False),
                                ("name", ""),
                                ("phone__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="person_forgotten_keeps_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email__isnull", True), models.Q(("email", ""), _negated=True), _connector="OR"
                        ),
                        name="person_email_is_none_or_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address_form__in", ["neutral", "feminine", "masculine"])),
                        name="person_address_form_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                ("purpose", models.CharField(max_length=24)),
                ("text_version", models.CharField(max_length=16)),
                ("means", models.CharField(max_length=12)),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="consent_is_withdrawn_after_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purpose__in",
                                ["help", "offer", "on_behalf", "membership", "public_need", "share_phone"],
                            )
                        ),
                        name="consent_purpose_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("means__in", ["self", "phone", "in_person"])),
                        name="consent_means_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(db_index=True, max_length=24)),
                ("viewer_role", models.CharField(max_length=16)),
                ("what", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("scope", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reveals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "viewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="looks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "-at"], name="reveal_by_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["name", "phone", "place", "notes", "contact"])),
                        name="reveal_is_of_something_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
            },
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_in_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True),
                            ("used_at__lte", models.F("expires_at")),
                            _connector="OR",
                        ),
                        name="sign_in_link_is_used_before_it_expires",
                    )
                ],
            },
        ),
    ]

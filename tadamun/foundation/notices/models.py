"""The outbox: what is to be told to whom, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tadamun.foundation.codes import one_of
from tadamun.foundation.notices.vocabulary import Channel, DeliveryState, Failure
from tadamun.foundation.people.models import Person
from tadamun.foundation.sealed import SealedJSONField, SealedTextField
from tadamun.kernel.ids import new_public_id


class Notice(models.Model):
    """One thing somebody is told: a kind and parameters; its wording is registered by the app that sends it."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    recipient = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    guest_phone = SealedTextField(blank=True, default="")
    guest_language = models.CharField(max_length=5, default="ar")
    scope = models.CharField(max_length=24, blank=True)
    about = models.CharField(max_length=24, blank=True)
    """Public id of the request or record it tells of, so that a look at the phone is logged where its owner reads."""
    kind = models.CharField(max_length=40)
    params = SealedJSONField(default=dict)
    """What the words take: a number, or where somebody was sent."""
    secret = SealedTextField(blank=True, default="")
    """A code or one-time link that the text carries; wiped when the notice is sent."""
    url = SealedTextField(blank=True, default="")
    dedupe_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-made_at"], name="notice_by_recipient")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Delivery(models.Model):
    """One way a notice is sent; tried again until sent or given up."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=DeliveryState.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=12, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notice_goes_once_a_channel"),
            one_of("channel", Channel, name="delivery_channel_is_known"),
            one_of("state", DeliveryState, name="delivery_state_is_known"),
            one_of("failure", Failure, name="delivery_failure_is_known"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENDING) | Q(claimed_at__isnull=False),
                name="delivery_is_claimed_when_sending",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="delivery_is_sent_exactly_when_dated",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_try_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"

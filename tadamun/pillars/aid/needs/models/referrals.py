"""That somebody was sent to a service of the directory, and whether it helped."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tadamun.foundation.codes import one_of
from tadamun.foundation.people.models import Person
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.aid.needs.models.requests import NeedLine
from tadamun.pillars.aid.needs.vocabulary import ReferralOutcome


class Referral(models.Model):
    """One line of a request, sent to one service; asked about later, once."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    line = models.ForeignKey(NeedLine, on_delete=models.CASCADE, related_name="referrals")
    service = models.ForeignKey(
        "directory.Service", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    referred_at = models.DateTimeField()
    asks_on = models.DateField()
    """The day on which we ask, on the community's calendar."""
    asked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, default=ReferralOutcome.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("outcome", ReferralOutcome, name="referral_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(outcome=ReferralOutcome.WAITING, answered_at__isnull=True)
                | (~Q(outcome=ReferralOutcome.WAITING) & Q(answered_at__isnull=False)),
                name="referral_is_answered_exactly_when_dated",
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(outcome=ReferralOutcome.WAITING),
                name="referral_waits_once_a_line",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

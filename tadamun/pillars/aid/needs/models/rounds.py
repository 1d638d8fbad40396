"""Matching rounds with their proof, and distribution days."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.aid.needs.models.offers import Offer
from tadamun.pillars.aid.needs.models.requests import NeedLine
from tadamun.pillars.aid.needs.vocabulary import Outcome, RoundState


class Round(models.Model):
    """One reckoning over the open lines and offers: inputs, policy, certificate and figures, kept for verifying."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default=RoundState.QUEUED)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    reckoned_at = models.DateTimeField(null=True, blank=True)
    policy = models.JSONField(default=dict)
    inputs = SealedTextField(blank=True, default="")
    """Needs, offers and matches as the command line reads them, for auditors: they hold places."""
    certificate = SealedTextField(blank=True, default="")
    input_digest = models.CharField(max_length=64, blank=True)
    certificate_digest = models.CharField(max_length=64, blank=True)
    violations = models.PositiveIntegerField(null=True, blank=True)
    figures = models.JSONField(default=dict)
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="round_number_is_one_a_community"),
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(state__in=[RoundState.QUEUED, RoundState.RUNNING]),
                name="round_is_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.DONE)
                | (Q(reckoned_at__isnull=False, violations__isnull=False) & ~Q(input_digest="")),
                name="round_done_has_its_proof",
            ),
            one_of("state", RoundState, name="round_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.public_id


class RoundOutcome(models.Model):
    """What a round found for one line, and why."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="outcomes")
    line = models.ForeignKey(NeedLine, on_delete=models.CASCADE, related_name="outcomes")
    outcome = models.CharField(max_length=20)
    units = models.PositiveIntegerField(default=0)
    reason = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "line"], name="outcome_is_one_a_line"),
            one_of("outcome", Outcome, name="outcome_is_known"),
        ]

    def __str__(self) -> str:
        return self.outcome


class Distribution(models.Model):
    """A day on which an organisation hands out many parcels from a numbered list."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="distributions")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="distributions")
    title = models.CharField(max_length=120)
    where = models.CharField(max_length=200)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=models.F("closes_at")), name="distribution_opens_before_it_closes"
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class DistributionSeat(models.Model):
    """One household's number on the list of a distribution day."""

    distribution = models.ForeignKey(Distribution, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveIntegerField()
    match = models.OneToOneField("needs.Match", on_delete=models.CASCADE, related_name="seat")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["distribution", "number"], name="seat_number_is_one_a_distribution"
            )
        ]

    def __str__(self) -> str:
        return str(self.number)

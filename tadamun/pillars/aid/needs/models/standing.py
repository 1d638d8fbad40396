"""What stands between two rounds: how far the proposals have been kept up, and what was found for each line."""

from __future__ import annotations

from django.db import models

from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs.models.requests import NeedLine
from tadamun.pillars.aid.needs.vocabulary import Outcome


class StandingPlan(models.Model):
    """How much of a community's trail its standing proposals know of."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="standing_plan")
    trail_length = models.PositiveBigIntegerField(default=0)
    kept_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    """Since when a job waits to bring them up to date."""

    def __str__(self) -> str:
        return str(self.community_id)


class StandingOutcome(models.Model):
    """What a round would find for a line if it ran now, and why."""

    line = models.OneToOneField(NeedLine, on_delete=models.CASCADE, related_name="standing_outcome")
    outcome = models.CharField(max_length=20)
    units = models.PositiveIntegerField(default=0)
    reason = models.JSONField(default=dict)

    class Meta:
        constraints = [one_of("outcome", Outcome, name="standing_outcome_is_known")]

    def __str__(self) -> str:
        return self.outcome

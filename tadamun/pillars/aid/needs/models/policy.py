"""How a community matches: published, and the same for everybody."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs.vocabulary import (
    CHECK_DAYS_MOST,
    ESCALATION_DAYS_MOST,
    INVITATION_HOURS_MOST,
    REFERRAL_DAYS_MOST,
)


class MatchingPolicy(models.Model):
    """The settings of a community's rounds and invitations."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="matching_policy")
    escalate_after_days = models.PositiveSmallIntegerField(default=7)
    fair_by_area = models.BooleanField(default=True)
    widen = models.BooleanField(default=True)
    invitation_hours = models.PositiveSmallIntegerField(default=12)
    referral_asks_after_days = models.PositiveSmallIntegerField(default=14)
    check_after_days = models.PositiveSmallIntegerField(default=14)
    """After how many days without a sign of life an asker is asked whether a need is still there."""

    class Meta:
        verbose_name_plural = "matching policies"
        constraints = [
            models.CheckConstraint(
                condition=Q(escalate_after_days__gte=1, escalate_after_days__lte=ESCALATION_DAYS_MOST),
                name="policy_escalates_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(invitation_hours__gte=1, invitation_hours__lte=INVITATION_HOURS_MOST),
                name="policy_invites_within_a_week",
            ),
            models.CheckConstraint(
                condition=Q(
                    referral_asks_after_days__gte=1, referral_asks_after_days__lte=REFERRAL_DAYS_MOST
                ),
                name="policy_asks_about_referrals_within_months",
            ),
            models.CheckConstraint(
                condition=Q(check_after_days__gte=1, check_after_days__lte=CHECK_DAYS_MOST),
                name="policy_checks_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return str(self.community_id)

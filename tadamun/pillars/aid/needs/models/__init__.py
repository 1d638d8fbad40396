"""What is stored of needs, offers and the help between them."""

from __future__ import annotations

from tadamun.pillars.aid.needs.models.imports import ImportedRow, KnownColumns, SheetImport
from tadamun.pillars.aid.needs.models.matches import Match, Stay, StayConcern
from tadamun.pillars.aid.needs.models.offers import Offer, OfferSlot, ShelterDetails
from tadamun.pillars.aid.needs.models.policy import MatchingPolicy
from tadamun.pillars.aid.needs.models.referrals import Referral
from tadamun.pillars.aid.needs.models.requests import (
    AWAITS_A_CALL,
    ContactAttempt,
    Message,
    NeedLine,
    Request,
    RequestCounter,
    RequestLink,
)
from tadamun.pillars.aid.needs.models.rounds import Distribution, DistributionSeat, Round, RoundOutcome
from tadamun.pillars.aid.needs.models.standing import StandingOutcome, StandingPlan

__all__ = [
    "AWAITS_A_CALL",
    "ContactAttempt",
    "Distribution",
    "DistributionSeat",
    "ImportedRow",
    "KnownColumns",
    "Match",
    "MatchingPolicy",
    "Message",
    "NeedLine",
    "Offer",
    "OfferSlot",
    "Referral",
    "Request",
    "RequestCounter",
    "RequestLink",
    "Round",
    "RoundOutcome",
    "SheetImport",
    "ShelterDetails",
    "StandingOutcome",
    "StandingPlan",
    "Stay",
    "StayConcern",
]

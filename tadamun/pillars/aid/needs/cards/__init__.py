"""What a viewer may see: frozen, already redacted shapes, for pages and programs alike."""

from __future__ import annotations

from tadamun.pillars.aid.needs.cards.board import AreaWait, Figures, HandoverCard, MapMark
from tadamun.pillars.aid.needs.cards.due import DueCard
from tadamun.pillars.aid.needs.cards.exports import ChatLine, ExportRow, RunCard, RunSheet, StopCard
from tadamun.pillars.aid.needs.cards.fairness import Fairness, Fared
from tadamun.pillars.aid.needs.cards.found import FoundOffer, FoundRequest
from tadamun.pillars.aid.needs.cards.giving import DoorCard, InvitationCard, OfferCard, TaskCard
from tadamun.pillars.aid.needs.cards.imports import (
    AssumedCard,
    ColumnCard,
    GuessedDayCard,
    ImportCard,
    IncomingCard,
    LikeCard,
    ProblemCard,
)
from tadamun.pillars.aid.needs.cards.lines import UNSAID, ChoiceCard, LineCard, QueueCard
from tadamun.pillars.aid.needs.cards.public import Firsts, MonthTotals, PublicNeed
from tadamun.pillars.aid.needs.cards.referrals import ReferralCard
from tadamun.pillars.aid.needs.cards.requests import (
    AlikeCard,
    ConcernCard,
    ContactCard,
    ContactLogCard,
    MatchCard,
    MessageCard,
    RequestCard,
)
from tadamun.pillars.aid.needs.cards.rounds import (
    DistributionCard,
    ProposalCard,
    RoundCard,
    SeatCard,
    Share,
    UnmatchedCard,
)
from tadamun.pillars.aid.needs.cards.tracking import HelpCard, LookCard, TrackCard, TrackedLine

__all__ = [
    "UNSAID",
    "AlikeCard",
    "AreaWait",
    "AssumedCard",
    "ChatLine",
    "ChoiceCard",
    "ColumnCard",
    "ConcernCard",
    "ContactCard",
    "ContactLogCard",
    "DistributionCard",
    "DoorCard",
    "DueCard",
    "ExportRow",
    "Fairness",
    "Fared",
    "Figures",
    "Firsts",
    "FoundOffer",
    "FoundRequest",
    "GuessedDayCard",
    "HandoverCard",
    "HelpCard",
    "ImportCard",
    "IncomingCard",
    "InvitationCard",
    "LikeCard",
    "LineCard",
    "LookCard",
    "MapMark",
    "MatchCard",
    "MessageCard",
    "MonthTotals",
    "OfferCard",
    "ProblemCard",
    "ProposalCard",
    "PublicNeed",
    "QueueCard",
    "ReferralCard",
    "RequestCard",
    "RoundCard",
    "RunCard",
    "RunSheet",
    "SeatCard",
    "Share",
    "StopCard",
    "TaskCard",
    "TrackCard",
    "TrackedLine",
    "UnmatchedCard",
]

"""The one round of the story: asked for, reckoned by the engine, and what people made of its proposals."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import ProposalCard
from tadamun.web.demo.calendar import Strand
from tadamun.web.demo.fates import HOUR, accept, delivered, giver_of, set_time

if TYPE_CHECKING:
    from tadamun.web.demo.story import Neighbourhood

ENDINGS = (
    "met",
    "met",
    "met",
    "met",
    "declined",
    "met",
    "met",
    "proposed",
    "met",
    "cancelled",
    "met",
    "proposed",
)
"""What became of the proposals, in their order, over and over."""


def round_of(here: Neighbourhood, *, days_ago: float) -> Strand:
    """Run it, and begin what follows from each proposal."""
    at = yield here.calendar.ago(days_ago)
    asked = services.ask_for_round(community=here.community, actor=here.coordinator, at=at)
    at = yield at + timedelta(minutes=1)
    done = services.reckon_round(round_id=asked.public_id, at=at)
    cards = queries.proposals(round_id=done.public_id, viewer=here.coordinator)
    for place, card in enumerate(cards):
        here.calendar.begin(_follow(here, card, ending=ENDINGS[place % len(ENDINGS)], at=at))


def _follow(here: Neighbourhood, card: ProposalCard, *, ending: str, at: datetime) -> Strand:
    if ending == "proposed":
        return
    at = yield at + HOUR
    match = services.invite(
        line_id=card.line.public_id, offer_id=card.offer_id, actor=here.coordinator, at=at
    )
    at = yield at + 3 * HOUR
    if ending == "declined":
        services.decline(match_id=match.public_id, actor=giver_of(here, match), at=at)
        return
    match = accept(here, match, at=at)
    if ending == "cancelled":
        set_time(here, match, starts=here.calendar.hour(at, days=1, hour=16), at=at)
        at = yield at + HOUR
        services.cancel_match(match_id=match.public_id, actor=giver_of(here, match), at=at)
        return
    yield from delivered(here, match, number=card.line.request_number, at=at)

"""Which offers could serve a line, each explained."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tadamun.foundation.catalogue.queries import name_of
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import ChoiceCard
from tadamun.pillars.aid.needs.fitting import distance_km, misfit, shown_km, spoils_soon, window_of
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, OfferSlot
from tadamun.pillars.aid.needs.queries.lines import giver_name
from tadamun.pillars.aid.needs.queries.requests import line_for
from tadamun.pillars.aid.needs.reasons import without_distance
from tadamun.pillars.aid.needs.slots import current_slots, local_day, over_monthly_limit
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState, OfferState

CHOICES = 3


def choices_for(*, line_id: str, viewer: Any, at: datetime, most: int = CHOICES) -> list[ChoiceCard]:
    """The offers that could serve a line: the round's proposals first, then what would spoil, then the nearest.

    Each is explained.
    """
    line = line_for(line_id, viewer=viewer)
    if line.state not in (LineState.OPEN, LineState.PART_MATCHED) or line.category.is_money:
        return []
    proposed = {match.slot_id: match for match in line.matches.filter(state=MatchState.PROPOSED)}
    asked = set(line.matches.exclude(state=MatchState.PROPOSED).values_list("slot_id", flat=True))
    open_offers = Offer.objects.filter(
        community=line.community, category=line.category, state=OfferState.OPEN
    )
    offers = open_offers.select_related("giver", "category", "community", "place__area", "shelter")
    found: list[tuple[tuple[bool, date, float, int], ChoiceCard]] = []
    today = local_day(community=line.community, at=at)
    policies.know_givers(offers=offers, community=line.community)
    for slot in current_slots(offers=offers, at=at):
        if slot.free <= 0 or slot.pk in asked or misfit(line=line, slot=slot, at=at):
            continue
        if over_monthly_limit(offer=slot.offer, at=at):
            continue
        if not slot.offer.divisible and (slot.reserved or line.unreserved > slot.quantity):
            continue
        card = _choice(line, slot, match=proposed.get(slot.pk))
        reckoned = distance_km(request=line.request, offer=slot.offer, community=line.community)
        last = slot.offer.best_before
        hurries = last if last is not None and spoils_soon(best_before=last, today=today) else date.max
        found.append(((not card.proposed, hurries, reckoned, slot.pk), card))
    found.sort(key=lambda pair: pair[0])
    return [card for _, card in found[:most]]


def _choice(line: NeedLine, slot: OfferSlot, *, match: Match | None) -> ChoiceCard:
    offer = slot.offer
    starts, ends = window_of(slot=slot)
    far = shown_km(request=line.request, offer=offer, community=line.community)
    reason = match.reason if match else {}
    return ChoiceCard(
        offer_id=offer.public_id,
        giver=giver_name(offer),
        is_organisation=offer.is_organisation,
        category=name_of(category=offer.category),
        free=slot.free,
        distance_km=far,
        window_from=starts,
        window_until=ends,
        brings_it=offer.brings_it,
        provides=tuple(offer.provides),
        best_before=offer.best_before,
        verified=policies.may_give_in(giver=offer.giver, offer=offer),
        proposed=match is not None,
        proposed_quantity=match.quantity if match else None,
        reason=reason if far is not None else without_distance(reason=reason),
    )

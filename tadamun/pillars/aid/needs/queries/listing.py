"""Long lists in parts: each part begins after the last row of the one before, so that nothing new shifts them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import LineCard, OfferCard
from tadamun.pillars.aid.needs.cards.listing import RequestRow
from tadamun.pillars.aid.needs.models import NeedLine, Offer, Request
from tadamun.pillars.aid.needs.queries.giving import _offer_cards
from tadamun.pillars.aid.needs.queries.lines import area_of, cards_with_keys, line_card, with_relations
from tadamun.pillars.aid.needs.vocabulary import ENDED, UNSORTED, LineState, OfferState

LinePlace = tuple[int, datetime, int]
"""Where a line stands in its list: tier, waiting since, row."""


def lines_in_parts(
    *,
    community: Community,
    viewer: Any,
    state: LineState,
    most: int,
    category: str = "",
    after: LinePlace | None = None,
) -> list[tuple[LinePlace, LineCard]]:
    """The lines in one state, most severe first and then longest waiting, for coordinators.

    :param category: code of a category, itself or main, to narrow by.
    :param after: the place of the last line that was seen.
    """
    policies.require_coordinator(actor=viewer, community=community)
    lines = NeedLine.objects.filter(community=community, state=state)
    if category:
        lines = lines.filter(Q(category__code=category) | Q(category__parent__code=category))
    if after is not None:
        lines = lines.filter(_behind(*after))
    in_order = lines.order_by(F("tier").asc(nulls_first=True), "waiting_since", "pk")
    return [
        ((UNSORTED if card.tier is None else card.tier, card.waiting_since, key), card)
        for key, card in cards_with_keys(in_order, community=community, most=most)
    ]


def requests_in_parts(
    *,
    community: Community,
    viewer: Any,
    most: int,
    is_open: bool | None = None,
    before: int | None = None,
) -> list[RequestRow]:
    """The requests of a community, the last asked first, for coordinators.

    :param is_open: only those of which something is still expected, or only the others.
    :param before: the number of the last request that was seen.
    """
    policies.require_coordinator(actor=viewer, community=community)
    requests = Request.objects.filter(community=community)
    if before is not None:
        requests = requests.filter(number__lt=before)
    if is_open is not None:
        expected = Exists(NeedLine.objects.filter(request=OuterRef("pk")).exclude(state__in=ENDED))
        requests = requests.filter(expected if is_open else ~expected)
    lines = Prefetch("lines", queryset=with_relations(NeedLine.objects.order_by("pk")))
    found = requests.select_related("place__area").prefetch_related(lines).order_by("-number")[:most]
    return [_row(request) for request in found]


def offers_in_parts(
    *, community: Community, viewer: Any, most: int, at: datetime, before: int | None = None
) -> list[tuple[int, OfferCard]]:
    """The open offers of a community, the last made first, for coordinators, each with its row's number."""
    policies.require_coordinator(actor=viewer, community=community)
    offers = Offer.objects.filter(community=community, state=OfferState.OPEN)
    if before is not None:
        offers = offers.filter(pk__lt=before)
    keys = list(offers.order_by("-pk").values_list("pk", flat=True)[:most])
    return list(zip(keys, _offer_cards(Offer.objects.filter(pk__in=keys), at=at), strict=True))


def _behind(tier: int, since: datetime, row: int) -> Q:
    """Lines that come after this place."""
    later = Q(waiting_since__gt=since) | Q(waiting_since=since, pk__gt=row)
    if tier == UNSORTED:
        return (Q(tier__isnull=True) & later) | Q(tier__isnull=False)
    # The first half says nothing new, but by it an index is entered where the tier begins.
    return Q(tier__gte=tier) & (Q(tier__gt=tier) | later)


def _row(request: Request) -> RequestRow:
    return RequestRow(
        public_id=request.public_id,
        number=request.number,
        origin=request.origin,
        asked_at=request.asked_at,
        household_size=request.household_size,
        area=area_of(request),
        call_by=request.call_by,
        follow_up_on=request.follow_up_on,
        unreachable=request.unreachable_since is not None,
        merged=request.merged_into_id is not None,
        lines=tuple(line_card(line) for line in request.lines.all()),
    )

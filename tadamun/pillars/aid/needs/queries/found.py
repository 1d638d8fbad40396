"""Cards of what a search came upon: whatever the index says, only what this viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import FoundOffer, FoundRequest
from tadamun.pillars.aid.needs.models import Offer, Request
from tadamun.pillars.aid.needs.queries.lines import area_of, giver_name, icon_of, what_of
from tadamun.pillars.aid.needs.vocabulary import OfferState


def found_requests(*, community: Community, viewer: Any, ids: Sequence[str]) -> list[FoundRequest]:
    """Requests by public id, in the order given: every one for coordinators, for others their own."""
    rows = Request.objects.filter(
        community=community, public_id__in=ids, forgotten_at__isnull=True, merged_into__isnull=True
    )
    coordinates = policies.may_coordinate(person=viewer, community=community)
    if not coordinates:
        if not getattr(viewer, "is_authenticated", False):
            return []
        rows = rows.filter(asker=viewer)
    found = rows.select_related("place__area").prefetch_related("lines__category__parent")
    by_id = {row.public_id: _request(row, is_own=not coordinates) for row in found}
    return [by_id[one] for one in ids if one in by_id]


def found_offers(*, community: Community, viewer: Any, ids: Sequence[str]) -> list[FoundOffer]:
    """Open offers by public id, in the order given: every one for coordinators, for others their own."""
    rows = Offer.objects.filter(community=community, public_id__in=ids, state=OfferState.OPEN)
    if not policies.may_coordinate(person=viewer, community=community):
        if not getattr(viewer, "is_authenticated", False):
            return []
        rows = rows.filter(giver=viewer)
    found = rows.select_related("category__parent", "place__area", "giver")
    by_id = {row.public_id: _offer(row) for row in found}
    return [by_id[one] for one in ids if one in by_id]


def _above(category: Category) -> str:
    return name_of(category=category.parent) if category.parent else ""


def _request(row: Request, *, is_own: bool) -> FoundRequest:
    lines = sorted(row.lines.all(), key=lambda line: line.pk)
    return FoundRequest(
        public_id=row.public_id,
        number=row.number,
        asked_at=row.asked_at,
        categories=tuple(dict.fromkeys(map(what_of, lines))),
        within=tuple(
            dict.fromkeys(filter(None, (_above(line.category) for line in lines if not line.asks_for_call)))
        ),
        icon=icon_of(lines[0]) if lines else "basket",
        area=area_of(row),
        is_own=is_own,
    )


def _offer(row: Offer) -> FoundOffer:
    return FoundOffer(
        public_id=row.public_id,
        made_at=row.made_at,
        category=name_of(category=row.category),
        within=_above(row.category),
        icon=row.category.icon,
        unit=row.category.unit,
        quantity=row.quantity,
        detail=row.detail,
        area=row.place.area.name if row.place and row.place.area else "",
        giver=giver_name(row),
    )

"""Offers: making, resting and closing them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import After, Key, Limit, Listed, Page, a_row, cursor, cut, once_by, place_of
from tadamun.foundation.catalogue.queries import category_of
from tadamun.foundation.people.consents import consent_text
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import (
    HERE,
    OFFERS_READ,
    OFFERS_WRITE,
    area_here,
    here,
    within_measure,
)
from tadamun.pillars.aid.needs.errors import ConsentNeeded, OfferDoesNotFit
from tadamun.pillars.aid.needs.queries.belonging import require_here
from tadamun.pillars.aid.needs.queries.listing import offers_in_parts
from tadamun.pillars.aid.needs.schemas import offers as shapes
from tadamun.pillars.aid.needs.schemas.needs import Made
from tadamun.pillars.aid.needs.vocabulary import OFFERED_MOST

router = Router(tags=["offers"])
OFFER = f"{HERE}/offers/{{slug:offer_id}}"


@router.post(f"{HERE}/offers", response={201: Made}, auth=OFFERS_WRITE)
def post_offer(request: HttpRequest, community: str, given: shapes.OfferGiven, key: Key) -> Any:
    """Offer help, once or again and again."""
    at, place = timezone.now(), here(request)
    within_measure(request, what="offer", most=OFFERED_MOST, at=at)

    def post() -> str:
        offer = services.post_offer(
            community=place, actor=request.user, details=_details(request, given), at=at
        )
        return offer.public_id

    return {"id": once_by(request, key=key, given=given, at=at, do=post)}


@router.get(f"{HERE}/offers", response=Page[shapes.OfferRead], auth=OFFERS_READ)
def offers(request: HttpRequest, community: str, limit: Limit = 20, after: After = None) -> Any:
    """The open offers of the community, the last made first; for coordinators."""
    place = place_of(after, a_row)
    rows = offers_in_parts(
        community=here(request),
        viewer=request.user,
        most=limit + 1,
        at=timezone.now(),
        before=place[0] if place else None,
    )
    page = cut(rows, limit=limit, next_of=lambda row: cursor(row[0]))
    return {**page, "items": [card for _, card in page["items"]]}


@router.get(f"{HERE}/offers/mine", response=Listed[shapes.OfferRead], auth=OFFERS_READ)
def own_offers(request: HttpRequest, community: str) -> Any:
    """What the person of the token offers here, open ones first."""
    return {"items": queries.own_offers(community=here(request), viewer=request.user, at=timezone.now())}


@router.get(OFFER, response=shapes.OfferRead, auth=OFFERS_READ)
def one_offer(request: HttpRequest, community: str, offer_id: str) -> Any:
    """One offer, for its giver and coordinators."""
    require_here(community=here(request), offer_id=offer_id)
    return queries.offer_card(offer_id=offer_id, viewer=request.user, at=timezone.now())


@router.post(f"{OFFER}/pause", response=shapes.OfferState, auth=OFFERS_WRITE)
def pause_offer(request: HttpRequest, community: str, offer_id: str, given: shapes.PauseGiven) -> Any:
    """Let an offer rest until a day; promises already made stay."""
    require_here(community=here(request), offer_id=offer_id)
    return services.pause_offer(offer_id=offer_id, until=given.until, actor=request.user, at=timezone.now())


@router.post(f"{OFFER}/resume", response=shapes.OfferState, auth=OFFERS_WRITE)
def resume_offer(request: HttpRequest, community: str, offer_id: str) -> Any:
    """Go on with an offer that rests."""
    require_here(community=here(request), offer_id=offer_id)
    return services.pause_offer(offer_id=offer_id, until=None, actor=request.user, at=timezone.now())


@router.post(f"{OFFER}/close", response=shapes.OfferState, auth=OFFERS_WRITE)
def close_offer(request: HttpRequest, community: str, offer_id: str) -> Any:
    """End an offer; invitations not yet answered end with it."""
    require_here(community=here(request), offer_id=offer_id)
    return services.close_offer(offer_id=offer_id, actor=request.user, at=timezone.now())


@router.post(f"{OFFER}/owner", response=shapes.OfferState, auth=OFFERS_WRITE)
def take_on_offer(request: HttpRequest, community: str, offer_id: str) -> Any:
    """See to it that nothing of an offer spoils; whoever was faster keeps it. For coordinators."""
    require_here(community=here(request), offer_id=offer_id)
    return services.take_on_offer(offer_id=offer_id, actor=request.user, at=timezone.now())


def _details(request: HttpRequest, given: shapes.OfferGiven) -> services.OfferDetails:
    category = category_of(community=here(request), code=given.category)
    if consent_text(purpose=ConsentPurpose.HELP, version=given.consent_version) is None:
        raise ConsentNeeded
    if category.whole != (given.house is not None):
        raise OfferDoesNotFit(why="house")
    house = services.ShelterOffer(**given.house.model_dump()) if given.house else None
    return services.OfferDetails(
        category=category,
        quantity=given.quantity,
        divisible=given.divisible,
        rhythm=given.rhythm,
        from_at=given.from_at,
        until_at=given.until_at,
        reach_km=float(given.reach_km),
        brings_it=given.brings_it,
        provides=tuple(one.value for one in given.provides),
        detail=given.detail,
        monthly_limit=given.monthly_limit,
        best_before=given.best_before,
        allergens=given.allergens,
        storage=given.storage,
        area=area_here(request, given.area_id),
        address=given.address,
        giver_name=given.organisation,
        is_organisation=bool(given.organisation.strip()),
        consent_version=given.consent_version,
        shelter=house,
    )

"""Distribution days: the numbered list of an offer's parcels, and the counter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import Key, Listed, once_by
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import HERE, MATCHING_READ, MATCHING_WRITE, here
from tadamun.pillars.aid.needs.queries.belonging import require_here
from tadamun.pillars.aid.needs.schemas import distributions as shapes
from tadamun.pillars.aid.needs.schemas.needs import Made

router = Router(tags=["distributions"])
DAY = f"{HERE}/distributions/{{slug:distribution_id}}"


@router.get(f"{HERE}/distributions", response=Listed[shapes.DistributionRow], auth=MATCHING_READ)
def distributions(request: HttpRequest, community: str) -> Any:
    """The last thirty distribution days, newest first; for coordinators."""
    return {"items": queries.distributions(community=here(request), viewer=request.user)}


@router.get(f"{HERE}/distributions/waiting", response=Listed[shapes.WaitingParcels], auth=MATCHING_READ)
def parcels_without_a_day(request: HttpRequest, community: str) -> Any:
    """Offers of organisations with accepted parcels that stand on no list yet; for coordinators."""
    found = queries.awaiting_distribution(community=here(request), viewer=request.user)
    return {"items": [{"offer_id": offer, "organisation": name, "parcels": n} for offer, name, n in found]}


@router.post(f"{HERE}/distributions", response={201: Made}, auth=MATCHING_WRITE)
def open_distribution(request: HttpRequest, community: str, given: shapes.DistributionGiven, key: Key) -> Any:
    """Make the numbered list of a day from every accepted parcel of an offer; for coordinators."""
    actor: Any = request.user
    at = timezone.now()
    require_here(community=here(request), offer_id=given.offer_id)

    def make() -> str:
        made = services.open_distribution(
            offer_id=given.offer_id,
            title=given.title,
            where=given.where,
            opens_at=given.opens,
            closes_at=given.closes,
            actor=actor,
            at=at,
        )
        return made.public_id

    return {"id": once_by(request, key=key, given=given, at=at, do=make)}


@router.get(DAY, response=shapes.DistributionRead, auth=MATCHING_READ)
def distribution(request: HttpRequest, community: str, distribution_id: str) -> Any:
    """One day with its numbered list: numbers and household sizes, no name and no code; for coordinators."""
    return queries.distribution_card(
        distribution_id=distribution_id, viewer=request.user, community=here(request)
    )


@router.post(f"{DAY}/check", response=shapes.SeatChecked, auth=MATCHING_WRITE)
def check_off(request: HttpRequest, community: str, distribution_id: str, given: shapes.CheckGiven) -> Any:
    """One household has its parcel: by its number and code, or by the coordinator's own word; for coordinators."""
    actor: Any = request.user
    require_here(community=here(request), distribution_id=distribution_id)
    return services.check_off(
        distribution_id=distribution_id,
        number=given.number,
        code=given.code or "",
        actor=actor,
        at=timezone.now(),
    )


@router.post(f"{DAY}/close", response=shapes.DistributionState, auth=MATCHING_WRITE)
def close_distribution(request: HttpRequest, community: str, distribution_id: str) -> Any:
    """The day is over; who did not come keeps the promise, and is called. For coordinators."""
    actor: Any = request.user
    require_here(community=here(request), distribution_id=distribution_id)
    return services.close_distribution(distribution_id=distribution_id, actor=actor, at=timezone.now())

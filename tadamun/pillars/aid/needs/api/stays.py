"""Nights under somebody's roof: arriving and leaving, said by both sides; and what was wrong with any help."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import Key, Listed, once_by
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import HERE, MATCHING_READ, MATCHING_WRITE, here
from tadamun.pillars.aid.needs.queries.belonging import require_concern_of, require_here
from tadamun.pillars.aid.needs.schemas import stays as shapes
from tadamun.pillars.aid.needs.schemas.needs import Made

router = Router(tags=["stays"])
MATCH = f"{HERE}/matches/{{slug:match_id}}"


@router.post(f"{MATCH}/check-in", response=shapes.StayState, auth=MATCHING_WRITE)
def check_in(request: HttpRequest, community: str, match_id: str) -> Any:
    """The guests have arrived; with the word of both sides the stay has begun. For host, asker and coordinators."""
    require_here(community=here(request), match_id=match_id)
    return services.check_in(match_id=match_id, actor=request.user, at=timezone.now())


@router.post(f"{MATCH}/check-out", response=shapes.StayState, auth=MATCHING_WRITE)
def check_out(request: HttpRequest, community: str, match_id: str) -> Any:
    """The stay is over; with the word of both sides it counts as met. For host, asker and coordinators."""
    require_here(community=here(request), match_id=match_id)
    return services.check_out(match_id=match_id, actor=request.user, at=timezone.now())


@router.post(f"{MATCH}/concerns", response={201: Made}, auth=MATCHING_WRITE)
def raise_concern(
    request: HttpRequest, community: str, match_id: str, given: shapes.ConcernGiven, key: Key
) -> Any:
    """Say that something was wrong: the coordinators alone read it, and the other side is not told."""
    at = timezone.now()
    require_here(community=here(request), match_id=match_id)

    def say() -> str:
        return str(services.raise_concern(match_id=match_id, body=given.body, actor=request.user, at=at).pk)

    return {"id": once_by(request, key=key, given=given, at=at, do=say)}


@router.get(f"{MATCH}/concerns", response=Listed[shapes.ConcernRead], auth=MATCHING_READ)
def concerns(request: HttpRequest, community: str, match_id: str) -> Any:
    """What was said to be wrong, oldest first; for coordinators."""
    require_here(community=here(request), match_id=match_id)
    return {"items": queries.concerns_of(match_id=match_id, viewer=request.user)}


@router.post(
    f"{MATCH}/concerns/{{int:concern_id}}/handled", response=shapes.ConcernState, auth=MATCHING_WRITE
)
def handle_concern(request: HttpRequest, community: str, match_id: str, concern_id: int) -> Any:
    """What was said was taken care of; for coordinators."""
    actor: Any = request.user
    require_here(community=here(request), match_id=match_id)
    require_concern_of(match_id=match_id, concern_id=concern_id)
    return services.handle_concern(concern_id=concern_id, actor=actor, at=timezone.now())

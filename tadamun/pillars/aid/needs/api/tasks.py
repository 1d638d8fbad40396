"""What a giver has promised: when it comes, and that it was handed over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import Listed
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import HERE, MATCHING_READ, MATCHING_WRITE, PEOPLE_REVEAL, here
from tadamun.pillars.aid.needs.queries.belonging import require_here
from tadamun.pillars.aid.needs.schemas import matches as shapes

router = Router(tags=["tasks"])
TASK = f"{HERE}/tasks/{{slug:match_id}}"


@router.get(f"{HERE}/tasks", response=Listed[shapes.TaskRead], auth=MATCHING_READ)
def tasks(request: HttpRequest, community: str) -> Any:
    """What the person of the token has promised: open ones by date, then the last ten done."""
    return {"items": queries.tasks(community=here(request), viewer=request.user, at=timezone.now())}


@router.get(TASK, response=shapes.TaskRead, auth=MATCHING_READ)
def task(request: HttpRequest, community: str, match_id: str) -> Any:
    """One promise, for the giver who made it."""
    return queries.task_card(
        match_id=match_id, viewer=request.user, at=timezone.now(), community=here(request)
    )


@router.post(f"{TASK}/schedule", response=shapes.MatchState, auth=MATCHING_WRITE)
def schedule(request: HttpRequest, community: str, match_id: str, given: shapes.ScheduleGiven) -> Any:
    """Settle when the help comes; for the giver and coordinators."""
    require_here(community=here(request), match_id=match_id)
    return services.schedule(
        match_id=match_id,
        starts=given.starts,
        ends=given.ends,
        late_is_agreed=given.late_is_agreed,
        night_is_agreed=given.night_is_agreed,
        actor=request.user,
        at=timezone.now(),
    )


@router.post(f"{TASK}/place", response=shapes.DoorRead, auth=PEOPLE_REVEAL)
def reveal_place(request: HttpRequest, community: str, match_id: str) -> Any:
    """First name and address, for the giver on the day of the handover; the look is logged for the household."""
    actor: Any = request.user
    require_here(community=here(request), match_id=match_id)
    return services.reveal_place_to_giver(match_id=match_id, actor=actor, at=timezone.now())


@router.post(f"{TASK}/handed-over", response=shapes.MatchState, auth=MATCHING_WRITE)
def mark_handed_over(request: HttpRequest, community: str, match_id: str) -> Any:
    """The giver says that it was handed over; it counts as met only when the household confirms."""
    require_here(community=here(request), match_id=match_id)
    return services.mark_handed_over(match_id=match_id, actor=request.user, at=timezone.now())


@router.post(f"{TASK}/code", response=shapes.MatchState, auth=MATCHING_WRITE)
def confirm_by_code(request: HttpRequest, community: str, match_id: str, given: shapes.CodeGiven) -> Any:
    """Confirm with the code that the household gave at the door."""
    require_here(community=here(request), match_id=match_id)
    return services.confirm_by_code(
        match_id=match_id,
        code=given.code,
        quantity=given.quantity,
        actor=request.user,
        at=timezone.now(),
    )


@router.post(f"{TASK}/cancel", response=shapes.MatchState, auth=MATCHING_WRITE)
def cancel_match(request: HttpRequest, community: str, match_id: str) -> Any:
    """The giver cannot after all; it is not held against anybody."""
    require_here(community=here(request), match_id=match_id)
    return services.cancel_match(match_id=match_id, actor=request.user, at=timezone.now())

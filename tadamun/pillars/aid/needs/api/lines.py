"""Lines: the coordinators' queue, changing, sorting, referring, closing, and inviting somebody for one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import After, Key, Limit, Listed, Page, cursor, cut, once_by
from tadamun.foundation.catalogue.queries import category_of
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import (
    HERE,
    MATCHING_READ,
    MATCHING_WRITE,
    NEEDS_READ,
    NEEDS_WRITE,
    here,
)
from tadamun.pillars.aid.needs.queries.belonging import require_here
from tadamun.pillars.aid.needs.queries.listing import lines_in_parts
from tadamun.pillars.aid.needs.schemas import matches as match_shapes
from tadamun.pillars.aid.needs.schemas import needs as shapes
from tadamun.pillars.aid.needs.schemas.places import line_place
from tadamun.pillars.aid.needs.vocabulary import CloseReason, LineState, Tier

router = Router(tags=["lines"])
LINE = f"{HERE}/lines/{{slug:line_id}}"


@router.get(f"{HERE}/lines", response=Page[shapes.LineRead], auth=NEEDS_READ)
def lines(
    request: HttpRequest,
    community: str,
    state: LineState = LineState.OPEN,
    category: str = "",
    limit: Limit = 20,
    after: After = None,
) -> Any:
    """The lines in one state, most severe first and then longest waiting; for coordinators."""
    rows = lines_in_parts(
        community=here(request),
        viewer=request.user,
        state=state,
        most=limit + 1,
        category=category,
        after=line_place(after),
    )
    page = cut(rows, limit=limit, next_of=lambda row: cursor(*row[0]))
    return {**page, "items": [card for _, card in page["items"]]}


@router.patch(LINE, response=shapes.LineState, auth=NEEDS_WRITE)
def change_line(request: HttpRequest, community: str, line_id: str, given: shapes.LineChange) -> Any:
    """Change how much is needed, or by when; for the asker and coordinators."""
    require_here(community=here(request), line_id=line_id)
    return services.change_line(
        line_id=line_id, quantity=given.quantity, when=given.when, actor=request.user, at=timezone.now()
    )


@router.post(f"{LINE}/withdraw", response=shapes.LineState, auth=NEEDS_WRITE)
def withdraw_line(request: HttpRequest, community: str, line_id: str) -> Any:
    """Take back what was asked, without a reason; for the asker and coordinators."""
    require_here(community=here(request), line_id=line_id)
    return services.withdraw_line(line_id=line_id, actor=request.user, at=timezone.now())


@router.post(f"{LINE}/still-needed", response=shapes.LineState, auth=NEEDS_WRITE)
def still_needed(request: HttpRequest, community: str, line_id: str) -> Any:
    """It is needed still: the line keeps its place. For the asker and coordinators."""
    require_here(community=here(request), line_id=line_id)
    return services.say_still_needed(line_id=line_id, actor=request.user, at=timezone.now())


@router.post(f"{LINE}/triage", response=shapes.LineState, auth=NEEDS_WRITE)
def triage_line(request: HttpRequest, community: str, line_id: str, given: shapes.TriageGiven) -> Any:
    """Settle how severe a line is, on what ground, and what exactly it is; for coordinators."""
    actor: Any = request.user
    place = here(request)
    require_here(community=place, line_id=line_id)
    return services.triage_line(
        line_id=line_id,
        tier=Tier(given.tier),
        reason=given.reason,
        actor=actor,
        at=timezone.now(),
        category=category_of(community=place, code=given.category) if given.category else None,
    )


@router.post(f"{LINE}/refer", response=shapes.LineState, auth=NEEDS_WRITE)
def refer_line(request: HttpRequest, community: str, line_id: str, given: shapes.ReferGiven) -> Any:
    """Close a line because somebody else can help better; for coordinators."""
    actor: Any = request.user
    require_here(community=here(request), line_id=line_id)
    return services.refer_line(line_id=line_id, where=given.where, actor=actor, at=timezone.now())


@router.post(f"{LINE}/close", response=shapes.LineState, auth=NEEDS_WRITE)
def close_line(request: HttpRequest, community: str, line_id: str, given: shapes.CloseGiven) -> Any:
    """Close a line with an honest reason; for coordinators. Referring has a door of its own."""
    actor: Any = request.user
    require_here(community=here(request), line_id=line_id)
    return services.end_line(
        line_id=line_id, reason=CloseReason(given.reason), actor=actor, at=timezone.now()
    )


@router.post(f"{LINE}/reopen", response=shapes.LineState, auth=NEEDS_WRITE)
def reopen_line(request: HttpRequest, community: str, line_id: str) -> Any:
    """Take a closed line up again; for coordinators."""
    actor: Any = request.user
    require_here(community=here(request), line_id=line_id)
    return services.reopen_line(line_id=line_id, actor=actor, at=timezone.now())


@router.get(f"{LINE}/choices", response=Listed[match_shapes.ChoiceRead], auth=MATCHING_READ)
def choices(request: HttpRequest, community: str, line_id: str) -> Any:
    """The three offers that could serve a line best, explained; for coordinators."""
    require_here(community=here(request), line_id=line_id)
    return {"items": queries.choices_for(line_id=line_id, viewer=request.user, at=timezone.now())}


@router.get(f"{LINE}/matches", response=Listed[match_shapes.MatchRead], auth=MATCHING_READ)
def matches(request: HttpRequest, community: str, line_id: str) -> Any:
    """Every invitation and promise of a line, newest first; for coordinators."""
    require_here(community=here(request), line_id=line_id)
    return {"items": queries.matches_of(line_id=line_id, viewer=request.user)}


@router.post(f"{LINE}/invitations", response={201: shapes.Made}, auth=MATCHING_WRITE)
def invite(
    request: HttpRequest, community: str, line_id: str, given: match_shapes.InviteGiven, key: Key
) -> Any:
    """Ask the giver of an offer to help with a line; for coordinators."""
    actor: Any = request.user
    at = timezone.now()
    require_here(community=here(request), line_id=line_id)

    def ask() -> str:
        match = services.invite(
            line_id=line_id,
            offer_id=given.offer_id,
            actor=actor,
            at=at,
            quantity=given.quantity,
            change_reason=given.change_reason,
        )
        return match.public_id

    return {"id": once_by(request, key=key, given=given, at=at, do=ask)}

"""The doors of common problems for programs: reading, raising, joining, ideas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import (
    After,
    Given,
    Key,
    Limit,
    Page,
    Token,
    a_row,
    cursor,
    cut,
    done_once,
    place_of,
)
from tadamun.foundation.catalogue.queries import category_of
from tadamun.foundation.communities.policies import require_app
from tadamun.foundation.limits import hit
from tadamun.foundation.places.queries import area_of
from tadamun.foundation.tokens.vocabulary import Scope
from tadamun.pillars.support.problems import policies, queries, schemas, services
from tadamun.pillars.support.problems.cards import IdeaCard
from tadamun.pillars.support.problems.vocabulary import RAISED_MOST, SAID_MOST

router = Router(tags=["problems"])
HOUR = timedelta(hours=1)
HERE = "communities/{slug:community}/problems"
ONE = f"{HERE}/{{slug:problem_id}}"
READ, WRITE = Token(Scope.PROBLEMS_READ), Token(Scope.PROBLEMS_WRITE)


@router.get(HERE, response=Page[schemas.ProblemListed], auth=READ)
def problems(request: HttpRequest, community: str, limit: Limit = 20, after: After = None) -> Any:
    """The common problems, open and settled, the last raised first."""
    place = place_of(after, a_row)
    rows = queries.problems_in_parts(
        community=_here(request),
        viewer=request.user,
        most=limit + 1,
        before=place[0] if place else None,
    )
    page = cut(rows, limit=limit, next_of=lambda row: cursor(row[0]))
    return {**page, "items": [card for _, card in page["items"]]}


@router.get(ONE, response=schemas.ProblemRead, auth=READ)
def one_problem(request: HttpRequest, community: str, problem_id: str) -> Any:
    """One problem, with its ideas and their reasons."""
    card = queries.problem_card(community=_here(request), problem_id=problem_id, viewer=request.user)
    return {**vars(card), "ideas": [_idea(idea) for idea in card.ideas]}


@router.post(HERE, response={201: schemas.ProblemMade}, auth=WRITE)
def raise_problem(request: HttpRequest, community: str, given: schemas.ProblemGiven, key: Key) -> Any:
    """Raise a problem; it affects whoever raises it."""
    here, at = _here(request), timezone.now()
    category = category_of(community=here, code=given.category) if given.category else None
    facts = services.ProblemFacts(
        given.title, given.body, _area(here, given.area_id), category, given.since_on
    )
    _within_measure(request, what="problem_raised", most=RAISED_MOST, at=at)

    def do() -> str:
        return services.raise_problem(community=here, actor=_who(request), facts=facts, at=at).public_id

    return {"id": _once(request, key=key, given=given, at=at, do=do)}


@router.post(f"{ONE}/affects-me", response={201: schemas.ProblemMade}, auth=WRITE)
def say_affected(
    request: HttpRequest, community: str, problem_id: str, given: schemas.AffectedGiven, key: Key
) -> Any:
    """It affects the person of the token too; counted once, however often it is said."""
    here, at = _here(request), timezone.now()
    area = _area(here, given.area_id)

    def do() -> str:
        return services.say_affected(
            community=here, problem_id=problem_id, actor=_who(request), area=area, at=at
        ).public_id

    return {"id": _once(request, key=key, given=given, at=at, do=do)}


@router.post(f"{ONE}/ideas", response={201: schemas.ProblemMade}, auth=WRITE)
def add_problem_idea(
    request: HttpRequest, community: str, problem_id: str, given: schemas.IdeaGiven, key: Key
) -> Any:
    """Write down a way to solve it."""
    here, at = _here(request), timezone.now()
    _within_measure(request, what="problem_said", most=SAID_MOST, at=at)

    def do() -> str:
        return services.add_idea(
            community=here, problem_id=problem_id, actor=_who(request), words=given.words, at=at
        ).public_id

    return {"id": _once(request, key=key, given=given, at=at, do=do)}


def _here(request: HttpRequest) -> Any:
    """The community of the address, where it uses common problems.

    :raises AppSwitchedOff: it has switched them off.
    :raises ProblemsForMembers: the token is of somebody who left.
    """
    community: Any = request.community  # type: ignore[attr-defined]
    require_app(community=community, app="problems")
    policies.require_member(actor=request.user, community=community)
    return community


def _who(request: HttpRequest) -> Any:
    return request.user


def _area(community: Any, area_id: str | None) -> Any:
    return area_of(community=community, area_id=area_id) if area_id else None


def _within_measure(request: HttpRequest, *, what: str, most: int, at: datetime) -> None:
    hit(what=what, who=_who(request).public_id, most=most, window=HOUR, at=at)


def _once(request: HttpRequest, *, key: str, given: Given, at: datetime, do: Callable[[], str]) -> str:
    token: Any = request.token  # type: ignore[attr-defined]
    purpose = f"{request.method} {request.path}"
    return done_once(caller=token.public_id, key=key, purpose=purpose, given=given, at=at, do=do)


def _idea(card: IdeaCard) -> dict[str, Any]:
    return {
        "id": card.public_id,
        "words": card.words,
        "reasons_for": [one.words for one in card.reasons_for],
        "reasons_against": [one.words for one in card.reasons_against],
    }

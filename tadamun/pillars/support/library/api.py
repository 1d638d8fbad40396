"""The library for programs: what is lent, one's own bookings, and the line."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import Given, Key, Listed, Token, done_once
from tadamun.foundation.communities.policies import may_coordinate, require_app, require_member
from tadamun.foundation.limits import hit
from tadamun.foundation.tokens.vocabulary import Scope
from tadamun.kernel.text import clean_line
from tadamun.pillars.support.library import queries, services
from tadamun.pillars.support.library.errors import LibraryClosedThen
from tadamun.pillars.support.library.queries import Wanted
from tadamun.pillars.support.library.schemas import (
    ItemDetailsRead,
    ItemRead,
    LoanGiven,
    LoanMade,
    LoanRead,
    PlaceGiven,
)
from tadamun.pillars.support.library.vocabulary import BOOKED_MOST

router = Router(tags=["library"])
_HOUR = timedelta(hours=1)
HERE = "communities/{slug:community}/library"
READ, WRITE = Token(Scope.LIBRARY_READ), Token(Scope.LIBRARY_WRITE)


@router.get(f"{HERE}/items", response=Listed[ItemRead], auth=READ)
def library_items(request: HttpRequest, community: str, kind: str = "", q: str = "", page: int = 1) -> Any:
    """What is lent here, by name, twenty-four a page; a page beyond the last is the last."""
    wanted = Wanted(text=clean_line(q)[:100], kind=clean_line(kind)[:8])
    place = _here(request)
    return {
        "items": queries.item_page(
            community=place, viewer=request.user, wanted=wanted, number=page
        ).object_list
    }


@router.get(f"{HERE}/items/{{slug:item_id}}", response=ItemDetailsRead, auth=READ)
def library_item(request: HttpRequest, community: str, item_id: str) -> Any:
    """One of them, with its rules, the next free day and the length of the line."""
    return queries.item_card(
        community=_here(request), item_id=item_id, viewer=request.user, at=timezone.now()
    )


@router.get(f"{HERE}/loans/mine", response=Listed[LoanRead], auth=READ)
def own_loans(request: HttpRequest, community: str) -> Any:
    """One's own bookings that are not over, the next first."""
    now, _past = queries.own_loans(community=_here(request), viewer=request.user, at=timezone.now())
    return {"items": now}


@router.post(f"{HERE}/items/{{slug:item_id}}/loans", response={201: LoanMade}, auth=WRITE)
def request_loan(request: HttpRequest, community: str, item_id: str, given: LoanGiven, key: Key) -> Any:
    """Ask for a time; its state says whether it stands or waits for a yes."""
    at, place = timezone.now(), _here(request)
    wanted = _wanted(given)
    _within_measure(request)

    def ask() -> str:
        loan = services.request_time(
            community=place, item_id=item_id, actor=_person(request), wanted=wanted, at=at
        )
        return loan.public_id

    return {"id": _once(request, key, given, ask)}


@router.post(f"{HERE}/loans/{{slug:loan_id}}/cancel", response=LoanMade, auth=WRITE)
def cancel_loan(request: HttpRequest, community: str, loan_id: str) -> Any:
    """Call it off."""
    loan = services.cancel_loan(
        community=_here(request), loan_id=loan_id, actor=_person(request), at=timezone.now()
    )
    return {"id": loan.public_id}


@router.post(f"{HERE}/loans/{{slug:loan_id}}/renew", response=LoanMade, auth=WRITE)
def renew_loan(request: HttpRequest, community: str, loan_id: str) -> Any:
    """Keep it longer, unless somebody waits."""
    loan = services.renew(
        community=_here(request), loan_id=loan_id, actor=_person(request), at=timezone.now()
    )
    return {"id": loan.public_id}


@router.post(f"{HERE}/items/{{slug:item_id}}/line", response={201: LoanMade}, auth=WRITE)
def join_line(request: HttpRequest, community: str, item_id: str, given: PlaceGiven, key: Key) -> Any:
    """Stand in line for a thing."""
    at, place = timezone.now(), _here(request)
    _within_measure(request)

    def join() -> str:
        row = services.join_line(
            community=place, item_id=item_id, actor=_person(request), days=given.days, at=at
        )
        return row.public_id

    return {"id": _once(request, key, given, join)}


def _here(request: HttpRequest) -> Any:
    """The community of the address, where the token's person is a member and the library is in use."""
    community: Any = request.community  # type: ignore[attr-defined]
    require_app(community=community, app="library")
    require_member(person=request.user, community=community)
    return community


def _person(request: HttpRequest) -> Any:
    return request.user


def _wanted(given: LoanGiven) -> services.Days | services.Hours:
    first: date = given.first
    if given.days is not None and given.begin is None and given.minutes is None:
        return services.Days(first, given.days)
    if given.days is None and given.begin is not None and given.minutes is not None:
        return services.Hours(first, time.fromisoformat(given.begin), given.minutes)
    raise LibraryClosedThen


def _within_measure(request: HttpRequest) -> None:
    person = _person(request)
    if not may_coordinate(person=person, community=_here(request)):
        hit(what="library", who=person.public_id, most=BOOKED_MOST, window=_HOUR, at=timezone.now())


def _once(request: HttpRequest, key: str, given: Given, do: Any) -> str:
    token: Any = request.token  # type: ignore[attr-defined]
    purpose = f"{request.method} {request.path}"
    return done_once(caller=token.public_id, key=key, purpose=purpose, given=given, at=timezone.now(), do=do)

"""What every door of needs for programs begins with, and the scopes they open by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from tadamun.foundation.api import Given, Token, done_once
from tadamun.foundation.communities.policies import require_app
from tadamun.foundation.limits import hit
from tadamun.foundation.places.queries import area_of
from tadamun.foundation.tokens.vocabulary import Scope
from tadamun.pillars.aid.needs import policies

HOUR = timedelta(hours=1)
HERE = "communities/{slug:community}"
NEEDS_READ, NEEDS_WRITE = Token(Scope.NEEDS_READ), Token(Scope.NEEDS_WRITE)
OFFERS_READ, OFFERS_WRITE = Token(Scope.OFFERS_READ), Token(Scope.OFFERS_WRITE)
MATCHING_READ, MATCHING_WRITE = Token(Scope.MATCHING_READ), Token(Scope.MATCHING_WRITE)
PEOPLE_REVEAL = Token(Scope.PEOPLE_REVEAL)


def here(request: HttpRequest) -> Any:
    """The community of the address, where it uses needs.

    :raises AppSwitchedOff: it has switched needs off.
    """
    community: Any = request.community  # type: ignore[attr-defined]
    require_app(community=community, app="needs")
    return community


def area_here(request: HttpRequest, area_id: str | None) -> Any:
    """The area of an id, if one is given.

    :raises NoSuchArea: unknown, closed, or another community's.
    """
    return area_of(community=here(request), area_id=area_id) if area_id else None


def within_measure(request: HttpRequest, *, what: str, most: int, at: datetime, who: str = "") -> None:
    """Count a deed that calls on somebody, as the pages count it; coordinators enter what others say, uncounted.

    :raises TooManyTries: it was done as often as one may in an hour.
    """
    person: Any = request.user
    if who or not policies.may_coordinate(person=person, community=here(request)):
        hit(what=what, who=who or person.public_id, most=most, window=HOUR, at=at)


def once_by(
    request: HttpRequest,
    *,
    key: str,
    given: Given | None,
    at: datetime,
    do: Callable[[], str],
    caller: str = "",
) -> str:
    """Run `do` unless it was run under this key already; what it led to."""
    token: Any = request.token  # type: ignore[attr-defined]
    purpose = f"{request.method} {request.path}"
    return done_once(caller=caller or token.public_id, key=key, purpose=purpose, given=given, at=at, do=do)

"""What every door of needs for programs begins with, and the scopes they open by."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from tadamun.foundation.api import Token
from tadamun.foundation.catalogue.queries import category_of
from tadamun.foundation.communities.policies import require_app
from tadamun.foundation.limits import client_address, hit
from tadamun.foundation.places.queries import area_of
from tadamun.foundation.tokens.vocabulary import Scope
from tadamun.pillars.aid.needs import policies, queries, services
from tadamun.pillars.aid.needs.schemas.needs import LineGiven, PinGiven, RequestChange
from tadamun.pillars.aid.needs.vocabulary import PIN_TRIES_MOST

HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
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


def opened_with_pin(request: HttpRequest, given: PinGiven, *, at: datetime) -> str:
    """The request of number and PIN; one that was joined to another of the same account leads to that one.

    :raises WrongPin: number and PIN do not belong together.
    :raises PinLocked, TooManyTries: it was tried too often.
    :raises JoinedToAnother: it goes on under another number, which a coordinator says in a call.
    """
    place = here(request)
    sender = client_address(request)
    hit(what="pin", who=sender, most=PIN_TRIES_MOST, window=QUARTER, at=at)
    found = services.open_with_pin(community=place, number=given.number, pin=given.pin, sender=sender, at=at)
    return queries.canonical_request_id(request_id=found.public_id)


def line_of(request: HttpRequest, given: LineGiven) -> services.LineDetails:
    """One thing that is needed, as the services take it.

    :raises NoSuchCategory: it is not in use here.
    """
    return services.LineDetails(
        category=category_of(community=here(request), code=given.category),
        quantity=given.quantity,
        when=given.when,
        detail=given.detail,
    )


def changes_of(request: HttpRequest, given: RequestChange) -> dict[str, Any]:
    """What is to be corrected around the lines, as the services take it.

    :raises NoSuchArea: unknown, closed, or another community's.
    """
    said = given.model_dump(exclude_unset=True)
    area_id = said.pop("area_id", None)
    if given.address is not None:
        said["area"] = area_here(request, area_id)
    if given.contact_way is not None:
        said["contact_way"] = given.contact_way
    return said

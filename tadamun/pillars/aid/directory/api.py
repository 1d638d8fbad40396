"""The directory for programs: looking for services without a token, adding, correcting and confirming with one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from tadamun.foundation.api import After, Key, Limit, Page, Token, a_row, cursor, cut, once_by, place_of
from tadamun.foundation.communities.policies import require_app
from tadamun.foundation.places.queries import area_of
from tadamun.foundation.problems import CursorNotValid
from tadamun.foundation.tokens.vocabulary import Scope
from tadamun.pillars.aid.directory import queries
from tadamun.pillars.aid.directory import schemas as shapes
from tadamun.pillars.aid.directory import services as directory
from tadamun.pillars.aid.directory.queries import Wanted
from tadamun.pillars.aid.directory.vocabulary import NAME_MOST

router = Router(tags=["directory"])
HERE = "communities/{slug:community}/services"
SERVICE = f"{HERE}/{{slug:service_id}}"
DIRECTORY_WRITE = Token(Scope.DIRECTORY_WRITE)
Word = Annotated[str, Query(max_length=100)]


@router.get(HERE, response=Page[shapes.ServiceRowRead], auth=None)
def services(
    request: HttpRequest,
    community: str,
    q: Word = "",
    category: Word = "",
    area_id: Word = "",
    town: Word = "",
    language: Annotated[str, Query(max_length=3)] = "",
    free: bool = False,
    open_now: bool = False,
    limit: Limit = 20,
    after: After = None,
) -> Any:
    """The services that are listed, by name, narrowed by what somebody looks for."""
    wanted = Wanted(
        text=q,
        category=category,
        area=area_id,
        town=town,
        language=language,
        free=free,
        open_now=open_now,
    )
    place = place_of(after, _name, a_row)
    rows = queries.services_in_parts(
        community=_here(request),
        wanted=wanted,
        at=timezone.now(),
        most=limit + 1,
        after=(place[0], place[1]) if place else None,
    )
    page = cut(rows, limit=limit, next_of=lambda row: cursor(*row[0]))
    return {**page, "items": [card for _, card in page["items"]]}


@router.get(SERVICE, response=shapes.ServiceRead, auth=None)
def one_service(request: HttpRequest, community: str, service_id: str) -> Any:
    """One service: what, where, when, with which papers. Where a confidential place lies stands here for nobody."""
    return queries.service_card(
        community=_here(request), service_id=service_id, viewer=None, at=timezone.now()
    )


@router.post(HERE, response={201: shapes.ServiceMade}, auth=DIRECTORY_WRITE)
def add_service(request: HttpRequest, community: str, given: shapes.ServiceGiven, key: Key) -> Any:
    """Write a service down, as confirmed today; for coordinators."""
    actor: Any = request.user
    at, place = timezone.now(), _here(request)

    def add() -> str:
        row = directory.add_service(
            community=place, actor=actor, facts=_facts(place, given), at=at, on=_today(place, at)
        )
        return row.public_id

    return {"id": once_by(request, key=key, given=given, at=at, do=add)}


@router.put(SERVICE, response=shapes.ServiceState, auth=DIRECTORY_WRITE)
def change_service(request: HttpRequest, community: str, service_id: str, given: shapes.ServiceGiven) -> Any:
    """Correct a service, whole, as confirmed today; a file does not overwrite it from here on. For coordinators."""
    actor: Any = request.user
    at, place = timezone.now(), _here(request)
    return directory.change_service(
        community=place,
        service_id=service_id,
        actor=actor,
        facts=_facts(place, given),
        at=at,
        on=_today(place, at),
    )


@router.post(f"{SERVICE}/confirm", response=shapes.ServiceState, auth=DIRECTORY_WRITE)
def confirm_service(request: HttpRequest, community: str, service_id: str) -> Any:
    """Somebody asked the service, and what the directory says of it is right; for coordinators."""
    actor: Any = request.user
    at, place = timezone.now(), _here(request)
    return directory.confirm_service(
        community=place, service_id=service_id, actor=actor, at=at, on=_today(place, at)
    )


def _here(request: HttpRequest) -> Any:
    community: Any = request.community  # type: ignore[attr-defined]
    require_app(community=community, app="directory")
    return community


def _today(community: Any, at: datetime) -> date:
    return at.astimezone(ZoneInfo(community.time_zone)).date()


def _name(value: Any) -> str:
    if not isinstance(value, str) or len(value) > NAME_MOST or "\0" in value:
        raise CursorNotValid
    return value


def _facts(community: Any, given: shapes.ServiceGiven) -> directory.ServiceFacts:
    said = given.model_dump(exclude={"hours", "place"})
    hours = [
        directory.HoursFacts(one.weekday, one.clock(one.opens), one.clock(one.closes), one.words)
        for one in given.hours
    ]
    return directory.ServiceFacts(**said, hours=hours, place=_place(community, given.place))


def _place(community: Any, given: shapes.PlaceGiven | None) -> directory.PlaceFacts | None:
    if given is None:
        return None
    said = given.model_dump(exclude={"area_id"})
    area = area_of(community=community, area_id=given.area_id) if given.area_id else None
    return directory.PlaceFacts(**said, area=area)

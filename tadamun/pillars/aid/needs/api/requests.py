"""Asking, following one's own requests, and the coordinators' list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Router

from tadamun.foundation.api import After, Key, Limit, Listed, Page, a_row, cursor, cut, once_by, place_of
from tadamun.foundation.people.consents import consent_text
from tadamun.foundation.people.fields import region_here
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.foundation.sealed import seal, unseal
from tadamun.kernel.phones import read_phone
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import (
    HERE,
    NEEDS_READ,
    NEEDS_WRITE,
    PEOPLE_REVEAL,
    area_here,
    changes_of,
    here,
    line_of,
    within_measure,
)
from tadamun.pillars.aid.needs.errors import ConsentNeeded
from tadamun.pillars.aid.needs.queries.belonging import require_here
from tadamun.pillars.aid.needs.queries.listing import requests_in_parts
from tadamun.pillars.aid.needs.schemas import needs as shapes
from tadamun.pillars.aid.needs.vocabulary import ASKED_MOST, Origin

router = Router(tags=["requests"])
ORIGINS = {"own": Origin.WEB, "on_behalf": Origin.ON_BEHALF, "phone": Origin.PHONE}


@router.post(f"{HERE}/requests", response={201: shapes.RequestAsked}, auth=NEEDS_WRITE)
def post_request(request: HttpRequest, community: str, given: shapes.RequestGiven, key: Key) -> Any:
    """Ask for help. `phone` as origin is for coordinators: the text of consent was read aloud and agreed to."""
    at, place = timezone.now(), here(request)
    purpose = ConsentPurpose.ON_BEHALF if given.whose == "on_behalf" else ConsentPurpose.HELP
    if consent_text(purpose=purpose, version=given.consent_version) is None:
        raise ConsentNeeded
    within_measure(request, what="ask", most=ASKED_MOST, at=at)

    def post() -> str:
        made = services.post_request(
            community=place, actor=request.user, details=_details(request, given), at=at
        )
        return f"{made.request.public_id} {made.request.number} {seal(made.pin)}"

    # The PIN travels sealed with the outcome, so that the same key is answered with the same PIN.
    request_id, number, pin = once_by(request, key=key, given=given, at=at, do=post).split(" ")
    return {"id": request_id, "number": int(number), "pin": unseal(pin)}


@router.get(f"{HERE}/requests", response=Page[shapes.RequestRowRead], auth=NEEDS_READ)
def requests(
    request: HttpRequest,
    community: str,
    is_open: bool | None = None,
    limit: Limit = 20,
    after: After = None,
) -> Any:
    """The requests of the community, the last asked first; for coordinators."""
    place = place_of(after, a_row)
    rows = requests_in_parts(
        community=here(request),
        viewer=request.user,
        most=limit + 1,
        is_open=is_open,
        before=place[0] if place else None,
    )
    return cut(rows, limit=limit, next_of=lambda row: cursor(row.number))


@router.get(f"{HERE}/requests/mine", response=Listed[shapes.OwnRequestRead], auth=NEEDS_READ)
def own_requests(request: HttpRequest, community: str) -> Any:
    """What the person of the token asked for here, the last twenty; thread and looks stand on each one's own door."""
    return {"items": queries.own_requests(viewer=request.user, community=here(request))}


@router.get(f"{HERE}/requests/mine/{{slug:request_id}}", response=shapes.OwnRequestRead, auth=NEEDS_READ)
def own_request(request: HttpRequest, community: str, request_id: str) -> Any:
    """One's own request: who helps, when, the codes, the thread, and who looked."""
    return queries.track_card(request_id=request_id, viewer=request.user, community=here(request))


@router.get(f"{HERE}/requests/{{slug:request_id}}", response=shapes.RequestRead, auth=NEEDS_READ)
def one_request(request: HttpRequest, community: str, request_id: str) -> Any:
    """One request as coordinators see it before any reveal."""
    return queries.request_card(request_id=request_id, viewer=request.user, community=here(request))


@router.patch(f"{HERE}/requests/{{slug:request_id}}", response=shapes.RequestChanged, auth=NEEDS_WRITE)
def change_request(request: HttpRequest, community: str, request_id: str, given: shapes.RequestChange) -> Any:
    """Correct what was said around the lines; for the asker and coordinators."""
    require_here(community=here(request), request_id=request_id)
    return services.change_request(
        request_id=request_id, actor=request.user, at=timezone.now(), **changes_of(request, given)
    )


@router.post(f"{HERE}/requests/{{slug:request_id}}/lines", response={201: shapes.Made}, auth=NEEDS_WRITE)
def add_line(request: HttpRequest, community: str, request_id: str, given: shapes.LineGiven, key: Key) -> Any:
    """Ask for one more thing under the same number."""
    at = timezone.now()
    require_here(community=here(request), request_id=request_id)

    def add() -> str:
        line = services.add_line(
            request_id=request_id, details=line_of(request, given), actor=request.user, at=at
        )
        return line.public_id

    return {"id": once_by(request, key=key, given=given, at=at, do=add)}


@router.post(f"{HERE}/requests/{{slug:request_id}}/owner", response=shapes.RequestChanged, auth=NEEDS_WRITE)
def take_over(request: HttpRequest, community: str, request_id: str) -> Any:
    """Become the coordinator whom the asker deals with."""
    require_here(community=here(request), request_id=request_id)
    return services.take_over(request_id=request_id, actor=_person(request), at=timezone.now())


@router.post(f"{HERE}/requests/{{slug:request_id}}/reveal", response=shapes.ContactRead, auth=PEOPLE_REVEAL)
def reveal(request: HttpRequest, community: str, request_id: str, given: shapes.RevealGiven) -> Any:
    """Name, phone, address and notes of one request, for coordinators; the look is logged for the person concerned."""
    require_here(community=here(request), request_id=request_id)
    return services.reveal_request(
        request_id=request_id, actor=_person(request), reason=given.reason, at=timezone.now()
    )


def _person(request: HttpRequest) -> Any:
    return request.user


def _details(request: HttpRequest, given: shapes.RequestGiven) -> services.AskDetails:
    return services.AskDetails(
        lines=tuple(line_of(request, line) for line in given.lines),
        origin=ORIGINS[given.whose],
        phone=read_phone(given.phone, region=region_here()) if given.phone.strip() else "",
        asker_name=given.asker_name,
        recipient_name=given.recipient_name,
        contact_way=given.contact_way,
        safe_hours=given.safe_hours,
        language=(get_language() or "ar")[:2],
        household_size=given.household_size,
        household=given.household,
        area=area_here(request, given.area_id),
        address=given.address,
        confidential=given.confidential,
        delivery=given.delivery,
        requirements=tuple(one.value for one in given.requirements),
        notes=given.notes,
        shows_in_public=given.shows_in_public,
        consent_version=given.consent_version,
    )

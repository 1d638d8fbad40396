"""What coordinators do around a request: calls, the thread, who looked, what a call completes, likely doubles."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Router

from tadamun.foundation.api import Key, Listed, once_by
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
    area_here,
    here,
    within_measure,
)
from tadamun.pillars.aid.needs.errors import ConsentNeeded
from tadamun.pillars.aid.needs.queries.belonging import require_here
from tadamun.pillars.aid.needs.schemas import contact as shapes
from tadamun.pillars.aid.needs.schemas.needs import (
    ContactGiven,
    LookRead,
    Made,
    MessageGiven,
    RequestAsked,
    RequestChanged,
)
from tadamun.pillars.aid.needs.vocabulary import ASKED_MOST, MESSAGES_MOST

router = Router(tags=["requests"])
REQUEST = f"{HERE}/requests/{{slug:request_id}}"


@router.post(f"{HERE}/call-backs", response={201: RequestAsked}, auth=NEEDS_WRITE)
def ask_for_call(request: HttpRequest, community: str, given: shapes.CallGiven, key: Key) -> Any:
    """«Call me»: whom and when it is safe; what is needed is said on the phone."""
    at, place = timezone.now(), here(request)
    if consent_text(purpose=ConsentPurpose.HELP, version=given.consent_version) is None:
        raise ConsentNeeded
    within_measure(request, what="ask", most=ASKED_MOST, at=at)

    def post() -> str:
        made = services.ask_for_call(
            community=place,
            actor=request.user,
            phone=read_phone(given.phone, region=region_here()),
            name=given.asker_name,
            safe_hours=given.safe_hours,
            language=(get_language() or "ar")[:2],
            consent_version=given.consent_version,
            at=at,
        )
        return f"{made.request.public_id} {made.request.number} {seal(made.pin)}"

    request_id, number, pin = once_by(request, key=key, given=given, at=at, do=post).split(" ")
    return {"id": request_id, "number": int(number), "pin": unseal(pin)}


@router.get(f"{REQUEST}/contacts", response=Listed[shapes.AttemptRead], auth=NEEDS_READ)
def contacts(request: HttpRequest, community: str, request_id: str) -> Any:
    """The calls and messages that were tried, newest first; for coordinators."""
    require_here(community=here(request), request_id=request_id)
    return {"items": queries.contact_log(request_id=request_id, viewer=request.user)}


@router.get(f"{REQUEST}/messages", response=Listed[shapes.MessageRead], auth=NEEDS_READ)
def messages(request: HttpRequest, community: str, request_id: str) -> Any:
    """The thread, oldest first; for coordinators. The asker's side has it with the request itself."""
    require_here(community=here(request), request_id=request_id)
    return {"items": queries.thread(request_id=request_id, viewer=request.user)}


@router.post(f"{REQUEST}/messages", response={201: Made}, auth=NEEDS_WRITE)
def write_message(
    request: HttpRequest, community: str, request_id: str, given: MessageGiven, key: Key
) -> Any:
    """Write in the thread; the other side is told that there is something to read, never what."""
    at = timezone.now()
    require_here(community=here(request), request_id=request_id)
    within_measure(request, what="message", most=MESSAGES_MOST, at=at, who=request_id)

    def write() -> str:
        services.write_message(request_id=request_id, body=given.body, actor=request.user, at=at)
        return request_id

    return {"id": once_by(request, key=key, given=given, at=at, do=write)}


@router.post(f"{REQUEST}/contacts", response={201: Made}, auth=NEEDS_WRITE)
def log_contact(request: HttpRequest, community: str, request_id: str, given: ContactGiven, key: Key) -> Any:
    """Write down a call, what came of it, and when to come back; for coordinators."""
    actor: Any = request.user
    at = timezone.now()
    require_here(community=here(request), request_id=request_id)

    def log() -> str:
        services.log_contact(
            request_id=request_id,
            outcome=given.outcome,
            note=given.note,
            follow_up_on=given.follow_up_on,
            actor=actor,
            at=at,
        )
        return request_id

    return {"id": once_by(request, key=key, given=given, at=at, do=log)}


@router.get(f"{REQUEST}/looks", response=Listed[LookRead], auth=NEEDS_READ)
def looks(request: HttpRequest, community: str, request_id: str) -> Any:
    """Who looked at name, phone, place or notes, and why, newest first; for coordinators."""
    require_here(community=here(request), request_id=request_id)
    return {"items": queries.looks_at(request_id=request_id, viewer=request.user)}


@router.patch(f"{REQUEST}/details", response=RequestChanged, auth=NEEDS_WRITE)
def complete_request(
    request: HttpRequest, community: str, request_id: str, given: shapes.CompletionGiven
) -> Any:
    """Enter what a call brought; what is hidden is replaced without being read. For coordinators."""
    actor: Any = request.user
    require_here(community=here(request), request_id=request_id)
    said = services.Completion(
        asker_name=given.asker_name,
        recipient_name=given.recipient_name,
        phone=read_phone(given.phone, region=region_here()) if given.phone else None,
        contact_way=given.contact_way,
        safe_hours=given.safe_hours,
        household_size=given.household_size,
        area=area_here(request, given.area_id),
        no_area="area_id" in given.model_fields_set and given.area_id is None,
        address=given.address,
        delivery=given.delivery,
        quantities={one.line_id: one.quantity for one in given.quantities},
    )
    return services.complete_request(request_id=request_id, said=said, actor=actor, at=timezone.now())


@router.post(f"{REQUEST}/owner/if-free", response=RequestChanged, auth=NEEDS_WRITE)
def take_if_free(request: HttpRequest, community: str, request_id: str) -> Any:
    """Take on a request that nobody sees to; whoever was faster keeps it. For coordinators."""
    actor: Any = request.user
    require_here(community=here(request), request_id=request_id)
    return services.take_if_free(request_id=request_id, actor=actor, at=timezone.now())


@router.get(f"{REQUEST}/alike", response=Listed[shapes.AlikeRead], auth=NEEDS_READ)
def alike(request: HttpRequest, community: str, request_id: str) -> Any:
    """Other requests that may be of the same household, and why; for coordinators."""
    require_here(community=here(request), request_id=request_id)
    return {"items": queries.alike(request_id=request_id, viewer=request.user)}


@router.post(f"{REQUEST}/alike/{{slug:other_id}}", response=shapes.AlikeJudged, auth=NEEDS_WRITE)
def judge_alike(
    request: HttpRequest, community: str, request_id: str, other_id: str, given: shapes.AlikeGiven
) -> Any:
    """What a person found: the two are joined under the older number, linked or told apart. For coordinators."""
    actor: Any = request.user
    require_here(community=here(request), request_id=request_id)
    goes_on = services.judge_alike(
        request_id=request_id, other_id=other_id, found=given.found, actor=actor, at=timezone.now()
    )
    return {"id": goes_on}

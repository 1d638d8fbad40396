"""Asking for help: a request with its lines, its number and its PIN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.queries import phone_hash
from tadamun.foundation.people.services import record_consent
from tadamun.foundation.people.vocabulary import ConsentMeans, ConsentPurpose
from tadamun.foundation.places.services import keep_place
from tadamun.foundation.sealed import keyed_hash
from tadamun.foundation.trail.services import record
from tadamun.kernel.ids import new_digits
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import ConsentNeeded, NothingAsked, PhoneOrReasonNeeded, TooManyLines
from tadamun.pillars.aid.needs.models import Request, RequestCounter
from tadamun.pillars.aid.needs.services.changing import record_public_consent
from tadamun.pillars.aid.needs.services.details import AskDetails, LineDetails
from tadamun.pillars.aid.needs.services.finding import put_request
from tadamun.pillars.aid.needs.services.lines import new_line, refuse_unsound_line
from tadamun.pillars.aid.needs.services.owning import next_owner, promised_call
from tadamun.pillars.aid.needs.services.sides import tell_owning_side
from tadamun.pillars.aid.needs.services.texts import kept_text
from tadamun.pillars.aid.needs.vocabulary import (
    HOURS_MOST,
    LINES_MOST,
    NAME_MOST,
    PIN_DIGITS,
    TEXT_MOST,
    ContactWay,
    Origin,
    Requirement,
)


@dataclass(frozen=True)
class Asked:
    """A request just made, with the PIN that is shown once."""

    request: Request
    pin: str


@transaction.atomic
def post_request(*, community: Community, actor: Any, details: AskDetails, at: datetime) -> Asked:
    """Keep a request with its lines, name who calls and by when, and tell the coordinators.

    :param actor: the person at the keyboard: a guest, a member asking for themselves, a coordinator on the phone.
    :raises ConsentNeeded: somebody else is asked for and no consent text was agreed to.
    :raises PhoneOrReasonNeeded: no phone is given, and it is not said that the asker looks at their page.
    """
    _refuse_unsound(details)
    person = actor if getattr(actor, "is_authenticated", False) else None
    own = details.origin in {Origin.WEB, Origin.CALL_BACK}
    helper = None if own else person
    if details.origin is Origin.PHONE:
        policies.require_coordinator(actor=actor, community=community)
    pin = new_digits(PIN_DIGITS)
    request = Request(
        community=community,
        number=_next_number(community),
        asker=person if own else None,
        entered_by=helper,
        origin=details.origin,
        asker_name=clean_line(details.asker_name)[:NAME_MOST] or (person.name if person and own else ""),
        recipient_name=clean_line(details.recipient_name)[:NAME_MOST],
        phone=details.phone or None,
        phone_hash=phone_hash(phone=details.phone) if details.phone else None,
        contact_way=details.contact_way,
        safe_hours=clean_line(details.safe_hours)[:HOURS_MOST],
        language=details.language,
        household_size=details.household_size,
        household=details.household.value,
        delivery=details.delivery,
        requirements=_known_requirements(details.requirements),
        notes=kept_text(details.notes, most=TEXT_MOST),
        shows_in_public=details.shows_in_public and not _is_sensitive(details.lines),
        owner=next_owner(community=community),
        call_by=promised_call(community=community, lines=details.lines, at=at)
        if details.promises_call
        else None,
        asked_at=at,
    )
    request.pin_hash = keyed_hash(f"{request.public_id}:{pin}", purpose="pin")
    request.consent = record_consent(
        purpose=ConsentPurpose.ON_BEHALF if details.origin is Origin.ON_BEHALF else ConsentPurpose.HELP,
        text_version=details.consent_version,
        means=ConsentMeans.PHONE if details.origin is Origin.PHONE else ConsentMeans.SELF,
        person=request.asker,
        recorded_by=helper,
        at=at,
    )
    if request.shows_in_public:
        record_public_consent(request=request, actor=person, at=at)
    request.place = keep_place(
        area=details.area, address=details.address, exact=details.exact, confidential=details.confidential
    )
    request.save()
    for line in details.lines:
        new_line(request, line, at=at)
    put_request(request=request)
    if details.tells:
        tell_owning_side(
            request=request,
            kind="needs.request_came_in",
            dedupe_key=f"came_in:{request.public_id}:",
            at=at,
        )
    record(
        scope=community.public_id,
        verb="request_posted",
        thing="request",
        thing_id=request.public_id,
        actor=person.public_id if person else "",
        at=at,
        data={"number": request.number, "lines": [line.category.code for line in details.lines]},
    )
    return Asked(request=request, pin=pin)


def _refuse_unsound(details: AskDetails) -> None:
    if not details.lines:
        raise NothingAsked
    if len(details.lines) > LINES_MOST:
        raise TooManyLines(most=LINES_MOST)
    if not details.consent_version:
        raise ConsentNeeded
    if not details.phone and details.contact_way is not ContactWay.NEITHER:
        raise PhoneOrReasonNeeded
    for line in details.lines:
        refuse_unsound_line(line)


def _known_requirements(codes: tuple[str, ...]) -> list[str]:
    known = {requirement.value for requirement in Requirement}
    return sorted(known.intersection(codes))


def _is_sensitive(lines: tuple[LineDetails, ...]) -> bool:
    return any(line.category.sensitive for line in lines)


def lock_numbers(*, community: Community) -> RequestCounter:
    """Let nobody else make a request in this community until the transaction ends."""
    RequestCounter.objects.get_or_create(community=community)
    return RequestCounter.objects.select_for_update().get(community=community)


def _next_number(community: Community) -> int:
    counter = lock_numbers(community=community)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last

"""Correcting what was said around the lines of a request, by whoever asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tadamun.foundation.people.consents import current_version
from tadamun.foundation.people.services import record_consent
from tadamun.foundation.people.vocabulary import ConsentMeans, ConsentPurpose
from tadamun.foundation.places.services import change_place
from tadamun.foundation.trail.services import record
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import NoSuchNeed, PhoneOrReasonNeeded
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.aid.needs.services.finding import put_request
from tadamun.pillars.aid.needs.services.texts import kept_text
from tadamun.pillars.aid.needs.vocabulary import HOURS_MOST, TEXT_MOST, ContactWay


@transaction.atomic
def change_request(
    *,
    request_id: str,
    actor: Any,
    at: datetime,
    with_pin: bool = False,
    area: Any = None,
    address: str | None = None,
    safe_hours: str | None = None,
    notes: str | None = None,
    contact_way: ContactWay | None = None,
    shows_in_public: bool | None = None,
) -> Request:
    """Correct what was said around the lines: where, how and when it is safe to call, notes, who may see it.

    :raises NoSuchNeed: none of this id.
    :raises PhoneOrReasonNeeded: a call or message is asked for, and there is no phone.
    """
    request = standing_request(request_id=request_id, actor=actor, with_pin=with_pin)
    # A place that stays as it is keeps its exact position, which a change of address drops.
    if request.place is not None and address is not None:
        same = (request.place.area, request.place.address) == (area, clean_line(address)[:300])
        if not same:
            change_place(place=request.place, area=area, address=address)
    if safe_hours is not None:
        request.safe_hours = clean_line(safe_hours)[:HOURS_MOST]
    if notes is not None:
        request.notes = kept_text(notes, most=TEXT_MOST)
    if contact_way is not None:
        if contact_way is not ContactWay.NEITHER and not request.phone_hash:
            raise PhoneOrReasonNeeded
        request.contact_way = contact_way
    if shows_in_public is not None:
        _change_public(request, shows=shows_in_public, actor=actor, at=at)
    request.heard_at = at
    request.save()
    put_request(request=request)
    record(
        scope=request.community.public_id,
        verb="request_changed",
        thing="request",
        thing_id=request.public_id,
        actor=getattr(actor, "public_id", ""),
        at=at,
    )
    return request


def standing_request(*, request_id: str, actor: Any, with_pin: bool) -> Request:
    """The request under lock, for its asker's side; one that was joined to another meanwhile leads to that one.

    :raises NoSuchNeed: none of this id.
    :raises NotYourNeed: anybody else.
    :raises JoinedToAnother: it was joined to another, and not the same account asked for both.
    """
    asked = Request.objects.select_related("community", "merged_into").filter(public_id=request_id).first()
    if asked is None:
        raise NoSuchNeed
    policies.require_asker(actor=actor, request=asked, with_pin=with_pin)
    found = Request.objects.select_for_update(of=("self",))
    # Only the last of a chain is locked, so that nobody waits here for a second one who joins the two just now.
    last = asked
    while last.merged_into is not None:
        last = last.merged_into
    request = found.get(pk=last.pk)
    while request.merged_into_id is not None:
        request = found.get(pk=request.merged_into_id)
    if with_pin or not policies.may_coordinate(person=actor, community=asked.community):
        policies.require_same_asker(asked=asked, goes_on=request)
    return request


def record_public_consent(*, request: Request, actor: Any, at: datetime) -> None:
    """Showing a need in public is a consent of its own; whoever switches it on for another stands as recorder."""
    person = actor if getattr(actor, "is_authenticated", False) else None
    own = request.asker is not None and request.asker == person
    record_consent(
        purpose=ConsentPurpose.PUBLIC_NEED,
        text_version=current_version(purpose=ConsentPurpose.PUBLIC_NEED),
        means=ConsentMeans.PHONE if person and not own else ConsentMeans.SELF,
        person=request.asker,
        recorded_by=None if own else person,
        at=at,
    )


def _change_public(request: Request, *, shows: bool, actor: Any, at: datetime) -> None:
    if shows and not request.shows_in_public:
        if request.lines.filter(category__sensitive=True).exists():
            return
        record_public_consent(request=request, actor=actor, at=at)
    request.shows_in_public = shows

"""Completing a request that came in with gaps, as by phone: what a coordinator learned is entered and corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tadamun.foundation.people.models import Person
from tadamun.foundation.people.queries import phone_hash
from tadamun.foundation.places.services import change_place, keep_place
from tadamun.foundation.trail.services import record
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import NoSuchNeed, PhoneOrReasonNeeded, QuantityOutOfRange
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.aid.needs.services.changing import standing_request
from tadamun.pillars.aid.needs.services.details import Completion
from tadamun.pillars.aid.needs.services.finding import put_request
from tadamun.pillars.aid.needs.services.lines import alter_line
from tadamun.pillars.aid.needs.services.settling import find_line
from tadamun.pillars.aid.needs.vocabulary import HOURS_MOST, HOUSEHOLD_MOST, NAME_MOST, ContactWay, When


@transaction.atomic
def complete_request(*, request_id: str, said: Completion, actor: Person, at: datetime) -> Request:
    """Enter and correct what is known of a request; the trail keeps which answers changed, never the answers.

    Nothing that was hidden is shown by it: a name, a phone or an address is replaced without being read.

    :raises NoSuchNeed: none of this id, a line of another request, or whoever asked was forgotten.
    :raises CoordinatorsOnly: the actor does not coordinate this community.
    :raises PhoneOrReasonNeeded: a call or message is wished for, and there is no phone.
    :raises NeedCannotMove: a line is met or closed, or less of it is wanted than somebody was asked for.
    :raises QuantityOutOfRange: nobody or nothing, or more than anybody means.
    """
    asked = Request.objects.select_related("community").filter(public_id=request_id).first()
    if asked is None:
        raise NoSuchNeed
    policies.require_coordinator(actor=actor, community=asked.community)
    request = standing_request(request_id=request_id, actor=actor, with_pin=False)
    if request.forgotten_at is not None:
        raise NoSuchNeed
    entry = _Entry(request)
    _enter_person(entry, said)
    _enter_contact(entry, said)
    _enter_place(entry, said)
    request.save()
    _enter_quantities(entry, said, at=at)
    if entry.changed:
        put_request(request=request)
        record(
            scope=request.community.public_id,
            verb="request_completed",
            thing="request",
            thing_id=request.public_id,
            actor=actor.public_id,
            at=at,
            data={"fields": sorted(entry.changed)},
        )
    return request


@dataclass
class _Entry:
    """A request that is being completed, and the names of the answers that changed."""

    request: Request
    changed: set[str] = field(default_factory=set)

    def put(self, name: str, value: object) -> None:
        """Enter one answer, if something was said and it is another one than before."""
        if value is not None and getattr(self.request, name) != value:
            setattr(self.request, name, value)
            self.changed.add(name)


def _enter_person(entry: _Entry, said: Completion) -> None:
    for name in ("asker_name", "recipient_name"):
        words = getattr(said, name)
        entry.put(name, None if words is None else clean_line(words)[:NAME_MOST])
    if said.household_size is not None and not 1 <= said.household_size <= HOUSEHOLD_MOST:
        raise QuantityOutOfRange(most=HOUSEHOLD_MOST)
    entry.put("household_size", said.household_size)
    entry.put("household", None if said.household is None else said.household.value)


def _enter_contact(entry: _Entry, said: Completion) -> None:
    request = entry.request
    if said.phone and said.phone != request.phone:
        request.phone_hash = phone_hash(phone=said.phone)
        # Whoever was not reached under the old number may well be under the new one.
        request.unreachable_since = None
        entry.put("phone", said.phone)
    entry.put("contact_way", said.contact_way)
    if said.contact_way not in {None, ContactWay.NEITHER} and not request.phone_hash:
        raise PhoneOrReasonNeeded
    entry.put("safe_hours", None if said.safe_hours is None else clean_line(said.safe_hours)[:HOURS_MOST])


def _enter_place(entry: _Entry, said: Completion) -> None:
    request, place = entry.request, entry.request.place
    entry.put("delivery", said.delivery)
    before = (place.area, place.address) if place else (None, "")
    area = None if said.no_area else said.area or before[0]
    address = before[1] if said.address is None else clean_line(said.address)[:300]
    # A place that stays as it is keeps its exact position, which a change drops.
    if (area, address) == before:
        return
    if place is None:
        request.place = keep_place(area=area, address=address)
    else:
        change_place(place=place, area=area, address=address)
    entry.changed.update(
        name
        for name, now, then in zip(("area", "address"), (area, address), before, strict=True)
        if now != then
    )


def _enter_quantities(entry: _Entry, said: Completion, *, at: datetime) -> None:
    own = list(entry.request.lines.order_by("pk").values_list("public_id", flat=True))
    if not said.quantities.keys() <= set(own):
        raise NoSuchNeed
    # In the order in which everybody locks lines: from the oldest on.
    for line_id in [each for each in own if each in said.quantities]:
        line = find_line(line_id=line_id)
        if said.quantities[line_id] != line.quantity:
            alter_line(line, quantity=said.quantities[line_id], when=When(line.when), at=at)
            entry.changed.add("quantity")

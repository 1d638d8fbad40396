"""Looking at a name, a place or a phone: always logged, and readable by the person concerned."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.people.models import Person
from tadamun.foundation.people.services import log_reveal
from tadamun.foundation.people.vocabulary import Revealed
from tadamun.foundation.trail.services import record
from tadamun.kernel.text import given_name
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import ContactCard, DoorCard
from tadamun.pillars.aid.needs.errors import NoSuchNeed, NotOnTheDay
from tadamun.pillars.aid.needs.fitting import on_the_day
from tadamun.pillars.aid.needs.models import Match, Request
from tadamun.pillars.aid.needs.services.settling import locked_match

AGAIN_AFTER_SECONDS = 3600


@transaction.atomic
def reveal_request(*, request_id: str, actor: Person, reason: str, at: datetime) -> ContactCard:
    """Show a coordinator the name, phone, address and notes of one request, with the reason logged.

    :raises CoordinatorsOnly: the viewer does not coordinate this community.
    :raises ReasonNeeded: no reason is given.
    """
    request = Request.objects.select_related("community", "place__area").filter(public_id=request_id).first()
    if request is None:
        raise NoSuchNeed
    policies.require_coordinator(actor=actor, community=request.community)
    log_reveal(
        subject=request.asker,
        about=request.public_id,
        viewer=actor,
        viewer_role="coordinator",
        what=Revealed.CONTACT,
        reason=reason,
        scope=request.community.public_id,
        at=at,
    )
    record(
        scope=request.community.public_id,
        verb="contact_revealed",
        thing="request",
        thing_id=request.public_id,
        actor=actor.public_id,
        at=at,
    )
    return contact_card(request)


@transaction.atomic
def reveal_place_to_giver(*, match_id: str, actor: Person, at: datetime) -> DoorCard:
    """Show the matched giver first name and address, on the day of the handover only, and log it.

    :raises NotOnTheDay: the handover is on another day, or nothing is scheduled.
    :raises GiverNotVerified: the giver was removed, or is not verified any more where that is needed.
    """
    match = locked_match(match_id=match_id)
    policies.require_invited(actor=actor, match=match)
    if not on_the_day(match=match, at=at):
        raise NotOnTheDay
    policies.require_trusted(match=match)
    request = Request.objects.select_related("community", "place__area").get(pk=match.line.request_id)
    log_reveal(
        subject=request.asker,
        about=request.public_id,
        viewer=actor,
        viewer_role="volunteer",
        what=Revealed.PLACE,
        scope=request.community.public_id,
        at=at,
        reason_needed=False,
    )
    return door_card(request, match=match)


def contact_card(request: Request) -> ContactCard:
    """What a coordinator sees after a logged reveal."""
    place = request.place
    return ContactCard(
        name=request.asker_name,
        recipient=request.recipient_name,
        phone=request.phone or "",
        address=place.address if place else "",
        area=place.area.name if place and place.area else "",
        notes=request.notes,
    )


def door_card(request: Request, *, match: Match) -> DoorCard:
    """What a matched giver sees on the day: whom to ask for, and where."""
    place = request.place
    who = request.recipient_name or request.asker_name
    return DoorCard(
        first_name=given_name(who),
        address=place.address if place else "",
        area=place.area.name if place and place.area else "",
        window_from=match.window_from,
        window_until=match.window_until,
    )

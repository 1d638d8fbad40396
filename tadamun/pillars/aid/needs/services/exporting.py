"""Taking names out of the house: with a reason, and written down for everybody concerned."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.services import log_reveal
from tadamun.foundation.people.vocabulary import Revealed
from tadamun.foundation.trail.services import record
from tadamun.kernel.cells.phones import dialled_form
from tadamun.kernel.text import given_name
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import ExportRow, RunSheet, StopCard
from tadamun.pillars.aid.needs.errors import NoSuchMatch
from tadamun.pillars.aid.needs.models import Match
from tadamun.pillars.aid.needs.queries.exporting import export_row, exported_lines, matches_today
from tadamun.pillars.aid.needs.queries.lines import giver_name


@transaction.atomic
def export_with_names(*, community: Community, actor: Person, reason: str, at: datetime) -> list[ExportRow]:
    """The open needs with name, phone, address and notes; each look is logged with the reason.

    :raises CoordinatorsOnly: the actor does not coordinate the community.
    :raises ReasonNeeded: no reason is given.
    """
    policies.require_coordinator(actor=actor, community=community)
    rows: list[ExportRow] = []
    opened: dict[int, tuple[Person | None, str]] = {}
    for line in exported_lines(community=community, everything=False, with_askers=True):
        request = line.request
        opened[request.pk] = (request.asker, request.public_id)
        place = request.place
        rows.append(
            replace(
                export_row(line, community=community),
                name=request.asker_name,
                phone=dialled_form(request.phone, region=community.region) if request.phone else "",
                address=place.address if place else "",
                notes=request.notes,
            )
        )
    for subject, about in opened.values():
        log_reveal(
            subject=subject,
            about=about,
            viewer=actor,
            viewer_role="coordinator",
            what=Revealed.CONTACT,
            reason=reason,
            scope=community.public_id,
            at=at,
        )
    record(
        scope=community.public_id,
        verb="contacts_exported",
        thing="community",
        thing_id=community.public_id,
        actor=actor.public_id,
        at=at,
        data={"requests": len(opened)},
    )
    return rows


@transaction.atomic
def open_run_sheet(
    *, community: Community, giver_id: str, actor: Any, at: datetime, reason: str = ""
) -> RunSheet:
    """The handovers of one giver today with first names and addresses, for paper; each look is logged.

    :param reason: what a coordinator needs another's sheet for; a giver opens their own without one.
    :raises NoSuchMatch: the giver has no handover today, or the actor is neither the giver nor a coordinator.
    :raises GiverNotVerified: the giver may not help any more.
    :raises ReasonNeeded: a coordinator gives no reason.
    """
    coordinates = policies.may_coordinate(person=actor, community=community)
    matches = [
        match
        for match in matches_today(community=community, at=at)
        if match.slot.offer.giver is not None and match.slot.offer.giver.public_id == giver_id
    ]
    own = bool(matches) and policies.may_answer(actor=actor, match=matches[0])
    if not matches or not (own or coordinates):
        raise NoSuchMatch
    stops = []
    for match in matches:
        policies.require_trusted(match=match)
        log_reveal(
            subject=match.line.request.asker,
            about=match.line.request.public_id,
            viewer=actor,
            viewer_role="volunteer" if own else "coordinator",
            what=Revealed.PLACE,
            scope=community.public_id,
            at=at,
            reason="" if own else reason,
            reason_needed=not own,
        )
        stops.append(_stop(match))
    record(
        scope=community.public_id,
        verb="run_sheet_opened",
        thing="community",
        thing_id=community.public_id,
        actor=actor.public_id,
        at=at,
        data={"stops": len(stops)},
    )
    return RunSheet(
        giver=giver_name(matches[0].slot.offer),
        day=at.astimezone(ZoneInfo(community.time_zone)).date(),
        stops=tuple(stops),
    )


def _stop(match: Match) -> StopCard:
    request, place = match.line.request, match.line.request.place
    if match.window_from is None or match.window_until is None:  # scheduled, so both are there
        raise NoSuchMatch
    return StopCard(
        request_number=request.number,
        category=name_of(category=match.line.category),
        unit=match.line.category.unit,
        quantity=match.quantity,
        first_name=given_name(request.recipient_name or request.asker_name),
        address=place.address if place else "",
        area=place.area.name if place and place.area else "",
        window_from=match.window_from,
        window_until=match.window_until,
        is_stay=match.line.category.whole,
    )

"""«Still right?»: somebody asked the service, and it is."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import record
from tadamun.pillars.aid.directory import policies
from tadamun.pillars.aid.directory.errors import NoSuchService
from tadamun.pillars.aid.directory.models import Service


@transaction.atomic
def confirm_service(
    *, community: Community, service_id: str, actor: Person | None, at: datetime, on: date
) -> Service:
    """Write down that what the directory says of a service is right, as of a day.

    :param actor: a coordinator; None from the command line.
    :param on: today in the community.
    :raises DirectoryForCoordinators: anybody else.
    :raises NoSuchService: there is none of this id here.
    """
    if actor is not None:
        policies.require_keeper(actor=actor, community=community)
    service = (
        Service.objects.select_for_update(of=("self",), no_key=True)
        .filter(community=community, public_id=service_id)
        .first()
    )
    if service is None:
        raise NoSuchService
    service.confirmed_on, service.confirmed_by = on, actor
    service.save(update_fields=["confirmed_on", "confirmed_by"])
    record(
        scope=community.public_id,
        verb="service_confirmed",
        thing="service",
        thing_id=service.public_id,
        actor=actor.public_id if actor else "",
        at=at,
    )
    return service

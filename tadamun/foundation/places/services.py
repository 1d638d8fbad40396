"""Keeping places: exact under seal, approximate to show."""

from __future__ import annotations

from datetime import datetime

import h3
from django.db import IntegrityError, transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import require, require_role
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.cards import Point
from tadamun.foundation.places.errors import AreaNameNeeded, AreaNameTaken, NoSuchArea, NotOnTheGlobe
from tadamun.foundation.places.models import Area, Place
from tadamun.foundation.trail import services as trail
from tadamun.kernel.text import clean_line

SHOWN_RESOLUTION = 9
"""H3 resolution of a shown cell: an edge of about 200 m."""


def keep_place(
    *, area: Area | None, address: str = "", exact: Point | None = None, confidential: bool = False
) -> Place:
    """Store where something is. Without an exact position the area's middle stands for it."""
    known = exact or (Point(area.latitude, area.longitude) if area else None)
    return Place.objects.create(
        area=area,
        cell=h3.latlng_to_cell(known.latitude, known.longitude, SHOWN_RESOLUTION) if known else "",
        address=clean_line(address)[:300],
        exact=f"{exact.latitude:.6f},{exact.longitude:.6f}" if exact else "",
        confidential=confidential,
    )


def change_place(*, place: Place, area: Area | None, address: str) -> Place:
    """Correct area and address; an exact position that belonged to the old address is dropped."""
    place.area, place.address = area, clean_line(address)[:300]
    place.exact = ""
    place.cell = h3.latlng_to_cell(area.latitude, area.longitude, SHOWN_RESOLUTION) if area else ""
    place.save()
    return place


def keep_confidential(*, place: Place) -> None:
    """Keep a place out of every list and map from here on."""
    Place.objects.filter(pk=place.pk).update(confidential=True)
    place.confidential = True


def forget_place(*, place: Place) -> None:
    """Keep the area for the counts; drop what says where somebody lives."""
    place.address = place.exact = ""
    place.cell = ""
    place.save()


def add_area(
    *, community: Community, name: str, latitude: float, longitude: float, position: int = 0
) -> Area:
    """Add a named part while a community is set up, or correct where it lies."""
    area, _ = Area.objects.update_or_create(
        community=community,
        name=clean_line(name)[:60],
        defaults={"latitude": latitude, "longitude": longitude, "position": position},
    )
    return area


@transaction.atomic
def keep_area(
    *,
    community: Community,
    actor: Person,
    name: str,
    middle: Point,
    at: datetime,
    position: int = 0,
    area_id: str = "",
) -> Area:
    """Add a named part of a community, or correct the one of `area_id`.

    :raises RoleNeeded: only stewards.
    :raises NoSuchArea: there is none of this id here.
    :raises AreaNameNeeded: the name is empty.
    :raises AreaNameTaken: another area has it.
    :raises NotOnTheGlobe: the middle lies nowhere.
    """
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    area = _locked(community, area_id) if area_id else Area(community=community)
    area.name, area.position = clean_line(name)[:60], max(0, min(position, 32_000))
    require(bool(area.name), AreaNameNeeded())
    require(abs(middle.latitude) <= 90 and abs(middle.longitude) <= 180, NotOnTheGlobe())  # noqa: PLR2004
    area.latitude, area.longitude = middle
    try:
        with transaction.atomic():
            area.save()
    except IntegrityError:
        raise AreaNameTaken from None
    _log(area, actor, "area_changed" if area_id else "area_added", at)
    return area


@transaction.atomic
def close_area(*, community: Community, actor: Person, area_id: str, at: datetime) -> None:
    """Offer an area no longer to choose; what lies in it stays. Closing twice changes nothing.

    :raises RoleNeeded: only stewards.
    :raises NoSuchArea: there is none of this id here.
    """
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    area = _locked(community, area_id)
    if area.closed_at is None:
        area.closed_at = at
        area.save(update_fields=["closed_at"])
        _log(area, actor, "area_closed", at)


@transaction.atomic
def reopen_area(*, community: Community, actor: Person, area_id: str, at: datetime) -> None:
    """Offer a closed area to choose again.

    :raises RoleNeeded: only stewards.
    :raises NoSuchArea: there is none of this id here.
    """
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    area = _locked(community, area_id)
    if area.closed_at is not None:
        area.closed_at = None
        area.save(update_fields=["closed_at"])
        _log(area, actor, "area_reopened", at)


def _locked(community: Community, area_id: str) -> Area:
    area = Area.objects.select_for_update(of=("self",)).filter(community=community, public_id=area_id).first()
    if area is None:
        raise NoSuchArea
    return area


def _log(area: Area, actor: Person, verb: str, at: datetime) -> None:
    trail.record(
        scope=area.community.public_id,
        verb=verb,
        thing="area",
        thing_id=area.public_id,
        actor=actor.public_id,
        at=at,
    )

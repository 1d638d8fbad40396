"""Looking at places."""

from __future__ import annotations

import h3
from django.db.models import Avg

from tadamun.foundation.communities.models import Community
from tadamun.foundation.places.cards import AreaCard, Point
from tadamun.foundation.places.errors import NoSuchArea
from tadamun.foundation.places.models import Area, Place


def open_areas(*, community: Community) -> list[Area]:
    """The areas of a community that can be chosen, in their order."""
    return list(Area.objects.filter(community=community, closed_at__isnull=True))


def all_areas(*, community: Community) -> list[AreaCard]:
    """Every area of a community, closed ones too: for those who edit them."""
    return [_card(area) for area in Area.objects.filter(community=community)]


def area_card(*, community: Community, area_id: str) -> AreaCard:
    """One area, open or closed.

    :raises NoSuchArea: there is none of this id in this community.
    """
    area = Area.objects.filter(community=community, public_id=area_id).first()
    if area is None:
        raise NoSuchArea
    return _card(area)


def area_of(*, community: Community, area_id: str) -> Area:
    """The row of an area that can be chosen.

    :raises NoSuchArea: unknown, closed, or another community's.
    """
    area = Area.objects.filter(community=community, public_id=area_id, closed_at__isnull=True).first()
    if area is None:
        raise NoSuchArea
    return area


def matching_point(*, place: Place | None, community: Community) -> Point:
    """The position a matching round reckons with: exact if known, else the cell, the area, the community's
    middle, the middle of its areas."""
    if place is not None and place.exact:
        latitude, longitude = place.exact.split(",")
        return Point(float(latitude), float(longitude))
    if place is not None and place.cell:
        return Point(*h3.cell_to_latlng(place.cell))
    if place is not None and place.area is not None:
        return Point(place.area.latitude, place.area.longitude)
    if community.latitude is not None and community.longitude is not None:
        return Point(community.latitude, community.longitude)
    middle = Area.objects.filter(community=community).aggregate(north=Avg("latitude"), east=Avg("longitude"))
    return Point(middle["north"] or 0.0, middle["east"] or 0.0)


def shown_point(*, cell: str) -> Point | None:
    """The middle of an approximate cell, for maps."""
    return Point(*h3.cell_to_latlng(cell)) if cell else None


def _card(area: Area) -> AreaCard:
    return AreaCard(
        public_id=area.public_id,
        name=area.name,
        latitude=area.latitude,
        longitude=area.longitude,
        position=area.position,
        closed=area.closed_at is not None,
    )

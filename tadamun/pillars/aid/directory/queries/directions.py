"""What is told to somebody who is sent to a service, and which services one can be sent to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.directory.cards import Directions, ServiceCard, ServiceRow
from tadamun.pillars.aid.directory.errors import NoSuchService
from tadamun.pillars.aid.directory.models import Location, Service
from tadamun.pillars.aid.directory.queries.listing import Wanted, row_cards, services_wanted
from tadamun.pillars.aid.directory.queries.pages import service_card
from tadamun.pillars.aid.directory.vocabulary import LISTED, STALE_AFTER, ServiceStatus

SHOWN_MOST = 12


def referable_services(
    *, community: Community, viewer: Any, text: str = "", category: str = "", area: str = "", at: datetime
) -> list[ServiceRow]:
    """Services that a coordinator may send somebody to, those of the category first where a text is looked for too.

    Of these come first what was confirmed within a year, then what the community itself entered, then what lies in
    the area, then in any area of the community; and then by name.

    :param area: name of the area in which the need is; empty where it is not known.
    """
    found: list[ServiceRow] = []
    wanted = [Wanted(text=text, category=category)] + ([Wanted(text=text)] if text and category else [])
    for one in wanted:
        rows = services_wanted(community=community, viewer=viewer, wanted=one, at=at)
        rows = _best_first(rows.filter(status=ServiceStatus.ACTIVE), area=area, at=at)[:SHOWN_MOST]
        known = {row.public_id for row in found}
        cards = row_cards(rows=list(rows), community=community, at=at)
        found += [card for card in cards if card.public_id not in known]
        if len(found) >= SHOWN_MOST:
            break
    return found[:SHOWN_MOST]


def _best_first(rows: QuerySet[Service], *, area: str, at: datetime) -> QuerySet[Service]:
    # Where a confidential place lies is known to nobody: it is near to none.
    here = Location.objects.filter(sites__service=OuterRef("pk"), confidential=False, area__isnull=False)
    near = When(Exists(here), then=1)
    nearest = [When(Exists(here.filter(area__name=area)), then=0), near] if area else [near]
    return rows.annotate(
        old=Case(When(confirmed_on__gte=(at - STALE_AFTER).date(), then=0), default=1),
        brought=Case(When(source=None, then=0), default=1),
        far=Case(*nearest, default=2),
    ).order_by("old", "brought", "far", "name", "pk")


def directions_to(*, community: Community, service_id: str, at: datetime) -> Directions:
    """Name, address, number and papers of a service, without anything that is told to coordinators alone.

    :raises NoSuchService: there is none of this id here, or it is no longer listed.
    """
    card = service_card(community=community, service_id=service_id, viewer=None, at=at)
    return Directions(
        service_id=card.public_id,
        name=card.name,
        organisation=card.organisation,
        address=_address(card),
        phone=card.phones[0].shown if card.phones else "",
        documents=card.documents,
        discreet=any(place.confidential for place in card.places),
    )


def service_key(*, community: Community, service_id: str) -> int:
    """The key of a listed service's row, for what a higher app keeps of it.

    :raises NoSuchService: there is none of this id here, or it is no longer listed.
    """
    key = (
        Service.objects.filter(community=community, public_id=service_id, status__in=LISTED)
        .values_list("pk", flat=True)
        .first()
    )
    if key is None:
        raise NoSuchService
    return key


def _address(card: ServiceCard) -> str:
    for place in card.places:
        if not place.confidential:
            parts = [place.street, place.area, place.town]
            separator = "، " if any("\u0600" <= c <= "\u06ff" for c in "".join(parts)) else ", "
            return separator.join(dict.fromkeys(filter(None, parts)))
    return ""

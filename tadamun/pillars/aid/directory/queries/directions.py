"""What is told to somebody who is sent to a service, and which services one can be sent to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.directory.cards import Directions, ServiceCard, ServiceRow
from tadamun.pillars.aid.directory.errors import NoSuchService
from tadamun.pillars.aid.directory.models import Service
from tadamun.pillars.aid.directory.queries.listing import Wanted, row_cards, services_wanted
from tadamun.pillars.aid.directory.queries.pages import service_card
from tadamun.pillars.aid.directory.vocabulary import LISTED, ServiceStatus

SHOWN_MOST = 12


def referable_services(
    *, community: Community, viewer: Any, text: str = "", category: str = "", at: datetime
) -> list[ServiceRow]:
    """Services that a coordinator may send somebody to, of a category where any is found there, the confirmed first."""
    found: list[ServiceRow] = []
    wanted = [Wanted(text=text, category=category)] + ([Wanted(text=text)] if text and category else [])
    for one in wanted:
        rows = services_wanted(community=community, viewer=viewer, wanted=one, at=at)
        rows = rows.filter(status=ServiceStatus.ACTIVE)[: SHOWN_MOST * 4]
        known = {row.public_id for row in found}
        cards = row_cards(rows=list(rows), community=community, at=at)
        found += [card for card in cards if card.public_id not in known]
        if len(found) >= SHOWN_MOST:
            break
    return sorted(found, key=lambda row: row.stale)[:SHOWN_MOST]


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

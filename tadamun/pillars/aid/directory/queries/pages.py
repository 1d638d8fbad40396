"""One service as its page shows it, and as the form that corrects it takes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet

from tadamun.foundation.catalogue.queries import cards_by_id
from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.directory.cards import HoursCard, PhoneCard, PlaceCard, ServiceCard
from tadamun.pillars.aid.directory.errors import NoSuchService
from tadamun.pillars.aid.directory.models import Location, Phone, Service
from tadamun.pillars.aid.directory.policies import may_coordinate, require_keeper
from tadamun.pillars.aid.directory.queries.listing import is_stale, open_hours
from tadamun.pillars.aid.directory.vocabulary import LISTED, Cost, ServiceStatus


def service_card(*, community: Community, service_id: str, viewer: Any, at: datetime) -> ServiceCard:
    """Everything the page says. Where a confidential place lies is told to coordinators alone.

    :raises NoSuchService: none of this id here, or one that is no longer listed and the viewer is no coordinator.
    """
    keeper = may_coordinate(person=viewer, community=community)
    row = _rows(community).filter(public_id=service_id).first()
    if row is None or (row.status not in LISTED and not keeper):
        raise NoSuchService
    given = list(row.categories.all())
    cards = cards_by_id(ids=[category.pk for category in given])
    own = list(row.phones.all()) or list(row.organisation.phones.all())
    places = [site.location for site in row.sites.select_related("location__area").order_by("pk")]
    open_now = (
        row.status == ServiceStatus.ACTIVE
        and Service.objects.filter(pk=row.pk).filter(Exists(open_hours(community=community, at=at))).exists()
    )
    return ServiceCard(
        public_id=row.public_id,
        name=row.name,
        alternate_name=row.alternate_name,
        organisation=row.organisation.name,
        organisation_id=row.organisation.public_id,
        description=row.description,
        website=row.website or row.organisation.website,
        email=row.email or row.organisation.email,
        status=ServiceStatus(row.status),
        how_to_apply=row.how_to_apply,
        eligibility=row.eligibility,
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        cost=Cost(row.cost),
        fees=row.fees,
        waiting=row.waiting,
        interpretation=row.interpretation,
        categories=tuple(cards[category.pk].name for category in given),
        category_codes=tuple(category.code for category in given),
        phones=tuple(_phone_card(phone) for phone in own),
        places=tuple(place_card(place, keeper=keeper) for place in places),
        hours=tuple(
            HoursCard(hours.weekday, hours.opens, hours.closes, hours.words) for hours in row.schedules.all()
        ),
        open_now=open_now,
        documents=tuple(document.words for document in row.documents.all()),
        languages=tuple(language.code for language in row.languages.all()),
        source=row.source.key if row.source else "",
        changed_at=row.changed_at,
        confirmed_on=row.confirmed_on,
        stale=is_stale(row, at=at),
        may_edit=keeper,
    )


def service_to_correct(
    *, community: Community, service_id: str, viewer: Any, at: datetime
) -> tuple[ServiceCard, PlaceCard | None]:
    """A service and its first place, for the form that corrects them.

    :raises DirectoryForCoordinators: only coordinators.
    :raises NoSuchService: there is none of this id here.
    """
    require_keeper(actor=viewer, community=community)
    card = service_card(community=community, service_id=service_id, viewer=viewer, at=at)
    return card, card.places[0] if card.places else None


def place_card(place: Location, *, keeper: bool) -> PlaceCard:
    """A place; of a confidential one its town, and to coordinators what is under seal."""
    return PlaceCard(
        public_id=place.public_id,
        name=place.name,
        street=place.street,
        town=place.town,
        region=place.region,
        postal_code=place.postal_code,
        way_there=place.way_there,
        accessibility=place.accessibility,
        latitude=place.latitude,
        longitude=place.longitude,
        area=place.area.name if place.area else "",
        area_id=place.area.public_id if place.area else "",
        confidential=place.confidential,
        hidden_address=(place.hidden_address or "") if keeper else "",
    )


def _phone_card(phone: Phone) -> PhoneCard:
    dialled = phone.number if phone.number.startswith("+") else ""
    return PhoneCard(shown=phone.number, dialled=dialled, extension=phone.extension, words=phone.words)


def _rows(community: Community) -> QuerySet[Service]:
    return (
        Service.objects.filter(community=community)
        .select_related("organisation", "source")
        .prefetch_related(
            "categories", "phones", "schedules", "documents", "languages", "organisation__phones"
        )
    )

"""Adding and correcting services by hand, by the coordinators of a community."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import transaction

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.catalogue.queries import category_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.queries import folded_name
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.models import Area
from tadamun.foundation.trail.services import record
from tadamun.kernel.text import clean_line, clean_text
from tadamun.pillars.aid.directory import policies
from tadamun.pillars.aid.directory.adapters.cells import phone_of
from tadamun.pillars.aid.directory.adapters.storing import place as write_place
from tadamun.pillars.aid.directory.adapters.storing import searched_words
from tadamun.pillars.aid.directory.errors import (
    LocationNotOnTheGlobe,
    NoSuchService,
    OpeningHoursCrossed,
    ServiceAgesCrossed,
    ServiceNameNeeded,
)
from tadamun.pillars.aid.directory.models import (
    Location,
    Organisation,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceLanguage,
)
from tadamun.pillars.aid.directory.vocabulary import (
    DOCUMENTS_MOST,
    HOURS_MOST,
    LANGUAGES_MOST,
    NAME_MOST,
    SHORT_MOST,
    TEXT_MOST,
    Cost,
    ServiceStatus,
)

_GLOBE = (90, 180)


@dataclass(frozen=True)
class HoursFacts:
    """A day (Monday is 0) with its hours, or words."""

    weekday: int | None = None
    opens: time | None = None
    closes: time | None = None
    words: str = ""


@dataclass(frozen=True)
class PlaceFacts:
    """Where a service is given."""

    street: str = ""
    town: str = ""
    way_there: str = ""
    accessibility: str = ""
    area: Area | None = None
    latitude: float | None = None
    longitude: float | None = None
    confidential: bool = False
    name: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True)
class ServiceFacts:
    """All that a coordinator says of a service."""

    name: str
    organisation: str
    description: str = ""
    website: str = ""
    email: str = ""
    status: ServiceStatus = ServiceStatus.ACTIVE
    how_to_apply: str = ""
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    cost: Cost = Cost.UNKNOWN
    fees: str = ""
    waiting: str = ""
    interpretation: str = ""
    categories: Sequence[str] = ()
    """Codes of the community's catalogue."""
    phones: Sequence[str] = ()
    documents: Sequence[str] = ()
    languages: Sequence[str] = ()
    hours: Sequence[HoursFacts] = ()
    place: PlaceFacts | None = None


@transaction.atomic
def add_service(
    *, community: Community, actor: Person, facts: ServiceFacts, at: datetime, on: date
) -> Service:
    """Add a service; whoever adds it has just asked it, so it counts as confirmed.

    :param on: today in the community.
    :raises DirectoryForCoordinators: only coordinators.
    :raises ServiceNameNeeded: service and organisation have a name.
    :raises ServiceAgesCrossed: the lowest age lies above the highest.
    :raises OpeningHoursCrossed: a line of hours is half a line.
    :raises LocationNotOnTheGlobe: the point lies nowhere.
    :raises NoSuchCategory: a category is not in use here.
    """
    policies.require_keeper(actor=actor, community=community)
    row = Service(community=community, added_at=at, confirmed_on=on, confirmed_by=actor)
    _write(row, facts, at=at)
    _log(row, actor, "service_added", at)
    return row


@transaction.atomic
def change_service(
    *, community: Community, service_id: str, actor: Person, facts: ServiceFacts, at: datetime, on: date
) -> Service:
    """Correct a service; from here on a file does not overwrite it, unless told to.

    :raises DirectoryForCoordinators: only coordinators.
    :raises NoSuchService: there is none of this id here.
    :raises TadamunError: as `add_service`.
    """
    policies.require_keeper(actor=actor, community=community)
    row = (
        Service.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .filter(community=community, public_id=service_id)
        .first()
    )
    if row is None:
        raise NoSuchService
    row.confirmed_on, row.confirmed_by = on, actor
    _write(row, facts, at=at)
    _log(row, actor, "service_changed", at)
    return row


def _write(row: Service, facts: ServiceFacts, *, at: datetime) -> None:
    name, owner = clean_line(facts.name)[:NAME_MOST], clean_line(facts.organisation)[:NAME_MOST]
    policies.require(bool(name and owner), ServiceNameNeeded())
    ages = facts.minimum_age, facts.maximum_age
    if ages[0] is not None and ages[1] is not None and ages[0] > ages[1]:
        raise ServiceAgesCrossed
    row.name, row.organisation = name, _organisation(row, owner)
    row.description = clean_text(facts.description)[:TEXT_MOST]
    row.website, row.email = clean_line(facts.website)[:SHORT_MOST], clean_line(facts.email)[:254]
    row.status, row.cost = facts.status, facts.cost
    row.how_to_apply = clean_text(facts.how_to_apply)[:TEXT_MOST]
    row.eligibility = clean_text(facts.eligibility)[:TEXT_MOST]
    row.minimum_age, row.maximum_age = ages
    row.fees, row.waiting = clean_text(facts.fees)[:TEXT_MOST], clean_line(facts.waiting)[:SHORT_MOST]
    row.interpretation = clean_text(facts.interpretation)[:TEXT_MOST]
    row.changed_at = row.edited_at = at
    categories = [category_of(community=row.community, code=code) for code in dict.fromkeys(facts.categories)]
    town = facts.place.town if facts.place else ""
    row.searched = searched_words(row, [_names(category) for category in categories], [town])
    row.save()
    row.categories.set(categories)
    _hang(row, facts)
    if facts.place is not None:
        _put_place(row, facts.place)


def _organisation(row: Service, name: str) -> Organisation:
    """The organisation of this name here; the service's own one keeps its row while its name is the same."""
    if row.organisation_id and folded_name(row.organisation.name) == folded_name(name):
        return row.organisation
    held = Organisation.objects.filter(community=row.community, name=name).order_by("pk").first()
    return held or Organisation.objects.create(community=row.community, name=name)


def _names(category: Category) -> str:
    return " ".join((category.name_ar, category.name_en, category.name_fr))


def _hang(row: Service, facts: ServiceFacts) -> None:
    for hours in facts.hours:
        whole = hours.weekday is not None and hours.opens is not None and hours.closes is not None
        none = hours.weekday is None and hours.opens is None and hours.closes is None and bool(hours.words)
        policies.require(whole or none, OpeningHoursCrossed())
    # What a file said of a number stays with it.
    said = dict(row.phones.values_list("number", "words")) if row.pk else {}
    for held in (row.schedules, row.phones, row.documents, row.languages):
        held.all().delete()
    Schedule.objects.bulk_create(Schedule(service=row, **asdict(hours)) for hours in facts.hours[:HOURS_MOST])
    drafts = [phone_of(text, region=row.community.region) for text in facts.phones]
    numbers = {draft.number: draft for draft in drafts if draft is not None}
    Phone.objects.bulk_create(
        Phone(service=row, number=number, extension=draft.extension, words=said.get(number, ""))
        for number, draft in numbers.items()
    )
    papers = filter(None, (clean_line(paper)[:SHORT_MOST] for paper in facts.documents[:DOCUMENTS_MOST]))
    RequiredDocument.objects.bulk_create(
        RequiredDocument(service=row, words=words) for words in dict.fromkeys(papers)
    )
    codes = dict.fromkeys(facts.languages[:LANGUAGES_MOST])
    ServiceLanguage.objects.bulk_create(ServiceLanguage(service=row, code=code) for code in codes)


def _put_place(row: Service, facts: PlaceFacts) -> None:
    """Write the service's first place; a place that other services share changes for all of them."""
    half = (facts.latitude is None) != (facts.longitude is None)
    off = abs(facts.latitude or 0) > _GLOBE[0] or abs(facts.longitude or 0) > _GLOBE[1]
    policies.require(not half and not off, LocationNotOnTheGlobe())
    site = row.sites.select_related("location").order_by("pk").first()
    location = site.location if site else Location(community=row.community)
    location.organisation = row.organisation
    write_place(location, facts, confidential=facts.confidential)
    location.area = None if facts.confidential else facts.area
    location.save()
    if site is None:
        ServiceAtLocation.objects.create(service=row, location=location)


def _log(row: Service, actor: Person, verb: str, at: datetime) -> None:
    record(
        scope=row.community.public_id,
        verb=verb,
        thing="service",
        thing_id=row.public_id,
        actor=actor.public_id,
        at=at,
    )

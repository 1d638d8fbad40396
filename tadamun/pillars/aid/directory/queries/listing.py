"""The list of services, narrowed by what somebody looks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.catalogue.queries import cards_by_id, open_categories
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.queries import folded_name
from tadamun.pillars.aid.directory.cards import Facets, ServiceRow
from tadamun.pillars.aid.directory.models import Location, Schedule, Service, ServiceLanguage
from tadamun.pillars.aid.directory.policies import may_coordinate
from tadamun.pillars.aid.directory.vocabulary import LISTED, STALE_AFTER, Cost, ServiceStatus

PAGE = 20
WORDS_MOST = 8
TOWNS_MOST = 60


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is empty narrows nothing."""

    text: str = ""
    category: str = ""
    area: str = ""
    """Public id of an area of the community."""
    town: str = ""
    language: str = ""
    free: bool = False
    open_now: bool = False
    unlisted: bool = False
    """Coordinators: those that are closed for good, or at rest."""
    stale: bool = False
    """Coordinators: those that nobody confirmed within a year, the oldest word first."""


def service_page(
    *, community: Community, viewer: Any, wanted: Wanted, at: datetime, number: int | str = 1
) -> Page[Any]:
    """One page of the services that fit, by name; a page that is not there is the nearest one that is."""
    rows = services_wanted(community=community, viewer=viewer, wanted=wanted, at=at)
    page: Page[Any] = Paginator(rows, PAGE).get_page(number)
    page.object_list = row_cards(rows=list(page.object_list), community=community, at=at)
    return page


def services_in_parts(
    *, community: Community, wanted: Wanted, at: datetime, most: int, after: tuple[str, int] | None = None
) -> list[tuple[tuple[str, int], ServiceRow]]:
    """The listed services that fit, by name, as anybody sees them, each with its place in the list: name and row.

    :param after: the place of the last service that was seen.
    """
    rows = services_wanted(community=community, viewer=None, wanted=wanted, at=at)
    if after is not None:
        rows = rows.filter(Q(name__gt=after[0]) | Q(name=after[0], pk__gt=after[1]))
    found = list(rows[:most])
    cards = row_cards(rows=found, community=community, at=at)
    return [((row.name, row.pk), card) for row, card in zip(found, cards, strict=True)]


def services_wanted(*, community: Community, viewer: Any, wanted: Wanted, at: datetime) -> QuerySet[Service]:
    """The rows that fit what somebody looks for."""
    keeper = may_coordinate(person=viewer, community=community)
    rows = Service.objects.filter(community=community).select_related("organisation")
    rows = rows.exclude(status__in=LISTED) if wanted.unlisted and keeper else rows.filter(status__in=LISTED)
    for word in folded_name(wanted.text[:200]).split()[:WORDS_MOST]:
        rows = rows.filter(searched__contains=word)
    if wanted.category:
        rows = rows.filter(categories__in=_keys_below(community, wanted.category))
    if wanted.area:
        # Of a confidential place no area is known: it is found by nobody this way.
        rows = rows.filter(sites__location__area__public_id=wanted.area)
    if wanted.town:
        rows = rows.filter(sites__location__town=wanted.town)
    if wanted.language:
        speaks = ServiceLanguage.objects.filter(service=OuterRef("pk"), code=wanted.language)
        rows = rows.filter(Exists(speaks))
    if wanted.free:
        rows = rows.filter(cost=Cost.FREE)
    if wanted.open_now:
        rows = rows.filter(status=ServiceStatus.ACTIVE).filter(Exists(open_hours(community=community, at=at)))
    if wanted.stale and keeper:
        rows = rows.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=(at - STALE_AFTER).date()))
        return rows.order_by(F("confirmed_on").asc(nulls_first=True), "name", "pk").distinct()
    return rows.order_by("name", "pk").distinct()


def open_hours(*, community: Community, at: datetime) -> QuerySet[Schedule]:
    """The lines of hours of an outer service that hold at a moment, on the community's clock."""
    local = at.astimezone(ZoneInfo(community.time_zone))
    clock = local.time().replace(microsecond=0)
    today, yesterday = local.weekday(), (local - timedelta(days=1)).weekday()
    within = Q(weekday=today, opens__lte=clock, closes__gt=clock)
    into_the_night = Q(weekday=today, opens__lte=clock, closes__lte=F("opens"))
    from_last_night = Q(weekday=yesterday, closes__gt=clock, closes__lte=F("opens"))
    return Schedule.objects.filter(within | into_the_night | from_last_night, service=OuterRef("pk"))


def row_cards(*, rows: list[Service], community: Community, at: datetime) -> list[ServiceRow]:
    """The list's cards of some rows: a handful of queries, however many rows."""
    keys = [row.pk for row in rows]
    open_now = set(
        Service.objects.filter(pk__in=keys, status=ServiceStatus.ACTIVE)
        .filter(Exists(open_hours(community=community, at=at)))
        .values_list("pk", flat=True)
    )
    towns: dict[int, list[str]] = {}
    sites = Service.objects.filter(pk__in=keys, sites__isnull=False).values_list(
        "pk", "sites__location__town"
    )
    for key, town in sites.order_by("sites__pk"):
        if town and town not in towns.setdefault(key, []):
            towns[key].append(town)
    given: dict[int, list[int]] = {}
    through = Service.categories.through
    for key, category in (
        through.objects.filter(service__in=keys).order_by("pk").values_list("service_id", "category_id")
    ):
        given.setdefault(key, []).append(category)
    cards = cards_by_id(ids={category for several in given.values() for category in several})
    return [_row_card(row, open_now, towns, _cards(given.get(row.pk, ()), cards), at) for row in rows]


def facets(*, community: Community, viewer: Any) -> Facets:
    """What the list can be narrowed to: only what some listed service has."""
    listed = Q(sites__service__status__in=LISTED, community=community)
    places = Location.objects.filter(listed)
    areas = places.filter(area__closed_at=None).exclude(area=None)
    found = areas.values_list("area__public_id", "area__name", "area__position").distinct()
    towns = places.exclude(town="").values_list("town", flat=True).distinct().order_by("town")
    services = Service.objects.filter(community=community, status__in=LISTED)
    languages = ServiceLanguage.objects.filter(service__in=services).values_list("code", flat=True)
    codes = services.exclude(categories=None).values_list("categories__code", flat=True)
    return Facets(
        areas=tuple((key, name) for key, name, _ in sorted(found, key=lambda row: (row[2], row[1]))),
        towns=tuple(towns[:TOWNS_MOST]),
        languages=tuple(languages.distinct().order_by("code")),
        category_codes=frozenset(codes.distinct().order_by()),
    )


def is_stale(row: Service, *, at: datetime) -> bool:
    """Whether nobody has heard from the service for a year."""
    return row.confirmed_on is None or row.confirmed_on < (at - STALE_AFTER).date()


def _keys_below(community: Community, code: str) -> list[int]:
    """A category in use here, with those below it."""
    codes = {code}
    for root in open_categories(community=community):
        if root.code == code:
            codes |= {card.code for card in root.below}
    known = Category.objects.filter(Q(community=None) | Q(community=community), code__in=codes)
    return list(known.values_list("pk", flat=True))


def _cards(keys: Iterable[int], cards: dict[int, Any]) -> list[Any]:
    return [cards[key] for key in keys if key in cards]


def _row_card(
    row: Service, open_now: set[int], towns: dict[int, list[str]], categories: list[Any], at: datetime
) -> ServiceRow:
    return ServiceRow(
        public_id=row.public_id,
        name=row.name,
        organisation=row.organisation.name,
        icon=categories[0].icon if categories else "building-community",
        categories=tuple(card.name for card in categories[:3]),
        towns=tuple(towns.get(row.pk, ())[:3]),
        cost=Cost(row.cost),
        status=ServiceStatus(row.status),
        open_now=row.pk in open_now,
        confirmed_on=row.confirmed_on,
        stale=is_stale(row, at=at),
    )

"""Drafts into rows: many at a time, so that thousands of services take seconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.queries import folded_name
from tadamun.foundation.places.queries import open_areas
from tadamun.kernel.geo import haversine_km
from tadamun.pillars.aid.directory.adapters.drafts import (
    Drafts,
    LocationDraft,
    OrganisationDraft,
    ServiceDraft,
    TermDraft,
    digest_of,
)
from tadamun.pillars.aid.directory.adapters.meanings import category_code
from tadamun.pillars.aid.directory.adapters.recognising import Recognised
from tadamun.pillars.aid.directory.models import (
    Location,
    Organisation,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceLanguage,
    ServiceTerm,
    Source,
    Term,
)
from tadamun.pillars.aid.directory.vocabulary import Outcome

AT_ONCE = 400
"""Rows a statement: SQLite takes so many parameters at most."""
NEAR_KM = 5.0
"""So near to the middle of an area a place lies in it, the nearest first."""
SEARCHED_MOST = 3000
_OF_SERVICE = (
    "name",
    "alternate_name",
    "description",
    "website",
    "email",
    "status",
    "how_to_apply",
    "eligibility",
    "minimum_age",
    "maximum_age",
    "cost",
    "fees",
    "waiting",
    "interpretation",
)
_OF_ORGANISATION = ("name", "alternate_name", "description", "website", "email")
_OF_LOCATION = (
    "name",
    "street",
    "town",
    "region",
    "postal_code",
    "country",
    "way_there",
    "accessibility",
    "latitude",
    "longitude",
)


class Shelf:
    """The part of a community's directory that came from one source.

    :param recognised: what the file names and is here already under another source, or as our own.
    """

    def __init__(
        self,
        *,
        community: Community,
        source: Source,
        at: datetime,
        overwrite: bool,
        recognised: Recognised | None = None,
    ) -> None:
        self.community, self.source, self.at, self.overwrite = community, source, at, overwrite
        self.recognised = recognised or Recognised()
        self.areas = open_areas(community=community)

    def put(self, drafts: Drafts) -> list[Outcome]:
        """Store a whole file; for each service, what that changed."""
        organisations = self._put_organisations(drafts.organisations)
        ours = Service.objects.filter(source=self.source).select_for_update()
        before = self.recognised.services | {row.outer_id: row for row in ours}
        outcomes, fresh, changed = [], [], []
        for draft in drafts.services:
            row, outcome = self._row(draft, before.get(draft.source_id), organisations, drafts)
            outcomes.append(outcome)
            if outcome is Outcome.NEW:
                fresh.append((draft, row))
            elif outcome is Outcome.CHANGED:
                changed.append((draft, row))
        locations = self._put_locations(drafts.locations, organisations)
        Service.objects.bulk_create([row for _, row in fresh], batch_size=AT_ONCE)
        columns = [
            *_OF_SERVICE,
            "organisation",
            "digest",
            "searched",
            "changed_at",
            "confirmed_on",
            "edited_at",
        ]
        Service.objects.bulk_update([row for _, row in changed], [*columns], batch_size=AT_ONCE // 8)
        self._clear([row.pk for _, row in changed])
        self._hang([*fresh, *changed], locations)
        return outcomes

    def absent(self, drafts: Drafts) -> int:
        """How many services of this source the file no longer names."""
        named = {draft.source_id for draft in drafts.services}
        recognised = {row.pk for row in self.recognised.services.values()}
        held = Service.objects.filter(source=self.source).values_list("pk", "outer_id")
        return sum(1 for pk, key in held if key not in named and pk not in recognised)

    def _put_organisations(self, drafts: Iterable[OrganisationDraft]) -> dict[str, Organisation]:
        known = self.recognised.organisations
        held = known | {row.outer_id: row for row in Organisation.objects.filter(source=self.source)}
        fresh, changed, phones, told = [], [], [], []
        for draft in drafts:
            row = held.get(draft.source_id)
            if row is not None and draft.source_id in known and known[draft.source_id] is row:
                if self.recognised.stays(draft.source_id, row, overwrite=self.overwrite):
                    continue
                told.append(row.pk)
            if row is None:
                row = Organisation(community=self.community, source=self.source, outer_id=draft.source_id)
                fresh.append(row)
                held[draft.source_id] = row
            elif any(getattr(row, name) != getattr(draft, name) for name in _OF_ORGANISATION):
                changed.append(row)
            _copy(draft, row, _OF_ORGANISATION)
            phones += [(row, phone) for phone in draft.phones]
        Organisation.objects.bulk_create(fresh, batch_size=AT_ONCE)
        Organisation.objects.bulk_update(changed, [*_OF_ORGANISATION], batch_size=AT_ONCE // 4)
        kept = [row.pk for row in known.values() if row.pk not in told]
        replaced = Q(organisation__source=self.source) | Q(organisation__in=told)
        Phone.objects.filter(replaced).exclude(organisation__in=kept).delete()
        Phone.objects.bulk_create(
            [Phone(organisation=row, **asdict(phone)) for row, phone in phones], batch_size=AT_ONCE
        )
        return held

    def _put_locations(
        self, drafts: Iterable[LocationDraft], organisations: dict[str, Organisation]
    ) -> dict[str, Location]:
        known = self.recognised.locations
        held = known | {row.outer_id: row for row in Location.objects.filter(source=self.source)}
        fresh, changed, ours = [], [], self._corrected_places()
        for draft in drafts:
            row = held.get(draft.source_id)
            if row is not None and (row.pk in ours or self._stays(draft, row)):
                continue
            if row is None:
                row = Location(community=self.community, source=self.source, outer_id=draft.source_id)
                fresh.append(row)
                held[draft.source_id] = row
            else:
                changed.append(row)
            row.organisation = organisations[draft.organisation_id]
            # Once confidential, a file that forgets to say so does not bring the address to light.
            place(row, draft, confidential=draft.confidential or row.confidential)
            row.area = self._area(row)
        Location.objects.bulk_create(fresh, batch_size=AT_ONCE)
        columns = [*_OF_LOCATION, "organisation", "confidential", "hidden_address", "area"]
        Location.objects.bulk_update(changed, columns, batch_size=AT_ONCE // 8)
        return held

    def _stays(self, draft: LocationDraft, row: Location) -> bool:
        known = self.recognised
        return known.locations.get(draft.source_id) is row and known.stays(
            draft.source_id, row, overwrite=self.overwrite
        )

    def _corrected_places(self) -> set[int]:
        """Places of services that a coordinator corrected here."""
        if self.overwrite:
            return set()
        mine = Q(service__source=self.source) | Q(location__in=self.recognised.locations.values())
        sites = ServiceAtLocation.objects.filter(mine, service__edited_at__isnull=False)
        return set(sites.values_list("location_id", flat=True))

    def _area(self, row: Location) -> Any:
        if row.latitude is None or row.longitude is None or not self.areas:
            return None
        here = row.latitude, row.longitude
        far, nearest = min(
            ((haversine_km(*here, area.latitude, area.longitude), area) for area in self.areas),
            key=lambda pair: pair[0],
        )
        return nearest if far <= NEAR_KM else None

    def _row(
        self,
        draft: ServiceDraft,
        held: Service | None,
        organisations: dict[str, Organisation],
        drafts: Drafts,
    ) -> tuple[Service, Outcome]:
        digest = digest_of(draft)
        if held is not None and draft.source_id in self.recognised.same:
            return held, Outcome.SAME
        ours = held is not None and (held.edited_at is not None or held.source_id is None)
        if held is not None and ours and not self.overwrite:
            return held, Outcome.KEPT_OURS
        if held is not None and held.digest == digest and held.edited_at is None:
            return held, Outcome.SAME
        row = held or Service(
            community=self.community, source=self.source, outer_id=draft.source_id, added_at=self.at
        )
        _copy(draft, row, _OF_SERVICE)
        row.organisation = organisations[draft.organisation_id]
        row.digest, row.changed_at, row.edited_at = digest, self.at, None
        if draft.confirmed_on and (row.confirmed_on is None or row.confirmed_on < draft.confirmed_on):
            row.confirmed_on = draft.confirmed_on
        row.searched = searched_words(
            row, [term.name for term in draft.terms], [place.town for place in _places_of(draft, drafts)]
        )
        return row, Outcome.CHANGED if held else Outcome.NEW

    def _clear(self, keys: Sequence[int]) -> None:
        """Take away what hung on services before it is hung on anew."""
        hanging: tuple[type[Model], ...] = (
            Schedule,
            Phone,
            RequiredDocument,
            ServiceLanguage,
            ServiceTerm,
            Service.categories.through,
        )
        # Our exports are silent about confidential places: one that comes back takes none away.
        silent = [row.pk for key, row in self.recognised.services.items() if key in self.recognised.own]
        hidden = ServiceAtLocation.objects.filter(service__in=silent, location__confidential=True)
        for some in _by_hundreds(keys):
            ServiceAtLocation.objects.filter(service__in=some).exclude(pk__in=hidden).delete()
            for model in hanging:
                model._default_manager.filter(service__in=some).delete()

    def _hang(self, pairs: Sequence[tuple[ServiceDraft, Service]], locations: dict[str, Location]) -> None:
        """All that hangs on services, table by table."""
        terms = self._terms({term for draft, _ in pairs for term in draft.terms})
        meanings = _Meanings(self.community)
        of_category = Service.categories.through
        rows: dict[type[Model], list[Any]] = {}
        for draft, row in pairs:
            for hours in draft.hours:
                rows.setdefault(Schedule, []).append(Schedule(service=row, **asdict(hours)))
            for phone in draft.phones:
                rows.setdefault(Phone, []).append(Phone(service=row, **asdict(phone)))
            for words in draft.documents:
                rows.setdefault(RequiredDocument, []).append(RequiredDocument(service=row, words=words))
            for code in draft.languages:
                rows.setdefault(ServiceLanguage, []).append(ServiceLanguage(service=row, code=code))
            for key in draft.locations:
                rows.setdefault(ServiceAtLocation, []).append(
                    ServiceAtLocation(service=row, location=locations[key])
                )
            for term in dict.fromkeys(terms[term_key(one)].pk for one in draft.terms):
                rows.setdefault(ServiceTerm, []).append(ServiceTerm(service=row, term_id=term))
            for category in meanings.of(draft.terms):
                rows.setdefault(of_category, []).append(of_category(service=row, category_id=category))
        for model, made in rows.items():
            model._default_manager.bulk_create(made, batch_size=AT_ONCE)

    def _terms(self, drafts: set[TermDraft]) -> dict[tuple[str, str], Term]:
        held = {(row.taxonomy, row.code): row for row in Term.objects.filter(community=self.community)}
        fresh: dict[tuple[str, str], Term] = {}
        for draft in sorted(drafts, key=lambda term: (term.taxonomy, term.code, term.name)):
            if term_key(draft) not in held:
                fresh.setdefault(term_key(draft), Term(community=self.community, **asdict(draft)))
        Term.objects.bulk_create(fresh.values(), batch_size=AT_ONCE)
        return held | fresh


class _Meanings:
    """Which of a community's categories terms mean."""

    def __init__(self, community: Community) -> None:
        rows = list(Category.objects.filter(Q(community=None) | Q(community=community), closed_at=None))
        self.keys = {row.code: row.pk for row in rows}
        own = {row.code: row.code for row in rows}
        for row in rows:
            for word in (row.open_eligibility, row.name_ar, row.name_en.casefold(), row.name_fr.casefold()):
                if word:
                    own.setdefault(word, row.code)
        self.own = own

    def of(self, terms: Iterable[TermDraft]) -> list[int]:
        """The keys of the categories, each once."""
        codes = dict.fromkeys(category_code(term, own=self.own) for term in terms)
        return [self.keys[code] for code in codes if code]


def term_key(term: TermDraft) -> tuple[str, str]:
    """What tells a term from another."""
    return term.taxonomy, term.code


def place(row: Location, facts: Any, *, confidential: bool) -> None:
    """Write a place's facts into its row: of a confidential one only the town in the open, the rest under seal."""
    _copy(facts, row, _OF_LOCATION)
    row.confidential = confidential
    if not confidential:
        row.hidden_address = None
        return
    lines = [row.name, row.street, row.postal_code, row.way_there]
    point = f"{row.latitude:.6f},{row.longitude:.6f}" if row.latitude is not None else ""
    row.hidden_address = "\n".join(filter(None, [*lines, point]))
    row.name = row.street = row.postal_code = row.way_there = ""
    row.latitude = row.longitude = row.area = None


def searched_words(row: Service, terms: Iterable[str], towns: Iterable[str]) -> str:
    """What a search looks in: names, words, terms and towns, folded."""
    words = [row.name, row.alternate_name, row.organisation.name, *terms, *towns, row.description]
    return folded_name(" ".join(dict.fromkeys(filter(None, words))))[:SEARCHED_MOST]


def _places_of(draft: ServiceDraft, drafts: Drafts) -> Iterator[LocationDraft]:
    known = drafts.location_by_id
    return (known[key] for key in draft.locations)


def _copy(facts: Any, row: Any, names: Iterable[str]) -> None:
    for name in names:
        setattr(row, name, getattr(facts, name))


def _by_hundreds(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(keys), AT_ONCE):
        yield keys[begin : begin + AT_ONCE]

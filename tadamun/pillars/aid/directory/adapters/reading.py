"""A file's tables, read into drafts: every row is taken, or refused with its reason."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import IO

from tadamun.pillars.aid.directory.adapters.cells import Desk, cost_named
from tadamun.pillars.aid.directory.adapters.details import Details, read_details
from tadamun.pillars.aid.directory.adapters.drafts import (
    Drafts,
    Ledger,
    LocationDraft,
    OrganisationDraft,
    Row,
    ServiceDraft,
    Tables,
)
from tadamun.pillars.aid.directory.adapters.meanings import hides
from tadamun.pillars.aid.directory.adapters.opening import tables_of
from tadamun.pillars.aid.directory.vocabulary import SHORT_MOST, Cost, Mend, Refusal, ServiceStatus

YES = frozenset({"yes", "y", "true", "1", "x", "نعم"})


def read_directory(*, file: IO[bytes], region: str, legacy: str, today: date) -> Drafts:
    """Everything in a file that can be taken, with what was set right and what was refused.

    :param region: country whose prefix a phone without one gets.
    :param legacy: the encoding to read in where the file is not UTF-8.
    :raises UnsafeDirectoryFile: too large, or built to harm.
    :raises NotADirectoryFile: not a form that is known.
    """
    ledger = Ledger()
    tables = tables_of(file, legacy=legacy, ledger=ledger)
    return _Reading(tables, ledger, region=region, today=today).drafts()


class _Reading:
    """One reading; the services first, as all the rest hangs on them."""

    def __init__(self, tables: Tables, ledger: Ledger, *, region: str, today: date) -> None:
        self.tables, self.ledger, self.region, self.today = tables, ledger, region, today
        self.known: dict[str, dict[str, Row]] = {"refused_service": {}, "refused_place": {}}
        self.taken: dict[str, int] = {}

    def drafts(self) -> Drafts:
        """The drafts of a whole file."""
        organisations = self._rows("organization", named=True)
        services = self._services(organisations)
        locations = self._rows("location")
        sites = self._sites(services, locations)
        details = read_details(
            tables=self.tables,
            ledger=self.ledger,
            region=self.region,
            services=services,
            refused=self.known["refused_service"],
            organisations=organisations,
            sites=sites,
        )
        kept = self._locations(locations, sites, services, details)
        self.taken |= details.taken
        return Drafts(
            organisations=tuple(self._organisation(row, details) for row in organisations.values()),
            locations=tuple(kept.values()),
            services=tuple(self._service(row, sites, kept, details) for row in services.values()),
            read={table: len(rows) for table, rows in self.tables.items()},
            taken=self.taken
            | {"organization": len(organisations), "service": len(services), "location": len(kept)},
            ledger=self.ledger,
        )

    def _desk(self, table: str, row: Row) -> Desk:
        return Desk(self.ledger, table, row, self.region)

    def _rows(self, table: str, *, named: bool = False) -> dict[str, Row]:
        """The rows of a table by their id: the first of each, with a name where they need one."""
        found: dict[str, Row] = {}
        for row in self.tables.get(table, []):
            if not row.id:
                self.ledger.refuse(table, row, Refusal.NO_ID)
            elif row.id in found:
                self.ledger.refuse(table, row, Refusal.ID_SEEN_BEFORE, named=row.id)
            elif named and not row.cells.get("name", "").strip():
                self.ledger.refuse(table, row, Refusal.NO_NAME)
            else:
                found[row.id] = row
        return found

    def _services(self, organisations: dict[str, Row]) -> dict[str, Row]:
        """The services whose organisation is known; one without a name of its own goes by that one's."""
        found, refused = {}, {}
        for key, row in self._rows("service").items():
            owner = row.cells.get("organization_id", "").strip()[:100]
            if owner in organisations:
                found[key] = row
                continue
            refused[key] = row
            self.ledger.refuse("service", row, Refusal.UNKNOWN_ORGANISATION, named=owner)
        self.known["refused_service"] = refused
        return found

    def _sites(self, services: dict[str, Row], locations: dict[str, Row]) -> dict[str, list[str]]:
        """Which services are given where."""
        table, sites = "service_at_location", defaultdict[str, list[str]](list)
        taken = 0
        for row in self.tables.get(table, []):
            desk = self._desk(table, row)
            service, location = desk.key("service_id"), desk.key("location_id")
            if service in self.known["refused_service"]:
                self.known["refused_place"][location] = row
                self.ledger.refuse(table, row, Refusal.SERVICE_WAS_REFUSED, named=service)
            elif service not in services:
                self.ledger.refuse(table, row, Refusal.UNKNOWN_SERVICE, named=service)
            elif location not in locations:
                self.ledger.refuse(table, row, Refusal.UNKNOWN_LOCATION, named=location)
            elif location in sites[service]:
                self.ledger.refuse(table, row, Refusal.SAID_BEFORE, named=location)
            else:
                sites[service].append(location)
                taken += 1
        self.taken[table] = taken
        return sites

    def _locations(
        self,
        locations: dict[str, Row],
        sites: dict[str, list[str]],
        services: dict[str, Row],
        details: Details,
    ) -> dict[str, LocationDraft]:
        """The places where something is given; of one where people flee to, nothing is public."""
        givers = defaultdict[str, list[str]](list)
        for service, places in sites.items():
            for place in places:
                givers[place].append(service)
        found = {}
        for key, row in locations.items():
            if key not in givers:
                # A place of services that were refused, or of none at all, would stand alone.
                of_refused = key in self.known["refused_place"]
                why = Refusal.SERVICE_WAS_REFUSED if of_refused else Refusal.NAMES_NO_SERVICE
                self.ledger.refuse("location", row, why)
                continue
            desk, owner = self._desk("location", row), row.cells.get("organization_id", "").strip()[:100]
            of_service = services[givers[key][0]].cells["organization_id"].strip()[:100]
            if owner != of_service:
                desk.mend("organization_id", Mend.ORGANISATION_TAKEN_FROM_SERVICE)
            flees = any(hides(details.terms.get(service, ())) for service in givers[key])
            private = desk.raw("private").casefold() in YES
            found[key] = self._location(desk, of_service, details, confidential=flees or private)
        return found

    def _location(
        self, desk: Desk, organisation_id: str, details: Details, *, confidential: bool
    ) -> LocationDraft:
        key = desk.row.id
        address = details.addresses.get(key)
        hidden = confidential or (address is not None and address.hidden)
        if hidden:
            desk.mend("address", Mend.KEPT_CONFIDENTIAL)
        latitude, longitude = desk.point()
        return LocationDraft(
            source_id=key,
            organisation_id=organisation_id,
            name=desk.line("name"),
            way_there=desk.text("transportation", most=2000),
            accessibility=details.accessibility.get(key, ""),
            latitude=latitude,
            longitude=longitude,
            confidential=hidden,
            street=address.street if address else "",
            town=address.town if address else "",
            region=address.region if address else "",
            postal_code=address.postal_code if address else "",
            country=address.country if address else "",
        )

    def _organisation(self, row: Row, details: Details) -> OrganisationDraft:
        desk = self._desk("organization", row)
        return OrganisationDraft(
            source_id=row.id,
            name=desk.line("name"),
            alternate_name=desk.line("alternate_name"),
            description=desk.text("description"),
            website=desk.website("website") or desk.website("url"),
            email=desk.email("email"),
            phones=tuple(details.organisation_phones.get(row.id, ())),
        )

    def _service(
        self,
        row: Row,
        sites: dict[str, list[str]],
        kept: dict[str, LocationDraft],
        details: Details,
    ) -> ServiceDraft:
        desk, key = self._desk("service", row), row.id
        owner = desk.key("organization_id")
        name = desk.line("name")
        if not name:
            desk.mend("name", Mend.NAME_TAKEN_FROM_ORGANISATION)
            name = self._name_of(owner)
        lowest, highest = desk.age("minimum_age"), desk.age("maximum_age")
        if lowest is not None and highest is not None and lowest > highest:
            desk.mend("minimum_age", Mend.AGES_DROPPED)
            lowest = highest = None
        fees = desk.text("fees_description", most=2000) or desk.text("fees", most=2000)
        fees = fees or "\n".join(details.costs.get(key, ()))
        eligibility = desk.text("eligibility_description") or desk.text("eligibility")
        return ServiceDraft(
            source_id=key,
            organisation_id=owner,
            name=name,
            alternate_name=desk.line("alternate_name"),
            description=desk.text("description"),
            website=desk.website("url"),
            email=desk.email("email"),
            status=self._status(desk),
            how_to_apply=desk.text("application_process"),
            eligibility=eligibility or details.eligibility.get(key, ""),
            minimum_age=lowest,
            maximum_age=highest,
            cost=details.cost_codes.get(key, Cost(cost_named(fees) or Cost.UNKNOWN)),
            fees=fees,
            waiting=desk.line("wait_time", most=SHORT_MOST),
            interpretation=details.interpretation.get(key, "")
            or desk.text("interpretation_services", most=2000),
            confirmed_on=desk.day("assured_date", latest=self.today),
            locations=tuple(place for place in sites.get(key, ()) if place in kept),
            phones=tuple(details.phones.get(key, ())),
            hours=tuple(details.hours.get(key, ())),
            documents=tuple(details.documents.get(key, ())),
            languages=tuple(details.languages.get(key, ())),
            terms=tuple(details.terms.get(key, ())),
        )

    def _name_of(self, organisation_id: str) -> str:
        for row in self.tables.get("organization", []):
            if row.id == organisation_id:
                return Desk(Ledger(), "organization", row, self.region).line("name")
        raise KeyError(organisation_id)

    def _status(self, desk: Desk) -> ServiceStatus:
        given = "_".join(desk.raw("status").casefold().split())
        if given in set(ServiceStatus):
            return ServiceStatus(given)
        if given:
            desk.mend("status", Mend.STATUS_UNDERSTOOD_AS_ACTIVE)
        return ServiceStatus.ACTIVE

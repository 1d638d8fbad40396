"""What hangs on services and places in tables of its own: addresses, numbers, hours, papers, languages, terms."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from tadamun.pillars.aid.directory.adapters.cells import Desk
from tadamun.pillars.aid.directory.adapters.clocks import clock, days_in, hours_in
from tadamun.pillars.aid.directory.adapters.drafts import (
    Hours,
    Ledger,
    PhoneDraft,
    Row,
    Tables,
    TermDraft,
)
from tadamun.pillars.aid.directory.adapters.tongues import languages_in
from tadamun.pillars.aid.directory.vocabulary import (
    DOCUMENTS_MOST,
    HOURS_MOST,
    LANGUAGES_MOST,
    SHORT_MOST,
    Cost,
    Mend,
    Refusal,
)

PHONES_MOST = 10
TERMS_MOST = 300
_SECRET = re.compile(r"\bconfidential\b|\bundisclosed\b|عنوان سري|غير معلن", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """The first address of a place; `hidden` where the file itself says that it is told to nobody."""

    street: str
    town: str
    region: str
    postal_code: str
    country: str
    hidden: bool


@dataclass
class Details:
    """By the id of the service (or place, or organisation) that they hang on."""

    addresses: dict[str, AddressDraft] = field(default_factory=dict)
    accessibility: dict[str, str] = field(default_factory=dict)
    organisation_phones: dict[str, list[PhoneDraft]] = field(default_factory=lambda: defaultdict(list))
    phones: dict[str, list[PhoneDraft]] = field(default_factory=lambda: defaultdict(list))
    hours: dict[str, list[Hours]] = field(default_factory=lambda: defaultdict(list))
    documents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    languages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    interpretation: dict[str, str] = field(default_factory=dict)
    eligibility: dict[str, str] = field(default_factory=dict)
    costs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    cost_codes: dict[str, Cost] = field(default_factory=dict)
    terms: dict[str, list[TermDraft]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[str, int] = field(default_factory=dict)


def read_details(
    *,
    tables: Tables,
    ledger: Ledger,
    region: str,
    services: dict[str, Row],
    refused: dict[str, Row],
    organisations: dict[str, Row],
    sites: dict[str, list[str]],
) -> Details:
    """All that hangs on the services that are taken; the rest is refused with its reason."""
    reader = _DetailReader(tables, ledger, region)
    reader.services, reader.refused, reader.organisations = services, refused, organisations
    reader.sites = {key: places for key, places in sites.items() if places}
    reader.read()
    return reader.details


class _DetailReader:
    services: dict[str, Row]
    refused: dict[str, Row]
    organisations: dict[str, Row]
    sites: dict[str, list[str]]

    def __init__(self, tables: Tables, ledger: Ledger, region: str) -> None:
        self.tables, self.ledger, self.region = tables, ledger, region
        self.details = Details()

    def read(self) -> None:
        """Every table, in the order in which they need one another."""
        self._places = {place for places in self.sites.values() for place in places}
        self._givers = defaultdict[str, list[str]](list)
        for service, places in self.sites.items():
            for place in places:
                self._givers[place].append(service)
        for table, take in (
            ("address", self._address),
            ("accessibility", self._accessibility),
            ("phone", self._phone),
            ("schedule", self._schedule),
            ("eligibility", self._eligibility),
            ("required_document", self._document),
            ("cost_option", self._cost),
            ("language", self._language),
        ):
            taken = 0
            for row in self.tables.get(table, []):
                refusal, named = take(Desk(self.ledger, table, row, self.region))
                if refusal is not None:
                    self.ledger.refuse(table, row, refusal, named=named)
                taken += refusal is None
            if table in self.tables:
                self.details.taken[table] = taken
        self._terms()

    def _service(self, desk: Desk) -> tuple[Refusal | None, str]:
        """Why a row that hangs on a service is not taken, if it is not."""
        key = desk.key("service_id")
        if key in self.services:
            return None, key
        if key in self.refused:
            return Refusal.SERVICE_WAS_REFUSED, key
        return (Refusal.UNKNOWN_SERVICE if key else Refusal.NAMES_NO_SERVICE), key

    def _place(self, desk: Desk) -> tuple[Refusal | None, str]:
        key = desk.key("location_id")
        if key in self._places:
            return None, key
        return (Refusal.LOCATION_WAS_REFUSED if key else Refusal.NAMES_NOTHING_IT_BELONGS_TO), key

    def _address(self, desk: Desk) -> tuple[Refusal | None, str]:
        refusal, key = self._place(desk)
        if refusal is not None:
            return refusal, key
        parts = [desk.line("address_1", most=SHORT_MOST), desk.line("address_2", most=SHORT_MOST)]
        street = "، ".join(filter(None, parts)) if self._arabic(parts) else ", ".join(filter(None, parts))
        town, area = desk.line("city", most=100), desk.line("state_province", most=100)
        if not (street or town or area):
            return Refusal.NOTHING_IN_IT, key
        if key in self.details.addresses:
            return Refusal.TOO_MANY_FOR_ONE, key
        self.details.addresses[key] = AddressDraft(
            street=street[:SHORT_MOST],
            town=town,
            region=area or desk.line("region", most=100),
            postal_code=desk.line("postal_code", most=20),
            country=desk.country("country"),
            hidden=bool(_SECRET.search(street)),
        )
        return None, key

    @staticmethod
    def _arabic(parts: list[str]) -> bool:
        return any("\u0600" <= c <= "\u06ff" for part in parts for c in part)

    def _accessibility(self, desk: Desk) -> tuple[Refusal | None, str]:
        refusal, key = self._place(desk)
        if refusal is not None:
            return refusal, key
        columns = ("accessibility", "description", "details")
        words = ". ".join(filter(None, (desk.line(column, most=SHORT_MOST) for column in columns)))
        if not words:
            return Refusal.NOTHING_IN_IT, key
        before = self.details.accessibility.get(key)
        self.details.accessibility[key] = f"{before}\n{words}" if before else words
        return None, key

    def _phone(self, desk: Desk) -> tuple[Refusal | None, str]:
        service, place, owner = desk.key("service_id"), desk.key("location_id"), desk.key("organization_id")
        if service in self.services:
            lists = [self.details.phones[service]]
        elif service in self.refused:
            return Refusal.SERVICE_WAS_REFUSED, service
        elif place in self._places:
            lists = [self.details.phones[giver] for giver in self._givers[place]]
        elif owner in self.organisations:
            lists = [self.details.organisation_phones[owner]]
        else:
            return Refusal.NAMES_NOTHING_IT_BELONGS_TO, service or place or owner
        phone = desk.phone("number")
        if phone is None:
            return Refusal.NOTHING_IN_IT, service
        for numbers in lists:
            if len(numbers) >= PHONES_MOST:
                return Refusal.TOO_MANY_FOR_ONE, service
            if phone not in numbers:
                numbers.append(phone)
        return None, service

    def _schedule(self, desk: Desk) -> tuple[Refusal | None, str]:
        refusal, key = self._service(desk)
        if refusal is Refusal.NAMES_NO_SERVICE and desk.key("location_id") in self._places:
            refusal, key = None, self._givers[desk.key("location_id")][0]
        if refusal is not None:
            return refusal, key
        lines = self._hours(desk)
        if not lines:
            return Refusal.NOTHING_IN_IT, key
        known = self.details.hours[key]
        fresh = [line for line in lines if line not in known]
        if len(known) + len(fresh) > HOURS_MOST:
            return Refusal.TOO_MANY_FOR_ONE, key
        known += fresh
        return None, key

    def _hours(self, desk: Desk) -> list[Hours]:
        """The hours of a row; where its cells are unclear, what its words say; else the words."""
        given = desk.raw("opens_at"), desk.raw("closes_at")
        days = days_in(desk.raw("byday") or desk.raw("weekday"))
        opens, opens_clear = clock(given[0], beside=given[1])
        closes, closes_clear = clock(given[1], beside=given[0])
        words = desk.line("original_text", most=SHORT_MOST) or desk.line("description", most=SHORT_MOST)
        if days and opens and closes:
            if not (opens_clear and closes_clear):
                desk.mend("opens_at", Mend.HOURS_UNDERSTOOD)
            return [Hours(day, opens, closes) for day in days]
        lines = hours_in(desk.raw("original_text").replace("\\n", "\n")) if words else ()
        if lines:
            desk.mend("original_text", Mend.HOURS_UNDERSTOOD)
            return list(lines)
        if words:
            if days or any(given) or desk.raw("original_text"):
                desk.mend("original_text", Mend.HOURS_KEPT_AS_WORDS)
            return [Hours(words=words)]
        return []

    def _eligibility(self, desk: Desk) -> tuple[Refusal | None, str]:
        refusal, key = self._service(desk)
        if refusal is not None:
            return refusal, key
        words = desk.text("eligibility")
        if not words:
            return Refusal.NOTHING_IN_IT, key
        before = self.details.eligibility.get(key)
        self.details.eligibility[key] = f"{before}\n{words}" if before else words
        return None, key

    def _document(self, desk: Desk) -> tuple[Refusal | None, str]:
        refusal, key = self._service(desk)
        if refusal is not None:
            return refusal, key
        words = desk.line("document", most=SHORT_MOST)
        if not words:
            return Refusal.NOTHING_IN_IT, key
        if len(self.details.documents[key]) >= DOCUMENTS_MOST:
            return Refusal.TOO_MANY_FOR_ONE, key
        if words not in self.details.documents[key]:
            self.details.documents[key].append(words)
        return None, key

    def _cost(self, desk: Desk) -> tuple[Refusal | None, str]:
        refusal, key = self._service(desk)
        if refusal is not None:
            return refusal, key
        option = desk.raw("option").casefold()
        if option in set(Cost):
            self.details.cost_codes[key] = Cost(option)
            return None, key
        money = " ".join(filter(None, (desk.line("amount", most=20), desk.line("currency", most=3))))
        columns = (
            desk.line("option", most=SHORT_MOST),
            money,
            desk.line("amount_description", most=SHORT_MOST),
        )
        words = ": ".join(filter(None, columns))
        if not words:
            return Refusal.NOTHING_IN_IT, key
        self.details.costs[key].append(words)
        return None, key

    def _language(self, desk: Desk) -> tuple[Refusal | None, str]:
        refusal, key = self._service(desk)
        if refusal is Refusal.NAMES_NO_SERVICE and desk.key("location_id") in self._places:
            refusal, key = None, self._givers[desk.key("location_id")][0]
        if refusal is not None:
            return refusal, key
        column = next((name for name in ("code", "language", "name") if desk.raw(name)), "")
        if not column:
            return Refusal.NOTHING_IN_IT, key
        codes, rest, apart = languages_in(desk.text(column, most=SHORT_MOST))
        known = self.details.languages[key]
        known += [code for code in codes if code not in known][: LANGUAGES_MOST - len(known)]
        if apart and codes:
            desk.mend(column, Mend.LANGUAGES_SPLIT)
        if rest:
            desk.mend(column, Mend.LANGUAGE_KEPT_AS_NOTE)
            before = self.details.interpretation.get(key)
            note = f"{before}\n{rest}" if before else rest
            self.details.interpretation[key] = note[:2000]
        return None, key

    def _terms(self) -> None:
        """The terms of services: HSDS 1 links them in a table, HSDS 3 by attributes."""
        source = "taxonomy_term" if "taxonomy_term" in self.tables else "taxonomy"
        known: dict[str, TermDraft] = {}
        for row in self.tables.get(source, []):
            desk = Desk(self.ledger, source, row, self.region)
            name = desk.line("name", most=160)
            if not row.id:
                self.ledger.refuse(source, row, Refusal.NO_ID)
            elif row.id in known:
                # A flat table names a term with every service that has it.
                if not row.id.startswith("term:"):
                    self.ledger.refuse(source, row, Refusal.ID_SEEN_BEFORE, named=row.id)
            elif not name:
                self.ledger.refuse(source, row, Refusal.NO_NAME)
            else:
                taxonomy = desk.line("taxonomy", most=60) or desk.line("vocabulary", most=60)
                known[row.id] = TermDraft(taxonomy, desk.line("code", most=60) or row.id[:60], name)
        if source in self.tables:
            self.details.taken[source] = len(known)
        for table, term_column, key_column in (
            ("service_taxonomy", "taxonomy_id", "service_id"),
            ("attribute", "taxonomy_term_id", "link_id"),
        ):
            if table in self.tables:
                self.details.taken[table] = self._links(table, known, term_column, key_column)

    def _links(self, table: str, known: dict[str, TermDraft], term_column: str, key_column: str) -> int:
        taken = 0
        for row in self.tables[table]:
            desk = Desk(self.ledger, table, row, self.region)
            key, term = desk.key(key_column), desk.key(term_column)
            held = self.details.terms[key] if key in self.services else []
            if key in self.refused:
                self.ledger.refuse(table, row, Refusal.SERVICE_WAS_REFUSED, named=key)
            elif key not in self.services:
                self.ledger.refuse(table, row, Refusal.UNKNOWN_SERVICE, named=key)
            elif term not in known:
                self.ledger.refuse(table, row, Refusal.UNKNOWN_TERM, named=term)
            elif known[term] in held:
                self.ledger.refuse(table, row, Refusal.SAID_BEFORE, named=term)
            elif len(held) >= TERMS_MOST:
                self.ledger.refuse(table, row, Refusal.TOO_MANY_FOR_ONE, named=term)
            else:
                held.append(known[term])
                taken += 1
        return taken

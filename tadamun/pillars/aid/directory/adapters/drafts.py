"""What a file says of services, set right and checked, before it becomes rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property

from tadamun.pillars.aid.directory.cards import Mended, Refused
from tadamun.pillars.aid.directory.vocabulary import Cost, Mend, Refusal, ServiceStatus

_HALF, _LAST_DIGITS = 32, 7


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number as a spreadsheet shows it (the heads are row 1), and its cells."""

    number: int
    cells: Mapping[str, str]

    @property
    def id(self) -> str:
        """The row's own id, empty where it has none."""
        return self.cells.get("id", "").strip()[:100]


Tables = dict[str, list[Row]]


@dataclass
class Ledger:
    """What was set right and what was refused, in the order of reading."""

    mended: list[Mended] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def mend(self, table: str, row: Row, column: str, code: Mend) -> None:
        """Write down one value that was set right."""
        self.mended.append(Mended(table, row.number, row.id, column, code))

    def refuse(self, table: str, row: Row, code: Refusal, *, named: str = "") -> None:
        """Write down one row that is not taken."""
        self.refused.append(Refused(table, row.number, row.id, code, named[:100]))


@dataclass(frozen=True, slots=True)
class Hours:
    """A day with its hours (Monday is 0), or words."""

    weekday: int | None = None
    opens: time | None = None
    closes: time | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PhoneDraft:
    """A number, in E.164 where it could be read."""

    number: str
    extension: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """Who offers services."""

    source_id: str
    name: str
    alternate_name: str = ""
    description: str = ""
    website: str = ""
    email: str = ""
    phones: tuple[PhoneDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class LocationDraft:
    """Where services are given."""

    source_id: str
    organisation_id: str
    name: str = ""
    street: str = ""
    town: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    way_there: str = ""
    accessibility: str = ""
    latitude: float | None = None
    longitude: float | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A word of a taxonomy."""

    taxonomy: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """One service, with all that hangs on it."""

    source_id: str
    organisation_id: str
    name: str
    alternate_name: str = ""
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
    confirmed_on: date | None = None
    locations: tuple[str, ...] = ()
    phones: tuple[PhoneDraft, ...] = ()
    hours: tuple[Hours, ...] = ()
    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    terms: tuple[TermDraft, ...] = ()


def digest_of(draft: ServiceDraft) -> str:
    """A digest of all that a file says of a service, its ids there included: 64 hexadecimal digits.

    Its first half leaves out how phones were read, so that it is the same whichever country they were read by.
    """
    phones = tuple(replace(phone, number=_unread(phone.number)) for phone in draft.phones)
    return _half(replace(draft, phones=phones)) + _half(draft)


def says_the_same(one: str, other: str) -> bool:
    """Whether two digests are of the same words, whatever country their phones were read by."""
    return one[:_HALF] == other[:_HALF]


def _half(draft: ServiceDraft) -> str:
    return hashlib.sha256(repr(draft).encode()).hexdigest()[:_HALF]


def _unread(number: str) -> str:
    """The digits that stand at the end of a number whether or not its country's prefix was put before them."""
    return re.sub(r"\D", "", number)[-_LAST_DIGITS:]


@dataclass(frozen=True)
class Drafts:
    """A whole file, read."""

    organisations: tuple[OrganisationDraft, ...]
    locations: tuple[LocationDraft, ...]
    services: tuple[ServiceDraft, ...]
    read: dict[str, int]
    taken: dict[str, int]
    ledger: Ledger

    @cached_property
    def location_by_id(self) -> dict[str, LocationDraft]:
        """The places by the id that the file gives them."""
        return {draft.source_id: draft for draft in self.locations}

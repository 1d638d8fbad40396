"""What a viewer may see of a service, and what a reading of a file came to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from tadamun.pillars.aid.directory.vocabulary import Cost, Mend, ReadingState, Refusal, ServiceStatus


@dataclass(frozen=True)
class HoursCard:
    """One line of opening hours; a weekday counts from Monday = 0. `words` where nobody could tell a day."""

    weekday: int | None
    opens: time | None
    closes: time | None
    words: str = ""


@dataclass(frozen=True)
class PhoneCard:
    """A number to call; `dialled` is E.164 where it could be read, else empty."""

    shown: str
    dialled: str
    extension: str
    words: str


@dataclass(frozen=True)
class PlaceCard:
    """Where a service is given. Of a confidential place only its town, and to coordinators the address."""

    public_id: str
    name: str
    street: str
    town: str
    region: str
    postal_code: str
    way_there: str
    accessibility: str
    latitude: float | None
    longitude: float | None
    area: str
    area_id: str
    confidential: bool
    hidden_address: str = ""

    @property
    def point(self) -> str:
        """Latitude and longitude as a map takes them."""
        return f"{self.latitude:.5f}, {self.longitude:.5f}" if self.latitude is not None else ""


@dataclass(frozen=True)
class ServiceRow:
    """One service in a list."""

    public_id: str
    name: str
    organisation: str
    icon: str
    categories: tuple[str, ...]
    towns: tuple[str, ...]
    cost: Cost
    status: ServiceStatus
    open_now: bool
    confirmed_on: date | None
    stale: bool


@dataclass(frozen=True)
class ServiceCard:
    """One service as its page shows it."""

    public_id: str
    name: str
    alternate_name: str
    organisation: str
    organisation_id: str
    description: str
    website: str
    email: str
    status: ServiceStatus
    how_to_apply: str
    eligibility: str
    minimum_age: int | None
    maximum_age: int | None
    cost: Cost
    fees: str
    waiting: str
    interpretation: str
    categories: tuple[str, ...]
    category_codes: tuple[str, ...]
    phones: tuple[PhoneCard, ...]
    places: tuple[PlaceCard, ...]
    hours: tuple[HoursCard, ...]
    open_now: bool
    documents: tuple[str, ...]
    languages: tuple[str, ...]
    source: str
    changed_at: datetime
    confirmed_on: date | None
    stale: bool
    may_edit: bool


@dataclass(frozen=True)
class Facets:
    """What a list can be narrowed to in a community."""

    areas: tuple[tuple[str, str], ...]
    towns: tuple[str, ...]
    languages: tuple[str, ...]
    category_codes: frozenset[str]


@dataclass(frozen=True)
class Directions:
    """What somebody needs to find a service: for a text that is sent, in the names the service has itself."""

    service_id: str
    name: str
    organisation: str
    address: str
    phone: str
    documents: tuple[str, ...]
    discreet: bool
    """People flee there: what is sent to a phone must not name it."""

    @property
    def dials(self) -> bool:
        """Whether the number can be dialled as it stands."""
        return self.phone.startswith("+")


@dataclass(frozen=True)
class Mended:
    """One value that was set right."""

    table: str
    row: int
    id: str
    column: str
    code: Mend


@dataclass(frozen=True)
class Refused:
    """One row that was not taken, and why."""

    table: str
    row: int
    id: str
    code: Refusal
    named: str = ""
    """What the row named that is not there."""


@dataclass(frozen=True)
class ImportReport:
    """What a reading of a file came to: every row is taken, or refused with its reason."""

    source: str
    read: dict[str, int]
    """Rows by table."""
    taken: dict[str, int]
    """Rows by table that stand in the directory now."""
    outcomes: dict[str, int]
    """Services by what the reading changed: new, changed, same, kept as they were corrected here."""
    absent: int
    """Services of an earlier reading of the same source that the file no longer holds; they stay."""
    mended: tuple[Mended, ...]
    refused: tuple[Refused, ...]
    left_out: tuple[str, ...] = field(default=())
    """Tables that are not read, as contacts, which name persons."""

    def mended_by_code(self) -> dict[str, int]:
        """How many values of each kind were set right."""
        return dict(Counter(one.code.value for one in self.mended).most_common())

    def refused_by_code(self, *, table: str = "") -> dict[str, int]:
        """How many rows were refused for each reason, of one table or of all."""
        chosen = (one for one in self.refused if not table or one.table == table)
        return dict(Counter(one.code.value for one in chosen).most_common())


@dataclass(frozen=True)
class ReadingCard:
    """A file that was handed in, and what its reading came to: `report` as `plain` gives it."""

    public_id: str
    title: str
    source: str
    handed_in_at: datetime
    state: ReadingState
    problem: str
    """Code of what kept the whole file out."""
    stuck: bool
    """It has waited so long that no worker seems to run."""
    report: dict[str, Any]


@dataclass(frozen=True)
class ExportReport:
    """What an export holds."""

    organisations: int
    services: int
    locations: int
    left_out: int
    """Confidential places, of which a public file says nothing."""
    files: tuple[str, ...]


def plain(report: ImportReport) -> dict[str, Any]:
    """A reading as plain values, every mended value and refused row with it: for programs."""
    return {
        "source": report.source,
        "read": report.read,
        "taken": report.taken,
        "services": report.outcomes,
        "absent": report.absent,
        "left_out": list(report.left_out),
        "mended_by_code": report.mended_by_code(),
        "refused_by_code": report.refused_by_code(),
        "mended": [vars(one) for one in report.mended],
        "refused": [vars(one) for one in report.refused],
    }

"""What leaves the house on paper or in a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One line of a list: without names unless they were opened with a reason."""

    number: int | None
    asked_on: date | None
    category_code: str
    category: str
    quantity: int | None
    """None, as `open`, where only a call was asked for."""
    open: int | None
    unit: str
    state: str
    tier: int | None
    when: str
    until_on: date | None
    area: str
    household_size: int | None
    name: str = ""
    phone: str = ""
    address: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One kind of thing for a list that anybody may read: how many of it, and where if that was agreed to."""

    category: str
    unit: str
    open: int
    area: str = ""


@dataclass(frozen=True, slots=True)
class RunCard:
    """Who has handovers today, and how many."""

    giver_id: str
    giver: str
    stops: int
    first_at: datetime


@dataclass(frozen=True, slots=True)
class StopCard:
    """One stop of a run sheet, opened under a log entry."""

    request_number: int
    category: str
    unit: str
    quantity: int
    first_name: str
    address: str
    area: str
    window_from: datetime
    window_until: datetime
    is_stay: bool


@dataclass(frozen=True, slots=True)
class RunSheet:
    """The handovers of one giver today, in their order."""

    giver: str
    day: date
    stops: tuple[StopCard, ...]

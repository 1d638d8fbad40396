"""Rows of long lists, for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tadamun.pillars.aid.needs.cards.lines import LineCard


@dataclass(frozen=True)
class RequestRow:
    """One request in a list, for coordinators: no name, no phone, no address, no notes."""

    public_id: str
    number: int
    origin: str
    asked_at: datetime
    household_size: int | None
    area: str
    call_by: datetime | None
    follow_up_on: date | None
    unreachable: bool
    merged: bool
    lines: tuple[LineCard, ...]

"""The numbers, the day and the map of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Figures:
    """Numbers at the top of the coordinator's board."""

    urgent_open: int
    in_triage: int
    awaiting_answer: int
    awaiting_confirmation: int
    follow_ups_due: int
    scheduled_today: int


@dataclass(frozen=True)
class HandoverCard:
    """One handover of the day, for coordinators."""

    request_id: str
    request_number: int
    line_id: str
    state: str
    category: str
    giver: str
    window_from: datetime
    window_until: datetime
    overdue: bool
    lacks_address: bool = False
    """Whether it is to be brought to the home, and nobody has said where that is."""


@dataclass(frozen=True)
class AreaWait:
    """How long half of the open lines of one area have waited at most, in hours; `twice` when it is at least twice
    as long as in the others."""

    area_id: str
    area: str
    lines: int
    hours: float
    twice: bool


@dataclass(frozen=True)
class MapMark:
    """One approximate place on the map: a cell's middle, never an address."""

    label: str
    kind: str
    latitude: float
    longitude: float
    text: str
    url_id: str
    area: str = ""
    line_id: str = ""

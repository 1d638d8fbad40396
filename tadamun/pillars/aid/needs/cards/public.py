"""What anybody sees, and how far a community has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PublicNeed:
    """A need that the asker agreed to show: category and area, nothing else."""

    category: str
    icon: str
    area: str
    quantity: int
    unit: str
    when: str
    is_late: bool = False
    """Whether the day it was needed by is over."""


@dataclass(frozen=True)
class MonthTotals:
    """What a community did this month; None where fewer than eleven."""

    met: int | None
    waiting: int | None
    givers: int | None


@dataclass(frozen=True)
class Firsts:
    """Which first things have happened in a community."""

    offer: bool
    request: bool
    triage: bool
    round: bool
    invitation: bool
    match: bool

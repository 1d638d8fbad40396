"""Rounds with their proof, and distribution days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tadamun.pillars.aid.needs.cards.lines import LineCard
from tadamun.pillars.aid.needs.vocabulary import RECKONING, ROUND_PATIENCE


@dataclass(frozen=True)
class Share:
    """How one area or tier fared in a round: asked and met; None where a number could point at a household."""

    name: str
    asked: int | None
    met: int | None


@dataclass(frozen=True)
class RoundCard:
    """A round as members see it: the proof and the counts, never a place or a cut-off."""

    public_id: str
    number: int
    state: str
    asked_at: datetime
    reckoned_at: datetime | None
    policy: dict[str, Any]
    input_digest: str
    certificate_digest: str
    violations: int | None
    problem: str
    inputs_destroyed: bool
    """Whether the files were destroyed because somebody in them was forgotten: the verdict stays as it was."""
    figures: dict[str, Any]
    """Totals as numbers; None where fewer than eleven."""
    areas: tuple[Share, ...] = field(default=())
    tiers: tuple[Share, ...] = field(default=())

    def is_cut_off(self, *, at: datetime) -> bool:
        """Whether it should long be done, and another one may be started in its place."""
        return self.state in RECKONING and self.asked_at < at - ROUND_PATIENCE


@dataclass(frozen=True)
class ProposalCard:
    """One proposal of a round for the coordinator: which line, which offer, why."""

    match_id: str
    line: LineCard
    offer_id: str
    giver: str
    quantity: int
    state: str
    reason: dict[str, Any]


@dataclass(frozen=True)
class UnmatchedCard:
    """A line that a round found nobody for, and why."""

    line: LineCard
    outcome: str
    units: int
    reason: dict[str, Any]


@dataclass(frozen=True)
class SeatCard:
    """One number on the list of a distribution day: no name; the code stays with the household."""

    number: int
    request_number: int
    quantity: int
    household_size: int | None
    checked_at: datetime | None


@dataclass(frozen=True)
class DistributionCard:
    """A distribution day with its numbered list."""

    public_id: str
    title: str
    where: str
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    category: str
    unit: str
    giver: str
    seats: tuple[SeatCard, ...]

    @property
    def checked(self) -> int:
        """How many households were checked off."""
        return sum(seat.checked_at is not None for seat in self.seats)

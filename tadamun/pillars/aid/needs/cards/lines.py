"""One line, and what of it stands in the queue and among choices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

UNSAID = "unsaid"
"""The unit of money of which nobody said how much."""


@dataclass(frozen=True)
class LineCard:
    """One line without anything that says whose it is. `category` is already in the viewer's language."""

    public_id: str
    request_id: str
    request_number: int
    category_code: str
    category: str
    icon: str
    unit: str
    """What it is counted in; of money the ISO 4217 code of its currency, counted in whole ones, or `UNSAID`."""
    quantity: int
    reserved: int
    promised: int
    delivered: int
    state: str
    close_reason: str
    when: str
    until_at: datetime | None
    tier: int | None
    tier_reason: str
    waiting_since: datetime
    area: str
    sensitive: bool
    is_money: bool
    is_stay: bool
    """Nights under somebody's roof."""
    asks_for_call: bool = False
    """Nothing but a call was asked for: `category` says so, and the quantity says nothing."""

    @property
    def amount_unsaid(self) -> bool:
        """Nobody said how much money; the quantity says nothing."""
        return self.unit == UNSAID

    @property
    def unreserved(self) -> int:
        """How much nobody has been asked for yet."""
        return self.quantity - self.reserved

    @property
    def left(self) -> int:
        """How much nobody has promised yet while it is looked for; afterwards how much has not arrived yet."""
        if self.state in {"met", "closed"}:
            return self.quantity
        looked_for = self.state in {"triage", "open", "part_matched"}
        return self.quantity - (self.promised if looked_for else self.delivered)


@dataclass(frozen=True)
class QueueCard:
    """One row of the coordinator's queue."""

    line: LineCard
    origin: str
    owner: str
    household_size: int | None
    unreachable: bool
    follow_up_on: date | None
    call_by: datetime | None
    outcome: str
    outcome_reason: dict[str, Any]
    asked_again: int = 0
    """How often the same phone has asked for the call once more."""
    asked_again_at: datetime | None = None


@dataclass(frozen=True)
class ChoiceCard:
    """One offer that could serve a line, explained. `proposed` when the last round chose it."""

    offer_id: str
    giver: str
    is_organisation: bool
    category: str
    free: int
    distance_km: float | None
    """None while the place of the need, or of the offer, is not known."""
    window_from: datetime | None
    window_until: datetime | None
    brings_it: bool
    provides: tuple[str, ...]
    best_before: date | None
    verified: bool
    proposed: bool
    proposed_quantity: int | None
    reason: dict[str, Any]

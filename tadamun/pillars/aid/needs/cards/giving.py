"""Invitations, tasks and offers as givers see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class DoorCard:
    """First name and address for the matched giver, that day only."""

    first_name: str
    address: str
    area: str
    window_from: datetime | None
    window_until: datetime | None


@dataclass(frozen=True)
class InvitationCard:
    """What an invited giver sees: what, how much, roughly where, by when. Nothing of who."""

    match_id: str
    category: str
    icon: str
    unit: str
    quantity: int
    area: str
    about_km: int | None
    """Whole kilometres, 0 below one: several invitations to several offers must not add up to a place on the map.
    None while the place of the need, or of the offer, is not known."""
    until_at: datetime | None
    when: str
    urgent: bool
    requirements: tuple[str, ...]
    household_size: int | None
    expires_at: datetime | None
    delivery: str
    further: int
    """How many more invitations wait after this one."""
    why: str = ""
    """Why this offer was chosen before others, as a code, where that concerns the giver; never anything else."""


@dataclass(frozen=True)
class TaskCard:
    """A promise as the giver sees it."""

    match_id: str
    request_number: int
    state: str
    category: str
    icon: str
    unit: str
    quantity: int
    delivered: int
    detail: str
    area: str
    requirements: tuple[str, ...]
    delivery: str
    window_from: datetime | None
    window_until: datetime | None
    until_at: datetime | None
    opens_today: bool
    confirmed_at: datetime | None
    thanks: str
    is_stay: bool
    stay: dict[str, datetime | None]
    coordinator: str
    end_reason: str
    late_now: bool
    """Whether cancelling now counts as at short notice."""
    code_tries_left: int
    before_the_day: bool = False
    """Whether the agreed day is still to come: whoever comes earlier says so first."""
    told: str = "notice"
    """How the household learns of it: `notice`, `call` or `page`."""


@dataclass(frozen=True)
class OfferCard:
    """One offer as its giver and the coordinators see it."""

    public_id: str
    category: str
    icon: str
    unit: str
    quantity: int
    free: int
    rhythm: str
    divisible: bool
    detail: str
    area: str
    reach_km: float
    brings_it: bool
    provides: tuple[str, ...]
    from_at: datetime | None
    until_at: datetime | None
    best_before: date | None
    monthly_limit: int | None
    paused_until: date | None
    state: str
    giver: str
    is_organisation: bool
    waits_for: str
    """Why it cannot be matched just now, as a code; empty when it can."""
    accepted: int
    """Promised and not yet handed over."""

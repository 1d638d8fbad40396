"""What a search shows of requests and offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FoundRequest:
    """One request as a search shows it: nothing that says whose it is."""

    public_id: str
    number: int
    asked_at: datetime
    categories: tuple[str, ...]
    within: tuple[str, ...]
    """The main categories above those."""
    icon: str
    area: str
    is_own: bool
    """The viewer asked for it, and follows it on the tracking page."""


@dataclass(frozen=True)
class FoundOffer:
    """One offer as a search shows it."""

    public_id: str
    made_at: datetime
    category: str
    within: str
    """The main category above it, if any."""
    icon: str
    unit: str
    quantity: int
    detail: str
    area: str
    giver: str

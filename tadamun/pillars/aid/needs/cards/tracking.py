"""One request as its asker follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tadamun.pillars.aid.needs.cards.lines import LineCard
from tadamun.pillars.aid.needs.cards.requests import MessageCard


@dataclass(frozen=True)
class HelpCard:
    """One promise of help as the asker sees it: who, when, and the delivery code."""

    match_id: str
    state: str
    giver: str
    quantity: int
    delivered: int
    code: str
    window_from: datetime | None
    window_until: datetime | None
    confirmed_at: datetime | None
    is_stay: bool
    stay: dict[str, datetime | None]
    about_house: str
    house_rules: str
    thanked: bool
    code_locked: bool = False
    """Whether the code counts no more after too many wrong ones: only the household's word closes it."""


@dataclass(frozen=True)
class TrackedLine:
    """One line on the tracking page, with the help promised for it."""

    line: LineCard
    detail: str
    referred_to: str
    helps: tuple[HelpCard, ...]
    searched_at: datetime | None
    asked_about: bool = False
    """Whether the question if it is still needed waits for an answer."""


@dataclass(frozen=True)
class LookCard:
    """One look at the asker's name, place or phone."""

    viewer: str
    role: str
    what: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class TrackCard:
    """Everything the asker may know of their own request."""

    public_id: str
    number: int
    asked_at: datetime
    owner: str
    call_by: datetime | None
    unreachable: bool
    safe_hours: str
    address: str
    area_id: str
    notes: str
    lines: tuple[TrackedLine, ...]
    messages: tuple[MessageCard, ...]
    looks: tuple[LookCard, ...]
    contact_way: str = ""
    has_phone: bool = False
    shows_in_public: bool = False
    household_size: int | None = None
    delivery: str = ""
    lacks_address: bool = False
    """Whether somebody has promised to bring something to the door, and nobody has said which door."""

    @property
    def is_open(self) -> bool:
        """Whether anything is still expected."""
        return any(tracked.line.state not in {"met", "closed"} for tracked in self.lines)

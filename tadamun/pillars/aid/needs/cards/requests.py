"""One request as coordinators see it, before and after a reveal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from tadamun.pillars.aid.needs.cards.lines import LineCard


@dataclass(frozen=True)
class ConcernCard:
    """Something that was wrong with a stay, for coordinators alone."""

    pk: int
    side: str
    body: str
    at: datetime
    handled: bool


@dataclass(frozen=True)
class MatchCard:
    """One match as the coordinator sees it."""

    public_id: str
    state: str
    quantity: int
    delivered: int
    giver: str
    giver_has_account: bool
    offer_id: str
    invited_at: datetime | None
    expires_at: datetime | None
    window_from: datetime | None
    window_until: datetime | None
    handed_over_at: datetime | None
    confirmed_at: datetime | None
    confirmed_how: str
    end_reason: str
    change_reason: str
    code_tries: int
    is_stay: bool
    stay: dict[str, datetime | None]
    concerns: tuple[ConcernCard, ...]
    lacks_address: bool = False
    """Whether it is to be brought to the home, and nobody has said where that is."""


@dataclass(frozen=True)
class MessageCard:
    """One message of the thread."""

    side: str
    author: str
    body: str
    at: datetime


@dataclass(frozen=True)
class ContactLogCard:
    """One call or message that was tried."""

    outcome: str
    by: str
    note: str
    at: datetime


@dataclass(frozen=True)
class AlikeCard:
    """Another request that may be of the same household, and why it looks so."""

    request_id: str
    number: int
    asked_at: datetime
    same_phone: bool
    same_place: bool
    categories: tuple[str, ...]
    found: str
    merged: bool
    may_join: bool
    """Of the same account, or both of guests."""


@dataclass(frozen=True)
class RequestCard:
    """One request as coordinators see it before any reveal: no name, no phone, no address, no notes."""

    public_id: str
    number: int
    origin: str
    asked_at: datetime
    household_size: int | None
    household: str
    """Code of a `Household`."""
    area: str
    delivery: str
    requirements: tuple[str, ...]
    contact_way: str
    safe_hours: str
    language: str
    has_phone: bool
    has_notes: bool
    has_address: bool
    on_behalf: bool
    owner: str
    owned_by_viewer: bool
    call_by: datetime | None
    follow_up_on: date | None
    unreachable_since: datetime | None
    merged_into: int | None
    lines: tuple[LineCard, ...]
    merged_into_id: str = ""
    said: dict[str, str] = field(default_factory=dict)
    """What was written about a line, by its id."""
    referred_to: dict[str, str] = field(default_factory=dict)
    """Where a line was referred to, by its id."""
    area_id: str = ""
    """The area's id; empty where the place is confidential or unknown."""
    has_name: bool = False
    confidential: bool = False
    place_known: bool = True
    """Whether anything says where it is: an area or a position."""
    lacks_address: bool = False
    """Whether help is to be brought to the home, and nobody has said where that is."""
    told: str = "notice"
    """How the household learns of what is agreed: `notice`, `call` or `page`."""
    is_untold: bool = False
    """Whether something was agreed of which only a call can tell, and nobody has reached them since."""
    asked_again: int = 0
    """How often the same phone has asked for the call once more."""
    asked_again_at: datetime | None = None

    @property
    def lacks_household(self) -> bool:
        """Whether a night is still looked for, and nobody has said who would come."""
        return not self.household and any(
            line.is_stay and line.state not in {"met", "closed"} for line in self.lines
        )


@dataclass(frozen=True)
class ContactCard:
    """Name, phone, address and notes, after a logged reveal. `phone` is E.164 or empty."""

    name: str
    recipient: str
    phone: str
    address: str
    area: str
    notes: str

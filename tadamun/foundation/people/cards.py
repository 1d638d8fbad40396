"""What somebody sees of their own records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tadamun.foundation.people.wording import Words


@dataclass(frozen=True, slots=True)
class LookCard:
    """One look at somebody's name, place, phone or notes. `who` is empty when the viewer has left."""

    who: str
    role: Words
    what: Words
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """One consent: to what, how it was given, and whether it still holds."""

    public_id: str
    purpose: str
    title: Words
    version: str
    means: Words
    recorded_by: str
    given_at: datetime
    withdrawn_at: datetime | None
    ends_account: bool


@dataclass(frozen=True, slots=True)
class LinkCard:
    """One sign-in link that a coordinator made."""

    made_by: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class PasskeyCard:
    """One passkey of somebody, under the name they gave it."""

    key: int
    name: str
    added_at: datetime
    last_used_at: datetime | None

"""What somebody sees of their tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class TokenCard:
    """One token in its owner's list: never the token itself."""

    public_id: str
    name: str
    community: str
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    last_used_on: date | None
    withdrawn_at: datetime | None
    works: bool

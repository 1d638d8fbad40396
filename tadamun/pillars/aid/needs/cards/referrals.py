"""What is seen of a referral, by the asker and by coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tadamun.pillars.aid.directory.cards import Directions


@dataclass(frozen=True)
class ReferralCard:
    """Where a line was sent to, with the way there, and what came of it."""

    public_id: str
    line_id: str
    directions: Directions | None
    """None where the service is no longer listed."""
    referred_at: datetime
    asked_at: datetime | None
    outcome: str
    """Code of a `ReferralOutcome`."""

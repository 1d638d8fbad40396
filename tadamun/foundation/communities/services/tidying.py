"""What the worker clears away once a day: notices nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from tadamun.foundation.jobs.services import every
from tadamun.foundation.notices.services import forget_old_notices


@every(name="communities.tidy", interval=timedelta(days=1))
def tidy(*, at: datetime) -> None:
    """Forget old notices."""
    forget_old_notices(at=at)

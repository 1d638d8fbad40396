"""What the worker does for problems."""

from __future__ import annotations

from datetime import datetime, timedelta

from tadamun.foundation.jobs.services import every


@every(name="problems.tell_weekly", interval=timedelta(hours=3))
def tell_weekly(*, at: datetime) -> None:
    """Tell those who follow problems how the week went."""
    from tadamun.pillars.support.problems.services.telling import tell_weekly as tell

    tell(at=at)

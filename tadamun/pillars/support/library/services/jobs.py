"""What the worker does for the library: thin functions beside their services."""

from __future__ import annotations

from datetime import datetime, timedelta

from tadamun.foundation.jobs.services import every


@every(name="library.lapse_offers", interval=timedelta(minutes=1))
def lapse_offers(*, at: datetime) -> None:
    """Ask the next in line where nobody answered in time."""
    from tadamun.pillars.support.library.services.queueing import lapse_offers as lapse

    lapse(at=at)


@every(name="library.remind", interval=timedelta(hours=1))
def remind(*, at: datetime) -> None:
    """Remind of what comes back tomorrow, and of what is late; end what is over."""
    from tadamun.pillars.support.library.services import reminding

    reminding.remind(at=at)
    reminding.settle_past(at=at)


@every(name="library.forget_guests", interval=timedelta(hours=12))
def forget_guests(*, at: datetime) -> None:
    """Drop names and phones of loans long over."""
    from tadamun.pillars.support.library.services.reminding import forget_guests as forget

    forget(at=at)

"""When a circle meets: every week, every second week, or once a month on the same weekday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from tadamun.pillars.support.circles.vocabulary import Rhythm

WEEK_DAYS = 7
FOURTH = 4


def meetings(
    *, rhythm: Rhythm, first_on: date, clock: time, zone: str, after: datetime, count: int
) -> list[datetime]:
    """The next `count` meetings after a moment, in UTC; the hour stays the same on the wall when clocks change.

    Monthly means the first, second, third or fourth such weekday of the month; a fifth one counts as the fourth.
    """
    here = ZoneInfo(zone)
    moments = (datetime.combine(day, clock, tzinfo=here).astimezone(UTC) for day in _days(rhythm, first_on))
    return list(islice((moment for moment in moments if moment > after), count))


def _days(rhythm: Rhythm, first: date) -> Iterator[date]:
    if rhythm is Rhythm.MONTHLY:
        yield from _monthly(first)
        return
    step = timedelta(days=WEEK_DAYS if rhythm is Rhythm.WEEKLY else 2 * WEEK_DAYS)
    day = first
    while True:
        yield day
        day += step


def _monthly(first: date) -> Iterator[date]:
    place = min((first.day - 1) // WEEK_DAYS, FOURTH - 1)
    yield first
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004
        begin = date(year, month, 1)
        ahead = (first.weekday() - begin.weekday()) % WEEK_DAYS
        yield begin + timedelta(days=ahead + place * WEEK_DAYS)

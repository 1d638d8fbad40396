"""What happens when: the story's strands told in the order of time, so that the trail reads as it was lived."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Generator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

Strand = Generator[datetime, datetime, None]
"""One thread of the story: it yields the moment it goes on at, and is told that moment when it has come."""


class Calendar:
    """Strands that go on at moments up to now; what lies in the future does not happen."""

    def __init__(self, *, now: datetime, zone: str) -> None:
        self.now = now.replace(second=0, microsecond=0)
        self.zone = ZoneInfo(zone)
        self._waiting: list[tuple[datetime, int, Strand]] = []
        self._order = itertools.count()

    def ago(self, days: float) -> datetime:
        """So many days before now, to the minute."""
        return self.now - timedelta(minutes=round(days * 24 * 60))

    def hour(self, at: datetime, *, days: int, hour: int) -> datetime:
        """An hour of the clock, so many days after the day of `at`, in the neighbourhood's own time."""
        day = at.astimezone(self.zone).date() + timedelta(days=days)
        return datetime.combine(day, time(hour), tzinfo=self.zone)

    def begin(self, strand: Strand) -> None:
        """Take up a strand; what it does before its first yield happens at once."""
        self._wait(next(strand, None), strand)

    def run(self) -> None:
        """Let everything happen, the earliest first."""
        while self._waiting:
            at, _, strand = heapq.heappop(self._waiting)
            try:
                following = strand.send(at)
            except StopIteration:
                continue
            self._wait(max(following, at), strand)

    def _wait(self, until: datetime | None, strand: Strand) -> None:
        if until is not None and until <= self.now:
            heapq.heappush(self._waiting, (until, next(self._order), strand))

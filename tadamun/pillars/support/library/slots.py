"""The rules of the calendar, as pure functions: which times fit, who is next in line, what may be renewed.

A pool of alike pieces takes a new time when all times can still be laid out over its pieces. Times that are not set
aside or away yet may move to another piece; those that are stay where they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tadamun.pillars.support.library.vocabulary import ANSWER_WITHIN


@dataclass(frozen=True, slots=True)
class Held:
    """A time that is taken, from its first moment to the one after its last; on which piece, and whether surely so."""

    key: int
    starts: datetime
    ends: datetime
    copy: int | None = None
    pinned: bool = False

    def overlaps(self, other: Held) -> bool:
        """Whether both are taken at some moment."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Waiter:
    """Somebody in line: since when, and for how many days."""

    key: int
    joined_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Which piece each time stands on, and which times stand on none."""

    on: dict[int, int]
    left: frozenset[int]


@dataclass(frozen=True, slots=True)
class Week:
    """When the window of the library is open: on which weekdays (Monday is 0), and on whose clock."""

    days: tuple[int, ...]
    zone: str

    def opens_on(self, day: date) -> bool:
        """Whether the window is open on a day."""
        return day.weekday() in self.days

    def next_open(self, day: date) -> date:
        """The day itself, or the next one on which the window is open."""
        return next(one for one in (day + timedelta(days=n) for n in range(8)) if self.opens_on(one))

    def span(self, first: date, days: int) -> tuple[datetime, datetime]:
        """So many whole days from the first; the last moves on to a day on which the window is open."""
        last = self.next_open(first + timedelta(days=days - 1))
        return midnight(first, self.zone), midnight(last + timedelta(days=1), self.zone)

    def hours(self, on: date, begin: time, minutes: int) -> tuple[datetime, datetime]:
        """So many minutes from an hour of a day."""
        start = datetime.combine(on, begin, tzinfo=ZoneInfo(self.zone))
        # Counted on the world's clock: an hour is an hour when the clocks change too.
        instant = start.astimezone(ZoneInfo("UTC"))
        return instant, instant + timedelta(minutes=minutes)


def midnight(day: date, zone: str) -> datetime:
    """The first moment of a day on a community's clock."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


def local_day(at: datetime, zone: str) -> date:
    """The day of a moment on a community's clock."""
    return at.astimezone(ZoneInfo(zone)).date()


def last_day(ends: datetime, zone: str) -> date:
    """The day on which a time of whole days ends."""
    return local_day(ends - timedelta(microseconds=1), zone)


def lay_out(*, copies: Sequence[int], held: Iterable[Held]) -> Layout:
    """Lay times out over pieces, by their beginning.

    What is pinned stays. The rest goes to the piece it stood on where that is free, else to the first that is. As what
    is pinned began before the rest, this finds a place for all whenever there is one.
    """
    on: dict[int, int] = {}
    taken: dict[int, list[Held]] = {copy: [] for copy in copies}
    floating = []
    for one in held:
        if one.pinned and one.copy in taken:
            taken[one.copy].append(one)
            on[one.key] = one.copy
        elif not one.pinned:
            floating.append(one)
    left = set()
    for one in sorted(floating, key=lambda each: (each.starts, each.key)):
        order = sorted(copies, key=lambda copy: copy != one.copy)
        free = next((copy for copy in order if not any(one.overlaps(each) for each in taken[copy])), None)
        if free is None:
            left.add(one.key)
        else:
            taken[free].append(one)
            on[one.key] = free
    return Layout(on, frozenset(left))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The pieces that can be lent, the times that are taken, and the line."""

    copies: tuple[int, ...]
    held: tuple[Held, ...] = ()
    waiting: tuple[Waiter, ...] = ()

    def with_time(self, wanted: Held) -> Layout | None:
        """How all stands with one time more, or changed; None where it would take the place of another."""
        others = [one for one in self.held if one.key != wanted.key]
        before = lay_out(copies=self.copies, held=others)
        after = lay_out(copies=self.copies, held=[*others, wanted])
        stands = wanted.key in after.on and after.left <= before.left
        return after if stands and not self._runs_into(wanted, others) else None

    def fits(self, starts: datetime, ends: datetime) -> bool:
        """Whether a time is free on some piece."""
        return self.with_time(Held(0, starts, ends)) is not None

    def taken_on(self, starts: datetime, ends: datetime) -> int:
        """How many times are taken at some moment of a span."""
        span = Held(0, starts, ends)
        return sum(span.overlaps(one) for one in self.held)

    def longest(self, *, week: Week, first: date, most: int) -> int:
        """For how many days from a day on something is free, at most so many; 0: for none."""
        found = 0
        for days in range(1, most + 1):
            if not self.fits(*week.span(first, days)):
                break
            found = days
        return found

    def first_free(self, *, week: Week, from_day: date, days: int, within: int) -> date | None:
        """The first day from which something is free for so many days."""
        for step in range(within):
            day = from_day + timedelta(days=step)
            if week.opens_on(day) and self.fits(*week.span(day, days)):
                return day
        return None

    def next_in_line(self) -> Waiter | None:
        """Whoever waited longest."""
        return min(self.waiting, key=lambda one: (one.joined_at, one.key), default=None)

    def next_offer(self, *, week: Week, today: date) -> tuple[Waiter, int] | None:
        """Who is asked now, and for how many days: the first in line, as soon as something is here for a day."""
        waiter = self.next_in_line()
        if waiter is None:
            return None
        days = self.longest(week=week, first=week.next_open(today), most=waiter.days)
        return (waiter, days) if days else None

    def renewed(self, key: int, *, until: datetime) -> Layout | None:
        """How all stands when a loan ends later; None where somebody is in line or has booked the time."""
        loan = next(one for one in self.held if one.key == key)
        if self.waiting or until <= loan.ends:
            return None
        return self.with_time(replace(loan, ends=until))

    @staticmethod
    def _runs_into(wanted: Held, others: Collection[Held]) -> bool:
        """Whether a piece that is set aside or away would be promised twice."""
        return wanted.pinned and any(
            one.pinned and one.copy == wanted.copy and one.overlaps(wanted) for one in others
        )


def answer_until(*, back_at: datetime) -> datetime:
    """Until when the first in line may answer: the clock begins when the thing is back, not before."""
    return back_at + ANSWER_WITHIN

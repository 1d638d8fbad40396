"""The rules of the calendar over random histories: no piece twice, the line in its order, renewals only in peace.

A thousand histories go through the rules themselves, and some through the services and the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tadamun.kernel.errors import TadamunError
from tadamun.pillars.support.library import services
from tadamun.pillars.support.library.models import Booking, WaitingPlace
from tadamun.pillars.support.library.slots import Calendar, Held, Waiter, Week, answer_until, midnight
from tadamun.pillars.support.library.vocabulary import ANSWER_WITHIN, HOLDING, BookingState
from tests.aid.make import NOON, make_community, make_coordinator, make_member
from tests.support.library.make import book, hand_out, make_item, take_back

BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)
WEEK = Week(tuple(range(7)), "Asia/Amman")
DAY = timedelta(days=1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["book", "out", "back", "cancel", "join", "renew", "tick", "answer", "break"]),
        st.integers(0, 9),
        st.integers(1, 4),
    ),
    max_size=14,
)


@dataclass
class Shelf:
    """A shelf kept by the rules alone."""

    copies: tuple[int, ...]
    held: dict[int, Held] = field(default_factory=dict)
    offered: dict[int, tuple[Waiter, datetime]] = field(default_factory=dict)
    waiting: list[Waiter] = field(default_factory=list)
    asked: list[tuple[Waiter, tuple[Waiter, ...]]] = field(default_factory=list)
    day: int = 0
    serial: int = 0

    @property
    def at(self) -> datetime:
        return BEGIN + self.day * DAY

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.copies, tuple(self.held.values()), tuple(self.waiting))

    def put(self, wanted: Held) -> bool:
        layout = self.calendar.with_time(wanted)
        if layout is None:
            return False
        left_before = {key for key, one in self.held.items() if one.copy is None}
        self.held[wanted.key] = wanted
        self.held = {key: replace(one, copy=layout.on.get(key)) for key, one in self.held.items()}
        assert {key for key, one in self.held.items() if one.copy is None} <= left_before
        return True

    def new(self) -> int:
        self.serial += 1
        return self.serial

    def book(self, which: int, many: int) -> None:
        starts, ends = WEEK.span(self.at.date() + which * DAY, many)
        self.put(Held(self.new(), starts, ends))

    def out(self, which: int, many: int) -> None:
        ready = [
            one for one in self.held.values() if not one.pinned and one.copy and one.key not in self.offered
        ]
        if ready:
            one = ready[which % len(ready)]
            self.put(replace(one, starts=min(one.starts, self.at), pinned=True))

    def back(self, which: int, many: int) -> None:
        away = [one for one in self.held.values() if one.pinned]
        if away:
            del self.held[away[which % len(away)].key]
            self.offer()

    def cancel(self, which: int, many: int) -> None:
        free = [one for one in self.held.values() if not one.pinned and one.key not in self.offered]
        if free:
            del self.held[free[which % len(free)].key]
            self.offer()

    def join(self, which: int, many: int) -> None:
        key = self.new()
        self.waiting.append(Waiter(key, self.at + timedelta(seconds=key), many))
        self.offer()

    def renew(self, which: int, many: int) -> None:
        away = [one for one in self.held.values() if one.pinned]
        if not away:
            return
        loan = away[which % len(away)]
        until = loan.ends + many * DAY
        if self.calendar.renewed(loan.key, until=until) is not None:
            assert not self.waiting
            assert self.put(replace(loan, ends=until))

    def tick(self, which: int, many: int) -> None:
        self.day += 1
        for key, (_, until) in list(self.offered.items()):
            if until <= self.at:
                del self.offered[key], self.held[key]
        self.held = {
            key: replace(one, ends=max(one.ends, midnight(self.at.date() + DAY, WEEK.zone)))
            if one.pinned
            else one
            for key, one in self.held.items()
            if one.pinned or one.ends > self.at
        }
        layout = self.calendar
        for key, one in list(self.held.items()):
            if not one.pinned:
                placed = layout.with_time(one)
                self.held[key] = replace(one, copy=placed.on[key] if placed else None)
        self.offer()

    def answer(self, which: int, many: int) -> None:
        if self.offered:
            del self.offered[sorted(self.offered)[which % len(self.offered)]]

    def offer(self) -> None:
        while True:
            found = self.calendar.next_offer(week=WEEK, today=self.at.date())
            if found is None:
                return
            waiter, days = found
            starts, ends = WEEK.span(self.at.date(), days)
            key = self.new()
            assert self.put(Held(key, starts, ends))
            self.asked.append((waiter, tuple(self.waiting)))
            self.waiting.remove(waiter)
            self.offered[key] = (waiter, answer_until(back_at=self.at))

    def check(self) -> None:
        """No piece is promised twice, however late something is."""
        rows = [one for one in self.held.values() if one.copy is not None]
        for place, one in enumerate(rows):
            for other in rows[place + 1 :]:
                assert not (one.copy == other.copy and one.overlaps(other)), (one, other)


@settings(max_examples=1000, deadline=None)
@given(copies=st.integers(1, 3), steps=STEPS)
def test_a_thousand_histories_keep_the_rules(copies: int, steps: list[tuple[str, int, int]]) -> None:
    shelf = Shelf(tuple(range(1, copies + 1)))
    for what, which, many in steps:
        if what != "break":
            getattr(shelf, what)(which, many)
        shelf.check()
    for waiter, line in shelf.asked:
        assert all((waiter.joined_at, waiter.key) <= (one.joined_at, one.key) for one in line)


@settings(max_examples=300, deadline=None)
@given(
    copies=st.integers(1, 4),
    times=st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5)), max_size=12),
)
def test_a_pool_takes_a_time_exactly_where_on_no_day_all_pieces_are_taken(
    copies: int, times: list[tuple[int, int]]
) -> None:
    calendar = Calendar(tuple(range(copies)))
    days: dict[int, int] = {}
    for key, (first, many) in enumerate(times, start=1):
        starts, ends = BEGIN + first * DAY, BEGIN + (first + many) * DAY
        room = all(days.get(first + step, 0) < copies for step in range(many))
        layout = calendar.with_time(Held(key, starts, ends))
        assert (layout is not None) == room
        if layout is not None:
            for step in range(many):
                days[first + step] = days.get(first + step, 0) + 1
            calendar = Calendar(
                calendar.copies,
                tuple(
                    replace(one, copy=layout.on[one.key]) for one in (*calendar.held, Held(key, starts, ends))
                ),
            )


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(copies=st.integers(1, 2), steps=STEPS)
def test_histories_through_the_services_keep_the_rules_too(
    db: None, copies: int, steps: list[tuple[str, int, int]]
) -> None:
    community = make_community()
    keeper = make_coordinator(community)
    item = make_item(community, by=keeper, copies=copies, renewals_most=3)
    people = [make_member(community) for _ in range(3)]
    at = NOON
    for number, (what, which, many) in enumerate(steps):
        at += DAY if what == "tick" else timedelta(minutes=1)
        line = _line(item)
        known = set(Booking.objects.filter(item=item).values_list("pk", flat=True))
        try:
            _do(what, item, people[which % 3], keeper, which, many, at)
        except TadamunError:
            assert _line(item) == line
        new = Booking.objects.filter(item=item, state=BookingState.OFFERED).exclude(pk__in=known)
        for offer in new.order_by("pk"):
            assert offer.answer_until == at + ANSWER_WITHIN
            joined = [*line, *(row for row in _line(item) if row not in line), offer.borrower_id]
            assert joined[0] == offer.borrower_id, (number, what)
            line = [row for row in joined if row != offer.borrower_id]
        _no_piece_twice(item)


def _line(item):
    rows = WaitingPlace.objects.filter(item=item, ended_at=None, offer=None).order_by("joined_at", "pk")
    return list(rows.values_list("person_id", flat=True))


def _do(what, item, who, keeper, which, many, at):
    rows = Booking.objects.filter(item=item).order_by("pk")
    community = item.community
    if what == "book":
        book(item, by=who, in_days=which, days=many, at=at)
    elif what == "join":
        services.join_line(community=community, item_id=item.public_id, actor=who, days=many, at=at)
    elif what == "tick":
        services.lapse_offers(at=at)
        services.settle_past(at=at)
    loan = {
        "out": rows.filter(state=BookingState.APPROVED, copy__isnull=False),
        "back": rows.filter(state=BookingState.OUT),
        "break": rows.filter(state=BookingState.OUT),
        "renew": rows.filter(state=BookingState.OUT),
        "cancel": rows.filter(state=BookingState.APPROVED),
        "answer": rows.filter(state=BookingState.OFFERED),
    }.get(what, rows.none()).first()
    if loan is None:
        return
    loan_id, given = loan.public_id, {"community": community, "at": at}
    if what == "out":
        hand_out(loan, by=keeper, at=at)
    elif what in ("back", "break"):
        take_back(loan, by=keeper, at=at, broken="كسر" if what == "break" else "")
    elif what == "renew":
        waits = bool(_line(item))
        services.renew(loan_id=loan_id, actor=loan.borrower, **given)
        assert not waits
    elif what == "cancel":
        services.cancel_loan(loan_id=loan_id, actor=loan.borrower, **given)
    else:
        services.take_offer(loan_id=loan_id, actor=loan.borrower, **given)


def _no_piece_twice(item):
    rows = [row for row in Booking.objects.filter(item=item, state__in=HOLDING) if row.copy_id]
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            apart = one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
            assert one.copy_id != other.copy_id or apart

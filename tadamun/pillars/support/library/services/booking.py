"""Asking for a time, deciding of it, and calling it off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.errors import (
    LibraryClosedThen,
    LoanTooLong,
    NoSuchLoan,
    TimePast,
    TimeTaken,
    TimeTooFarAhead,
    TooManyAtOnce,
)
from tadamun.pillars.support.library.models import Booking, Copy, Introduction, Item
from tadamun.pillars.support.library.queries.calendars import week_of
from tadamun.pillars.support.library.services.queueing import offer_next
from tadamun.pillars.support.library.services.settling import (
    calendar_of,
    deed,
    end,
    locked_item,
    locked_loan,
    log,
    move,
    seat,
)
from tadamun.pillars.support.library.services.telling import tell_borrower, tell_counter, tell_lender
from tadamun.pillars.support.library.slots import Held, local_day
from tadamun.pillars.support.library.vocabulary import (
    AHEAD_DAYS,
    HOLDING,
    STEP_MINUTES,
    BookingState,
    CopyState,
    Kind,
    LoanDeed,
)


@dataclass(frozen=True)
class Days:
    """Whole days, for a thing: the first, and how many."""

    first: date
    days: int


@dataclass(frozen=True)
class Hours:
    """Part of a day, for a room or a skill: the hour it begins, and how many minutes."""

    on: date
    begin: time
    minutes: int


@deed
def request_time(
    *, community: Community, item_id: str, actor: Person, wanted: Days | Hours, at: datetime
) -> Booking:
    """Ask for a time. It stands at once, unless a coordinator or the lender is to be asked first.

    :raises NotAMember: only members borrow.
    :raises BorrowersVerified: it is lent to members whom a coordinator has met.
    :raises NotToBeHad: it is not lent now.
    :raises TooManyAtOnce: the borrower holds as many as one may.
    :raises LibraryClosedThen: the window is closed at that time.
    :raises LoanTooLong: longer than it is lent.
    :raises TimePast: it begins in the past.
    :raises TimeTooFarAhead: it begins too far ahead.
    :raises TimeTaken: somebody was faster.
    """
    item = locked_item(community=community, item_id=item_id)
    policies.require_borrower(actor=actor, item=item)
    held = Booking.objects.filter(item=item, borrower=actor, state__in=HOLDING).count()
    policies.require(held < item.at_once_most, TooManyAtOnce(most=item.at_once_most))
    starts, ends = span_of(item, wanted, at=at)
    waits = item.asks_first or (
        item.needs_introduction and not Introduction.objects.filter(item=item, person=actor).exists()
    )
    loan = Booking(
        community=community,
        item=item,
        borrower=actor,
        made_by=actor,
        made_at=at,
        state=BookingState.REQUESTED if waits else BookingState.APPROVED,
        starts_at=starts,
        ends_at=ends,
    )
    put_in(loan, at=at)
    if waits:
        tell_counter(item, kind="library.asked", about=loan.public_id, path=f"loans/{loan.public_id}/", at=at)
    tell_lender(loan, kind="library.asked", at=at)
    log(loan, verb="loan_requested", kind="loan", actor=actor, at=at, community=community, state=loan.state)
    return loan


def put_in(loan: Booking, *, at: datetime, copy: Copy | None = None) -> None:
    """Write a booking into the calendar, on a piece that is free then.

    :param copy: the very piece that is handed over.
    :raises TimeTaken: no piece is.
    """
    calendar = calendar_of(item=loan.item, at=at)
    held = Held(loan.pk or 0, loan.starts_at, loan.ends_at, copy.pk if copy else None, copy is not None)
    layout = calendar.with_time(held)
    if layout is None:
        raise TimeTaken
    seat(layout, loan=loan)


def span_of(item: Item, wanted: Days | Hours, *, at: datetime) -> tuple[datetime, datetime]:
    """From when until when, if it is lent so.

    :raises TadamunError: closed then, too long, past, or too far ahead.
    """
    week, today = week_of(item), local_day(at, item.community.time_zone)
    if isinstance(wanted, Days) != (item.kind == Kind.THING):
        raise LibraryClosedThen
    if isinstance(wanted, Days):
        policies.require(wanted.first >= today, TimePast())
        policies.require(wanted.first <= today + timedelta(days=AHEAD_DAYS), TimeTooFarAhead(days=AHEAD_DAYS))
        policies.require(1 <= wanted.days <= item.days_most, LoanTooLong(most=item.days_most))
        policies.require(week.opens_on(wanted.first), LibraryClosedThen())
        return week.span(wanted.first, wanted.days)
    policies.require(wanted.on >= today, TimePast())
    policies.require(wanted.on <= today + timedelta(days=AHEAD_DAYS), TimeTooFarAhead(days=AHEAD_DAYS))
    policies.require(STEP_MINUTES <= wanted.minutes <= item.minutes_most, LoanTooLong(most=item.minutes_most))
    starts, ends = week.hours(wanted.on, wanted.begin, wanted.minutes)
    _require_open(item, wanted, ends)
    policies.require(starts > at, TimePast())
    return starts, ends


def _require_open(item: Item, wanted: Hours, ends: datetime) -> None:
    until = ends.astimezone(ZoneInfo(item.community.time_zone))
    on_step = wanted.begin.minute % STEP_MINUTES == 0 and wanted.begin.second == 0
    within = wanted.begin >= item.opens and until.date() == wanted.on and until.time() <= item.closes
    opens = week_of(item).opens_on(wanted.on)
    policies.require(on_step and within and opens and wanted.minutes % STEP_MINUTES == 0, LibraryClosedThen())


@deed
def cancel_loan(*, community: Community, loan_id: str, actor: Person, at: datetime) -> Booking:
    """Call a booking off, by whoever made it or by the counter; the first in line is asked.

    :raises NoSuchLoan: there is none for this actor.
    :raises LoanCannotMove: it is out, or over.
    """
    loan = locked_loan(community=community, loan_id=loan_id)
    policies.require_loan_of(actor=actor, loan=loan)
    end(loan, BookingState.CANCELLED, at=at)
    if loan.borrower_id != actor.pk:
        tell_borrower(loan, kind="library.cancelled", at=at)
    tell_lender(loan, kind="library.cancelled", at=at)
    offer_next(loan.item, at=at)
    log(loan, verb="loan_cancelled", kind="loan", actor=actor, at=at, community=community)
    return loan


@deed
def decide_loan(
    *, community: Community, loan_id: str, actor: Person, what: LoanDeed, at: datetime
) -> Booking:
    """Approve, decline, set aside, or write down that nobody came or that it is lost.

    Approving the booking of what needs an introduction says that the borrower was shown how it is used.

    :raises NoSuchLoan: the actor keeps neither the library nor this thing.
    :raises LoanCannotMove: the present state does not lead there.
    """
    loan = locked_loan(community=community, loan_id=loan_id)
    policies.require(policies.may_decide(actor=actor, loan=loan), NoSuchLoan())
    _DEEDS[what](loan, actor, at)
    log(loan, verb=f"loan_{loan.state}", kind="loan", actor=actor, at=at, community=community)
    return loan


def _approve(loan: Booking, actor: Person, at: datetime) -> None:
    move(loan, BookingState.APPROVED, at=at)
    loan.save(update_fields=["state", "ended_at"])
    if loan.item.needs_introduction and loan.borrower is not None:
        Introduction.objects.get_or_create(
            item=loan.item, person=loan.borrower, defaults={"by": actor, "at": at}
        )
    day = local_day(loan.starts_at, loan.community.time_zone)
    tell_borrower(loan, kind="library.approved", at=at, begin_on=day.isoformat())


def _decline(loan: Booking, actor: Person, at: datetime) -> None:
    end(loan, BookingState.DECLINED, at=at)
    tell_borrower(loan, kind="library.declined", at=at)
    offer_next(loan.item, at=at)


def _set_aside(loan: Booking, actor: Person, at: datetime) -> None:
    move(loan, BookingState.READY, at=at)
    if loan.copy_id is None:
        raise TimeTaken
    loan.save(update_fields=["state", "ended_at"])
    day = local_day(loan.starts_at, loan.community.time_zone)
    tell_borrower(loan, kind="library.ready", at=at, end_on=day.isoformat())


def _never_happened(loan: Booking, actor: Person, at: datetime) -> None:
    end(loan, BookingState.NEVER_HAPPENED, at=at)
    offer_next(loan.item, at=at)


def _lose(loan: Booking, actor: Person, at: datetime) -> None:
    end(loan, BookingState.LOST, at=at)
    Copy.objects.filter(bookings=loan).update(state=CopyState.LOST)


_DEEDS = {
    LoanDeed.APPROVE: _approve,
    LoanDeed.DECLINE: _decline,
    LoanDeed.SET_ASIDE: _set_aside,
    LoanDeed.NEVER_HAPPENED: _never_happened,
    LoanDeed.LOSE: _lose,
}

"""The counter: handing out and taking back, for members and for people without an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import is_member
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.queries import person_by_phone
from tadamun.kernel.text import clean_line
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.errors import (
    BorrowerNeeded,
    CopyNotHere,
    CopyNotOut,
    LibraryClosedThen,
    LoanTooLong,
    NoSuchLoan,
    TimeTaken,
)
from tadamun.pillars.support.library.models import Booking, Copy
from tadamun.pillars.support.library.queries.calendars import week_of
from tadamun.pillars.support.library.services.mending import open_ticket
from tadamun.pillars.support.library.services.queueing import offer_next
from tadamun.pillars.support.library.services.settling import (
    calendar_of,
    deed,
    locked_copy,
    locked_loan,
    log,
    move,
    seat,
    settle,
)
from tadamun.pillars.support.library.slots import Held, local_day
from tadamun.pillars.support.library.vocabulary import (
    GUEST_NAME_MOST,
    BookingState,
    CopyState,
    Kind,
)


@dataclass(frozen=True)
class Taker:
    """Who stands at the counter: a name and a phone (E.164); an account is found by its phone."""

    name: str
    phone: str
    language: str = "ar"


@deed
def hand_out(*, community: Community, loan_id: str, code: str, actor: Person, at: datetime) -> Booking:
    """Give a booked thing out: the very piece whose label was read, also where another one was planned.

    :raises LibraryForCoordinators: anybody but a coordinator.
    :raises NoSuchCopy: no piece here carries this label.
    :raises NoSuchLoan: the booking is not of this thing.
    :raises CopyNotHere: the piece is out, being mended, or set aside for somebody else.
    :raises LoanCannotMove: it is out already, or over.
    """
    policies.require_keeper(actor=actor, community=community)
    loan = locked_loan(community=community, loan_id=loan_id)
    copy = Copy.objects.filter(community=community, code=code, item=loan.item).first()
    if copy is None:
        raise NoSuchLoan
    policies.require(copy.state == CopyState.SOUND, CopyNotHere())
    move(loan, BookingState.OUT, at=at)
    loan.out_at = at
    starts = min(loan.starts_at, at)
    layout = calendar_of(item=loan.item, at=at).with_time(
        Held(loan.pk, starts, max(loan.ends_at, at), copy.pk, True)
    )
    policies.require(layout is not None and loan.ends_at > at, CopyNotHere())
    assert layout is not None  # noqa: S101  # said for the type checker
    loan.starts_at = starts
    seat(layout, loan=loan)
    log(loan, verb="loan_out", kind="loan", actor=actor, at=at, community=community, copy=copy.public_id)
    return loan


@deed
def hand_out_now(
    *, community: Community, code: str, actor: Person, taker: Taker, days: int, at: datetime
) -> Booking:
    """Give a piece out to somebody who stands at the counter without having booked.

    :raises LibraryForCoordinators: anybody but a coordinator.
    :raises NoSuchCopy: no piece here carries this label.
    :raises BorrowerNeeded: name and phone are needed where no account has this phone.
    :raises LoanTooLong: it is lent for fewer days.
    :raises CopyNotHere: the piece is out, set aside or being mended.
    :raises TimeTaken: somebody has booked these days.
    """
    policies.require_keeper(actor=actor, community=community)
    copy = locked_copy(community=community, code=code)
    item = copy.item
    policies.require(item.kind == Kind.THING, LibraryClosedThen())
    policies.require(copy.state == CopyState.SOUND, CopyNotHere())
    policies.require(1 <= days <= item.days_most, LoanTooLong(most=item.days_most))
    loan = Booking(
        community=community, item=item, made_by=actor, made_at=at, state=BookingState.OUT, out_at=at
    )
    _put_taker(loan, taker)
    _, loan.ends_at = week_of(item).span(local_day(at, community.time_zone), days)
    loan.starts_at = at
    calendar = calendar_of(item=item, at=at)
    here = Held(0, at, loan.ends_at, copy.pk, True)
    policies.require(not any(one.pinned and one.copy == copy.pk for one in calendar.held), CopyNotHere())
    layout = calendar.with_time(here)
    if layout is None:
        raise TimeTaken
    seat(layout, loan=loan)
    log(loan, verb="loan_out", kind="loan", actor=actor, at=at, community=community, copy=copy.public_id)
    return loan


@deed
def take_back(
    *,
    community: Community,
    code: str,
    actor: Person,
    at: datetime,
    broken: str = "",
    helps: bool = False,
) -> Booking:
    """Take a piece back, by its label; the clock of whoever is first in line begins now.

    :param broken: what broke, in words; a repair ticket is opened, and nobody pays.
    :param helps: the borrower would like to help mend it.
    :raises LibraryForCoordinators: anybody but a coordinator.
    :raises NoSuchCopy: no piece here carries this label.
    :raises CopyNotOut: it is not out.
    """
    policies.require_keeper(actor=actor, community=community)
    copy = locked_copy(community=community, code=code)
    away = Booking.objects.select_related("borrower", "community").filter(
        copy=copy, state__in=(BookingState.OUT, BookingState.LOST)
    )
    loan = away.order_by("-out_at").first()
    if loan is None or (loan.state == BookingState.LOST and copy.state != CopyState.LOST):
        raise CopyNotOut
    loan.item = copy.item
    move(loan, BookingState.DAMAGED if broken.strip() else BookingState.RETURNED, at=at)
    loan.save(update_fields=["state", "ended_at"])
    if copy.state == CopyState.LOST:
        copy.state = CopyState.SOUND
        copy.save(update_fields=["state"])
    if broken.strip():
        open_ticket(copy, words=broken, told_by=loan.borrower, helps=helps, at=at)
    settle(copy.item, at=at)
    offer_next(copy.item, at=at)
    log(loan, verb=f"loan_{loan.state}", kind="loan", actor=actor, at=at, community=community)
    return loan


def _put_taker(loan: Booking, taker: Taker) -> None:
    """An account by its phone where a member has one, else name and phone as they are said, sealed."""
    name = clean_line(taker.name)[:GUEST_NAME_MOST]
    known = person_by_phone(phone=taker.phone) if taker.phone else None
    if known is not None and is_member(person=known, community=loan.item.community):
        loan.borrower = known
        return
    policies.require(bool(name and taker.phone), BorrowerNeeded())
    loan.guest_name, loan.guest_phone, loan.guest_language = name, taker.phone, taker.language

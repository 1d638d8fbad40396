"""The line: first come, first served. Whoever is first is asked when the thing is back, and has a day to answer."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.errors import (
    AlreadyInLine,
    AnswerTooLate,
    LoanTooLong,
    NoLineHere,
    TimeTaken,
)
from tadamun.pillars.support.library.models import Booking, Item, WaitingPlace
from tadamun.pillars.support.library.queries.calendars import week_of
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
from tadamun.pillars.support.library.services.telling import tell_borrower
from tadamun.pillars.support.library.slots import Held, Layout, answer_until, local_day
from tadamun.pillars.support.library.vocabulary import BookingState, ItemState, Kind


@deed
def join_line(*, community: Community, item_id: str, actor: Person, days: int, at: datetime) -> WaitingPlace:
    """Stand in line for a thing; when it is here already, one is asked at once.

    :raises NoLineHere: it is a room or a skill.
    :raises AlreadyInLine: the actor is in line.
    :raises LoanTooLong: it is lent for fewer days.
    :raises TadamunError: as for borrowing.
    """
    item = locked_item(community=community, item_id=item_id)
    policies.require_borrower(actor=actor, item=item)
    policies.require(item.kind == Kind.THING, NoLineHere())
    policies.require(1 <= days <= item.days_most, LoanTooLong(most=item.days_most))
    waits = WaitingPlace.objects.filter(item=item, person=actor, ended_at=None).exists()
    policies.require(not waits, AlreadyInLine())
    place = WaitingPlace.objects.create(item=item, person=actor, days=days, joined_at=at)
    offer_next(item, at=at)
    log(place, verb="line_joined", kind="waiting_place", actor=actor, at=at, community=community)
    return place


@deed
def leave_line(*, community: Community, item_id: str, actor: Person, at: datetime) -> None:
    """Leave the line; a time that was kept goes to the next. Leaving twice is leaving once."""
    item = locked_item(community=community, item_id=item_id)
    place = (
        WaitingPlace.objects.filter(item=item, person=actor, ended_at=None).select_related("offer").first()
    )
    if place is None:
        return
    if place.offer is not None and place.offer.state == BookingState.OFFERED:
        end(place.offer, BookingState.DECLINED, at=at)
    _leave(place, at=at)
    offer_next(item, at=at)
    log(place, verb="line_left", kind="waiting_place", actor=actor, at=at, community=community)


def offer_next(item: Item, *, at: datetime) -> None:
    """Keep the thing for whoever is first in line, and ask them, as often as a piece is here; under the item's lock."""
    if item.kind != Kind.THING or item.state != ItemState.LISTED:
        return
    week, zone = week_of(item), item.community.time_zone
    while True:
        calendar = calendar_of(item=item, at=at)
        found = calendar.next_offer(week=week, today=local_day(at, zone))
        if found is None:
            return
        waiter, days = found
        starts, ends = week.span(week.next_open(local_day(at, zone)), days)
        layout = calendar.with_time(Held(0, starts, ends))
        if layout is None:
            return
        place = WaitingPlace.objects.select_related("person").get(pk=waiter.key)
        if not policies.is_member(person=place.person, community=item.community):
            # Whoever has left the community is passed over, without a word.
            _leave(place, at=at)
            continue
        place.offer = _offer(item, place, layout, starts=starts, ends=ends, at=at)
        place.save(update_fields=["offer"])


def _offer(item: Item, place: WaitingPlace, layout: Layout, **given: datetime) -> Booking:
    at = given["at"]
    loan = Booking(
        community=item.community,
        item=item,
        borrower=place.person,
        made_at=at,
        state=BookingState.OFFERED,
        starts_at=given["starts"],
        ends_at=given["ends"],
        answer_until=answer_until(back_at=at),
    )
    seat(layout, loan=loan)
    tell_borrower(loan, kind="library.your_turn", at=at, answer_at=answer_until(back_at=at).isoformat())
    log(loan, verb="loan_offered", kind="loan", actor=None, at=at, community=item.community)
    return loan


@deed
def take_offer(*, community: Community, loan_id: str, actor: Person, at: datetime) -> Booking:
    """Say yes in time; the days begin with the next on which the window is open.

    :raises AnswerTooLate: the day is over.
    :raises NoSuchLoan: it was kept for somebody else.
    :raises LoanCannotMove: it was answered already.
    """
    loan = locked_loan(community=community, loan_id=loan_id)
    policies.require_loan_of(actor=actor, loan=loan)
    late = loan.answer_until is not None and loan.answer_until <= at
    policies.require(not late or loan.state != BookingState.OFFERED, AnswerTooLate())
    move(loan, BookingState.APPROVED, at=at)
    _begin_today(loan, at=at)
    _end_place(loan, at=at)
    log(loan, verb="offer_taken", kind="loan", actor=actor, at=at, community=community)
    return loan


def _begin_today(loan: Booking, *, at: datetime) -> None:
    """Move the days on when the answer came on a later day, as far as nobody else has booked them."""
    item, zone = loan.item, loan.community.time_zone
    week, calendar = week_of(item), calendar_of(item=loan.item, at=at)
    first = week.next_open(local_day(at, zone))
    days = (loan.ends_at - loan.starts_at).days
    for fewer in range(days, 0, -1):
        starts, ends = week.span(first, fewer)
        layout = calendar.with_time(Held(loan.pk, starts, ends, loan.copy_id))
        if layout is not None:
            loan.starts_at, loan.ends_at = starts, ends
            seat(layout, loan=loan)
            return
    raise TimeTaken


@deed
def decline_offer(*, community: Community, loan_id: str, actor: Person, at: datetime) -> Booking:
    """Say no, without a reason; the next in line is asked at once.

    :raises NoSuchLoan: it was kept for somebody else.
    :raises LoanCannotMove: it was answered already.
    """
    loan = locked_loan(community=community, loan_id=loan_id)
    policies.require_loan_of(actor=actor, loan=loan)
    if loan.state == BookingState.OFFERED:
        end(loan, BookingState.DECLINED, at=at)
        _end_place(loan, at=at)
        offer_next(loan.item, at=at)
        log(loan, verb="offer_declined", kind="loan", actor=actor, at=at, community=community)
    return loan


def lapse_offers(*, at: datetime) -> int:
    """Ask the next person where a day passed without an answer; returns how many days passed so."""
    due = Booking.objects.filter(state=BookingState.OFFERED, answer_until__lte=at).select_related("community")
    return sum(_lapse(loan.community, loan.public_id, at=at) for loan in due.order_by("answer_until", "pk"))


@deed
def _lapse(community: Community, loan_id: str, *, at: datetime) -> bool:
    loan = locked_loan(community=community, loan_id=loan_id)
    if loan.state != BookingState.OFFERED or loan.answer_until is None or loan.answer_until > at:
        return False
    end(loan, BookingState.LAPSED, at=at)
    _end_place(loan, at=at)
    tell_borrower(loan, kind="library.turn_passed", at=at)
    offer_next(loan.item, at=at)
    log(loan, verb="offer_lapsed", kind="loan", actor=None, at=at, community=community)
    return True


def _end_place(loan: Booking, *, at: datetime) -> None:
    WaitingPlace.objects.filter(offer=loan, ended_at=None).update(ended_at=at)


def _leave(place: WaitingPlace, *, at: datetime) -> None:
    place.ended_at = at
    place.save(update_fields=["ended_at"])

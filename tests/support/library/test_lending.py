"""Borrowing from asking to bringing back: who may, when, and what becomes of it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tadamun.foundation.communities.errors import NotAMember
from tadamun.foundation.notices.models import Notice
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.support.library import errors, services
from tadamun.pillars.support.library.models import Booking, Copy, Introduction, RepairTicket
from tadamun.pillars.support.library.vocabulary import (
    BookingState,
    CopyDeed,
    CopyState,
    ItemDeed,
    LoanDeed,
    WhoMay,
)
from tests.aid.make import NOON, make_member, make_person
from tests.support.library import make
from tests.support.library.make import book, hand_out, make_item, make_room, state_of, take_back

DAY = timedelta(days=1)


def kinds_told(person):
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


class TestBooking:
    def test_stands_at_once_and_holds_whole_days_of_the_community(self, community, keeper, layla):
        loan = book(make_item(community, by=keeper), by=layla, in_days=2, days=3)

        assert loan.state == BookingState.APPROVED
        # Midnight in Amman is nine in the evening in Greenwich.
        assert loan.starts_at.isoformat() == "2026-03-02T21:00:00+00:00"
        assert loan.ends_at - loan.starts_at == 3 * DAY

    def test_refuses_a_time_that_somebody_has(self, community, keeper, layla, sami):
        item = make_item(community, by=keeper)
        book(item, by=layla, in_days=1, days=3)

        with pytest.raises(errors.TimeTaken):
            book(item, by=sami, in_days=3, days=2)
        book(item, by=sami, in_days=4, days=2)

    def test_a_pool_gives_out_as_many_as_there_are_and_moves_bookings_together(
        self, community, keeper, layla, sami
    ):
        item = make_item(community, by=keeper, copies=2, at_once_most=9)
        first = book(item, by=layla, in_days=0, days=2)
        between = book(item, by=layla, in_days=1, days=2)
        last = book(item, by=layla, in_days=2, days=2)
        between.delete()
        Booking.objects.filter(pk=last.pk).update(copy=Copy.objects.exclude(pk=first.copy_id).get().pk)

        # One stands on each piece, and still there is room for all four days on one of them.
        whole = book(item, by=sami, in_days=0, days=4)

        assert whole.copy_id is not None
        rows = Booking.objects.values_list("copy_id", flat=True)
        assert None not in rows
        assert Booking.objects.get(pk=first.pk).copy_id == Booking.objects.get(pk=last.pk).copy_id

    @pytest.mark.parametrize(
        ("in_days", "days", "error"),
        [
            (-1, 1, errors.TimePast),
            (93, 1, errors.TimeTooFarAhead),
            (0, 8, errors.LoanTooLong),
            (0, 0, errors.LoanTooLong),
        ],
    )
    def test_refuses_what_the_policy_does_not_allow(self, community, keeper, layla, in_days, days, error):
        item = make_item(community, by=keeper)

        with pytest.raises(error):
            book(item, by=layla, in_days=in_days, days=days)

    def test_begins_on_an_open_day_and_ends_on_the_next_open_one(self, community, keeper, layla):
        friday = 4
        item = make_item(community, by=keeper, open_days=[day for day in range(7) if day != friday])

        with pytest.raises(errors.LibraryClosedThen):
            book(item, by=layla, in_days=5)
        loan = book(item, by=layla, in_days=4, days=2)

        assert loan.ends_at - loan.starts_at == 3 * DAY

    def test_refuses_more_than_one_may_hold(self, community, keeper, layla):
        item = make_item(community, by=keeper, copies=3, at_once_most=1)
        book(item, by=layla)

        with pytest.raises(errors.TooManyAtOnce):
            book(item, by=layla, in_days=3)

    def test_is_for_members_and_where_said_for_those_whom_somebody_met(self, community, keeper):
        item = make_item(community, by=keeper, who_may=WhoMay.VERIFIED)

        with pytest.raises(NotAMember):
            book(item, by=make_person("غريب"))
        with pytest.raises(errors.BorrowersVerified):
            book(item, by=make_member(community, verified=False))
        book(item, by=make_member(community))

    def test_of_what_needs_an_introduction_waits_for_it_once(self, community, keeper, layla):
        item = make_item(community, by=keeper, needs_introduction=True)
        first = book(item, by=layla)
        assert first.state == BookingState.REQUESTED
        assert "library.asked" in kinds_told(keeper)

        services.decide_loan(
            community=community, loan_id=first.public_id, actor=keeper, what=LoanDeed.APPROVE, at=NOON
        )

        assert Introduction.objects.get().person == layla
        assert book(item, by=layla, in_days=3).state == BookingState.APPROVED

    def test_of_a_paused_thing_is_refused(self, community, keeper, layla):
        item = make_item(community, by=keeper)
        services.decide_item(
            community=community, item_id=item.public_id, actor=keeper, what=ItemDeed.PAUSE, at=NOON
        )

        with pytest.raises(errors.NotToBeHad):
            book(item, by=layla)


class TestRooms:
    def ask(self, room, by, begin, minutes, on=date(2026, 3, 2)):
        return services.request_time(
            community=room.community,
            item_id=room.public_id,
            actor=by,
            wanted=services.Hours(on, begin, minutes),
            at=NOON,
        )

    def test_are_had_by_the_hour_without_overlap(self, community, keeper, layla, sami):
        room = make_room(community, by=keeper)
        self.ask(room, layla, time(10), 90)

        with pytest.raises(errors.TimeTaken):
            self.ask(room, sami, time(11), 60)
        self.ask(room, sami, time(11, 30), 60)

    @pytest.mark.parametrize(
        ("begin", "minutes", "error"),
        [
            (time(7, 30), 60, errors.LibraryClosedThen),
            (time(19, 30), 60, errors.LibraryClosedThen),
            (time(10, 10), 60, errors.LibraryClosedThen),
            (time(10), 150, errors.LoanTooLong),
            (time(10), 15, errors.LoanTooLong),
        ],
    )
    def test_are_had_while_they_are_open(self, community, keeper, layla, begin, minutes, error):
        with pytest.raises(error):
            self.ask(make_room(community, by=keeper), layla, begin, minutes)

    def test_end_by_themselves(self, community, keeper, layla):
        loan = self.ask(make_room(community, by=keeper), layla, time(10), 60)

        assert services.settle_past(at=NOON + 2 * DAY) == 1
        assert state_of(loan) == BookingState.RETURNED


class TestTheCounter:
    def test_gives_out_and_takes_back_by_the_label(self, community, keeper, layla):
        loan = book(make_item(community, by=keeper), by=layla, days=2)

        hand_out(loan, by=keeper)
        assert state_of(loan) == BookingState.OUT
        take_back(loan, by=keeper, at=NOON + DAY)

        assert state_of(loan) == BookingState.RETURNED
        verbs = list(
            TrailEntry.objects.filter(thing="loan").order_by("number").values_list("verb", flat=True)
        )
        assert verbs == ["loan_requested", "loan_out", "loan_returned"]

    def test_gives_out_the_piece_that_lies_there_and_moves_the_other_booking(
        self, community, keeper, layla, sami
    ):
        item = make_item(community, by=keeper, copies=2)
        mine, other = book(item, by=layla, days=2), book(item, by=sami, days=2)
        code = Copy.objects.get(pk=other.copy_id).code

        services.hand_out(community=community, loan_id=mine.public_id, code=code, actor=keeper, at=NOON)

        other.refresh_from_db()
        mine.refresh_from_db()
        assert mine.copy.code == code
        assert other.copy_id not in (None, mine.copy_id)

    def test_does_not_give_out_what_is_out(self, community, keeper, layla, sami):
        item = make_item(community, by=keeper)
        loan = book(item, by=layla)
        later = book(item, by=sami, in_days=1)
        hand_out(loan, by=keeper)

        with pytest.raises(errors.CopyNotHere):
            hand_out(later, by=keeper, at=NOON + DAY)

    def test_serves_people_without_an_account_and_seals_what_they_say(self, community, keeper):
        item = make_item(community, by=keeper)
        taker = services.Taker("أمّ خالد", "+962795554443")

        loan = services.hand_out_now(
            community=community,
            code=item.copies.get().code,
            actor=keeper,
            taker=taker,
            days=3,
            at=NOON,
        )

        assert (loan.guest_name, loan.guest_phone) == ("أمّ خالد", "+962795554443")
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT guest_name, guest_phone FROM library_booking")
            sealed = str(cursor.fetchall())
        assert "خالد" not in sealed
        assert "5554443" not in sealed
        take_back(loan, by=keeper, at=NOON + DAY)
        assert services.forget_guests(at=NOON + 20 * DAY) == 0
        assert services.forget_guests(at=NOON + 40 * DAY) == 1
        loan.refresh_from_db()
        assert (loan.guest_name, loan.guest_phone) == ("", "")

    def test_asks_a_guest_for_name_and_phone(self, community, keeper):
        item = make_item(community, by=keeper)

        with pytest.raises(errors.BorrowerNeeded):
            services.hand_out_now(
                community=community,
                code=item.copies.get().code,
                actor=keeper,
                taker=services.Taker("", "+962795554443"),
                days=1,
                at=NOON,
            )

    def test_is_for_coordinators(self, community, keeper, layla):
        loan = book(make_item(community, by=keeper), by=layla)

        with pytest.raises(errors.LibraryForCoordinators):
            hand_out(loan, by=layla)

    def test_writes_down_what_is_lost_and_what_is_found_again(self, community, keeper, layla):
        item = make_item(community, by=keeper)
        loan = book(item, by=layla)
        hand_out(loan, by=keeper)
        services.decide_loan(
            community=community, loan_id=loan.public_id, actor=keeper, what=LoanDeed.LOSE, at=NOON
        )
        assert item.copies.get().state == CopyState.LOST

        take_back(loan, by=keeper, at=NOON + DAY)

        assert state_of(loan) == BookingState.RETURNED
        assert item.copies.get().state == CopyState.SOUND

    def test_a_piece_out_of_use_leaves_its_booking_without_one(self, community, keeper, layla):
        item = make_item(community, by=keeper)
        loan = book(item, by=layla, in_days=2)
        services.change_copy(
            community=community, code=item.copies.get().code, actor=keeper, what=CopyDeed.RETIRE, at=NOON
        )

        loan.refresh_from_db()
        assert (loan.state, loan.copy_id) == (BookingState.APPROVED, None)


class TestBreakage:
    def test_opens_a_ticket_and_never_a_debt(self, community, keeper, layla):
        item = make_item(community, by=keeper)
        loan = book(item, by=layla)
        hand_out(loan, by=keeper)

        services.report_breakage(
            community=community, loan_id=loan.public_id, actor=layla, words="انكسرت درجة", helps=True, at=NOON
        )
        take_back(loan, by=keeper, at=NOON + DAY, broken="انكسرت درجة")

        ticket = RepairTicket.objects.get()
        assert (ticket.helps, ticket.told_by, ticket.words) == (True, layla, "انكسرت درجة")
        assert state_of(loan) == BookingState.DAMAGED
        assert item.copies.get().state == CopyState.MENDING
        assert "library.broke" in kinds_told(keeper)
        fields = {field.name for field in Booking._meta.get_fields()}
        assert not {name for name in fields if any(word in name for word in ("fine", "fee", "debt", "owed"))}

    def test_keeps_the_piece_away_until_it_is_mended(self, community, keeper, layla, sami):
        item = make_item(community, by=keeper)
        loan = book(item, by=layla)
        hand_out(loan, by=keeper)
        take_back(loan, by=keeper, at=NOON, broken="عطل")
        with pytest.raises(errors.TimeTaken):
            book(item, by=sami, in_days=1)

        ticket = RepairTicket.objects.get()
        services.close_repair(
            community=community, repair_id=ticket.public_id, actor=keeper, mended=True, at=NOON
        )

        assert book(item, by=sami, in_days=1).copy_id is not None


class TestReminders:
    def test_say_it_the_day_before_and_kindly_when_it_is_late(self, community, keeper, layla):
        loan = book(make_item(community, by=keeper), by=layla, days=2)
        hand_out(loan, by=keeper)

        for hours in range(0, 24 * 20, 6):
            services.remind(at=NOON + timedelta(hours=hours))

        assert kinds_told(layla) == ["library.due"] + ["library.late"] * 3

    def test_what_nobody_came_for_never_happened(self, community, keeper, layla):
        loan = book(make_item(community, by=keeper), by=layla)

        services.settle_past(at=NOON + 2 * DAY)

        assert state_of(loan) == BookingState.NEVER_HAPPENED


def test_forgetting_takes_the_name_off_everything(community, keeper, layla, sami):
    item = make_item(community, by=keeper)
    loan = book(item, by=layla)
    hand_out(loan, by=keeper)
    later = book(item, by=layla, in_days=3)
    own = services.add_item(community=community, actor=layla, facts=services.ItemFacts(name="مثقاب"), at=NOON)
    services.join_line(community=community, item_id=item.public_id, actor=sami, days=1, at=NOON)

    services.forget_person(person=layla, at=NOON)

    assert state_of(loan) == BookingState.OUT
    assert state_of(later) == BookingState.CANCELLED
    assert not Booking.objects.filter(borrower=layla).exists()
    own.refresh_from_db()
    assert (own.lender, own.state) == (None, "retired")
    assert make.TODAY

"""Waiting for a thing: first come, first served, and the clock that begins when it is back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tadamun.foundation.communities.services import leave
from tadamun.foundation.notices.models import Notice
from tadamun.pillars.support.library import errors, services
from tadamun.pillars.support.library.models import Booking, WaitingPlace
from tadamun.pillars.support.library.vocabulary import BookingState
from tests.aid.make import NOON, make_member
from tests.support.library.make import book, hand_out, make_item, make_room, state_of, take_back

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def join(item, by, *, days=2, at=NOON):
    return services.join_line(community=item.community, item_id=item.public_id, actor=by, days=days, at=at)


def offers():
    return list(Booking.objects.filter(state=BookingState.OFFERED).order_by("pk"))


@pytest.fixture
def away(community, keeper, layla):
    """A ladder that is out for three days."""
    loan = book(make_item(community, by=keeper), by=layla, days=3)
    return hand_out(loan, by=keeper)


def test_the_first_in_line_is_asked_when_the_thing_is_back(away, keeper, sami, reem):
    join(away.item, reem, at=NOON)
    join(away.item, sami, at=NOON + HOUR)
    assert offers() == []

    back = NOON + DAY
    take_back(away, by=keeper, at=back)

    (offer,) = offers()
    assert offer.borrower == reem
    assert offer.answer_until == back + DAY
    assert Notice.objects.filter(recipient=reem, kind="library.your_turn").exists()
    assert not Notice.objects.filter(recipient=sami).exists()


def test_the_thing_is_kept_for_the_answer(away, keeper, sami, reem):
    join(away.item, reem)
    take_back(away, by=keeper, at=NOON + DAY)

    with pytest.raises(errors.TimeTaken):
        book(away.item, by=sami, in_days=0, at=NOON + DAY)


def test_whoever_says_yes_has_it(away, keeper, reem):
    join(away.item, reem)
    take_back(away, by=keeper, at=NOON)
    (offer,) = offers()

    services.take_offer(
        community=away.community, loan_id=offer.public_id, actor=reem, at=NOON + timedelta(hours=20)
    )

    assert state_of(offer) == BookingState.APPROVED
    # The answer came on the next day: so do the days.
    assert offer.ends_at - offer.starts_at == 2 * DAY
    assert offer.starts_at.isoformat() == "2026-03-01T21:00:00+00:00"
    assert not WaitingPlace.objects.filter(ended_at=None).exists()


def test_a_day_without_an_answer_passes_it_on_with_a_new_clock(away, keeper, sami, reem):
    join(away.item, reem)
    join(away.item, sami, at=NOON + HOUR)
    take_back(away, by=keeper, at=NOON)
    (first,) = offers()

    assert services.lapse_offers(at=NOON + DAY - HOUR) == 0
    with pytest.raises(errors.AnswerTooLate):
        services.take_offer(community=away.community, loan_id=first.public_id, actor=reem, at=NOON + DAY)
    assert services.lapse_offers(at=NOON + DAY + HOUR) == 1

    (second,) = offers()
    assert (second.borrower, second.answer_until) == (sami, NOON + 2 * DAY + HOUR)
    assert state_of(first) == BookingState.LAPSED


def test_a_no_asks_the_next_at_once(away, keeper, sami, reem):
    join(away.item, reem)
    join(away.item, sami, at=NOON + HOUR)
    take_back(away, by=keeper, at=NOON)
    (first,) = offers()

    services.decline_offer(community=away.community, loan_id=first.public_id, actor=reem, at=NOON + HOUR)

    assert [offer.borrower for offer in offers()] == [sami]


def test_whoever_left_the_community_is_passed_over(away, keeper, sami, reem):
    join(away.item, reem)
    join(away.item, sami, at=NOON + HOUR)
    leave(community=away.community, person=reem, at=NOON)

    take_back(away, by=keeper, at=NOON + DAY)

    assert [offer.borrower for offer in offers()] == [sami]


def test_a_call_off_asks_the_first_in_line_too(community, keeper, layla, reem):
    item = make_item(community, by=keeper)
    loan = book(item, by=layla, days=2)
    join(item, reem)

    services.cancel_loan(community=community, loan_id=loan.public_id, actor=layla, at=NOON)

    assert [offer.borrower for offer in offers()] == [reem]


def test_leaving_gives_the_place_to_the_next(away, keeper, sami, reem):
    join(away.item, reem)
    join(away.item, sami, at=NOON + HOUR)
    take_back(away, by=keeper, at=NOON)

    for _again in range(2):
        services.leave_line(community=away.community, item_id=away.item.public_id, actor=reem, at=NOON)

    assert [offer.borrower for offer in offers()] == [sami]


def test_one_stands_in_a_line_once_and_only_for_things(community, keeper, away, sami):
    join(away.item, sami)

    with pytest.raises(errors.AlreadyInLine):
        join(away.item, sami)
    with pytest.raises(errors.NoLineHere):
        join(make_room(community, by=keeper), sami)


def test_what_is_here_is_offered_at_once_and_for_as_long_as_it_is_free(community, keeper, layla, sami):
    item = make_item(community, by=keeper)
    book(item, by=layla, in_days=2, days=2)

    join(item, sami, days=5)

    (offer,) = offers()
    assert offer.ends_at - offer.starts_at == 2 * DAY


class TestRenewing:
    def renew(self, loan, by, at=NOON + DAY):
        return services.renew(community=loan.community, loan_id=loan.public_id, actor=by, at=at)

    def test_adds_the_days_it_is_lent_for(self, away, layla):
        before = away.ends_at

        assert self.renew(away, layla).ends_at == before + 7 * DAY

    def test_is_refused_while_somebody_waits(self, away, layla, sami):
        join(away.item, sami)

        with pytest.raises(errors.SomebodyWaits):
            self.renew(away, layla)

    def test_is_refused_where_the_days_are_booked(self, away, layla, sami):
        book(away.item, by=sami, in_days=5)

        with pytest.raises(errors.TimeTaken):
            self.renew(away, layla)

    def test_moves_another_booking_to_a_free_piece(self, community, keeper, layla, sami):
        item = make_item(community, by=keeper, copies=2)
        loan = hand_out(book(item, by=layla, days=2), by=keeper)
        other = book(item, by=sami, in_days=3)
        Booking.objects.filter(pk=other.pk).update(copy=loan.copy)

        self.renew(loan, layla)

        other.refresh_from_db()
        assert other.copy_id not in (None, loan.copy_id)

    def test_goes_as_often_as_the_policy_says(self, away, layla):
        self.renew(away, layla)

        with pytest.raises(errors.RenewedEnough):
            self.renew(away, layla)

    def test_of_what_is_late_begins_today(self, away, layla):
        renewed = self.renew(away, layla, at=NOON + 10 * DAY)

        assert renewed.ends_at.isoformat() == "2026-03-18T21:00:00+00:00"

    def test_is_nobody_elses(self, away, sami):
        with pytest.raises(errors.NoSuchLoan):
            self.renew(away, sami)


def test_nobody_else_answers_for_whoever_is_asked(away, keeper, sami, reem, community):
    join(away.item, reem)
    take_back(away, by=keeper, at=NOON)
    (offer,) = offers()

    for stranger in (sami, make_member(community)):
        with pytest.raises(errors.NoSuchLoan):
            services.take_offer(community=community, loan_id=offer.public_id, actor=stranger, at=NOON)

"""A distribution day: many parcels of one offer, a numbered list, a counter."""

from datetime import timedelta

import pytest

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import (
    CheckedOffAlready,
    CoordinatorsOnly,
    DateOutOfRange,
    NoSuchMatch,
    NothingToHandOut,
    WrongCode,
)
from tadamun.pillars.aid.needs.vocabulary import Confirmation, LineState, MatchState
from tests.aid import make
from tests.aid.make import NOON

OPENS, CLOSES = NOON + timedelta(days=1), NOON + timedelta(days=1, hours=4)


@pytest.fixture
def parcels(community, coordinator):
    return make.make_offer(
        community,
        giver=make.make_member(community, name="جمعية الزيتون"),
        quantity=50,
        is_organisation=True,
        giver_name="جمعية الزيتون",
        brings_it=False,
    )


@pytest.fixture
def matches(community, coordinator, parcels):
    made = []
    for number in range(3):
        at = NOON + timedelta(minutes=number)
        line = make.make_line(community, by=coordinator, phone=f"+96279100000{number}", at=at)
        made.append(make.accepted_match(line, parcels, by=coordinator, at=at))
    return made


def open_day(parcels, by, **changes):
    given = {"opens_at": OPENS, "closes_at": CLOSES, "at": NOON, **changes}
    return services.open_distribution(
        offer_id=parcels.public_id, title="سلال آذار", where="مركز الحيّ", actor=by, **given
    )


def test_lists_every_accepted_parcel_in_the_order_of_the_answers(parcels, matches, coordinator):
    day = open_day(parcels, coordinator)

    card = queries.distribution_card(distribution_id=day.public_id, viewer=coordinator)
    numbers = [(seat.number, seat.request_number) for seat in card.seats]
    assert numbers == [(place, match.line.request.number) for place, match in enumerate(matches, start=1)]
    matches[0].refresh_from_db()
    assert (matches[0].state, matches[0].window_from) == (MatchState.SCHEDULED, OPENS)


def test_a_parcel_stands_on_one_list(community, parcels, matches, coordinator):
    open_day(parcels, coordinator)

    with pytest.raises(NothingToHandOut):
        open_day(parcels, coordinator)


@pytest.mark.parametrize("changes", [{"closes_at": OPENS}, {"at": CLOSES + timedelta(hours=1)}])
def test_refuses_hours_that_cannot_be(parcels, matches, coordinator, changes):
    with pytest.raises(DateOutOfRange):
        open_day(parcels, coordinator, **changes)


class TestCounter:
    def check(self, day, by, number=1, code=""):
        return services.check_off(distribution_id=day.public_id, number=number, code=code, actor=by, at=OPENS)

    def test_number_and_code_meet_the_need(self, parcels, matches, coordinator):
        day = open_day(parcels, coordinator)

        self.check(day, coordinator, code=matches[0].code)

        matches[0].refresh_from_db()
        assert (matches[0].confirmed_how, matches[0].line.state) == (Confirmation.COUNTER, LineState.MET)
        assert queries.distribution_card(distribution_id=day.public_id, viewer=coordinator).checked == 1

    def test_without_a_phone_the_coordinator_vouches(self, parcels, matches, coordinator):
        day = open_day(parcels, coordinator)

        assert self.check(day, coordinator, number=2).checked_by == coordinator

    def test_a_wrong_code_hands_out_nothing(self, parcels, matches, coordinator):
        day = open_day(parcels, coordinator)
        wrong = "999" if matches[0].code != "999" else "998"

        with pytest.raises(WrongCode):
            self.check(day, coordinator, code=wrong)
        matches[0].refresh_from_db()
        assert matches[0].state == MatchState.SCHEDULED

    def test_nobody_gets_two(self, parcels, matches, coordinator):
        day = open_day(parcels, coordinator)
        self.check(day, coordinator)
        services.confirm_receipt(match_id=matches[1].public_id, actor=coordinator, at=OPENS)

        for number in (1, 2):
            with pytest.raises(CheckedOffAlready):
                self.check(day, coordinator, number=number)
        assert queries.distribution_card(distribution_id=day.public_id, viewer=coordinator).checked == 2

    def test_an_unknown_number_and_other_hands_are_refused(self, community, parcels, matches, coordinator):
        day = open_day(parcels, coordinator)

        with pytest.raises(NoSuchMatch):
            self.check(day, coordinator, number=99)
        with pytest.raises(CoordinatorsOnly):
            self.check(day, make.make_member(community, "volunteer"))

    def test_who_did_not_come_keeps_the_match(self, parcels, matches, coordinator):
        day = open_day(parcels, coordinator)
        services.close_distribution(distribution_id=day.public_id, actor=coordinator, at=CLOSES)
        again = services.close_distribution(
            distribution_id=day.public_id, actor=coordinator, at=CLOSES + timedelta(hours=1)
        )

        matches[2].refresh_from_db()
        assert (again.closed_at, matches[2].state) == (CLOSES, MatchState.SCHEDULED)

"""Many at the same moment, each with a database connection of its own: what stands is compatible, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tadamun.pillars.support.library import errors, services
from tadamun.pillars.support.library.models import Booking
from tadamun.pillars.support.library.vocabulary import HOLDING
from tests.aid.make import NOON, make_community, make_coordinator, make_member
from tests.foundation.together import together
from tests.support.library.make import book, hand_out, make_item, take_back

pytestmark = pytest.mark.django_db(transaction=True)
FIFTY = 50


def overlapping():
    """Pairs of bookings that stand on one piece at one moment."""
    rows = list(Booking.objects.filter(state__in=HOLDING).order_by("starts_at"))
    assert all(row.copy_id for row in rows)
    return [
        (one, other)
        for place, one in enumerate(rows)
        for other in rows[place + 1 :]
        if one.copy_id == other.copy_id and one.starts_at < other.ends_at and other.starts_at < one.ends_at
    ]


@pytest.mark.parametrize("copies", [1, 3])
def test_of_fifty_overlapping_bookings_exactly_the_compatible_ones_stand(copies):
    community = make_community()
    keeper = make_coordinator(community)
    item = make_item(community, by=keeper, copies=copies, at_once_most=50, days_most=3)
    people = [make_member(community) for _ in range(FIFTY)]

    def ask(place):
        # Ten groups of five, each after the same three days; within a group all overlap.
        return lambda: book(item, by=people[place], in_days=(place % 10) * 3 + place // 10 % 2, days=2)

    outcomes = together([ask(place) for place in range(FIFTY)])

    stood = [one for one in outcomes if isinstance(one, Booking)]
    assert {type(one) for one in outcomes if one not in stood} <= {errors.TimeTaken}
    assert len(stood) == 10 * copies
    assert Booking.objects.count() == len(stood)
    assert overlapping() == []


def test_one_time_asked_for_by_fifty_is_one_persons():
    community = make_community()
    item = make_item(community, by=make_coordinator(community))
    people = [make_member(community) for _ in range(FIFTY)]

    outcomes = together([lambda who=who: book(item, by=who, in_days=1, days=3) for who in people])

    assert sum(isinstance(one, Booking) for one in outcomes) == 1
    assert sum(isinstance(one, errors.TimeTaken) for one in outcomes) == FIFTY - 1


def test_one_member_asking_twice_at_once_holds_no_more_than_one_may():
    community = make_community()
    item = make_item(community, by=make_coordinator(community), copies=4, at_once_most=1)
    layla = make_member(community)

    outcomes = together([lambda step=step: book(item, by=layla, in_days=step * 2) for step in range(4)])

    assert sum(isinstance(one, Booking) for one in outcomes) == 1


def test_a_thing_that_comes_back_while_people_join_is_offered_once():
    community = make_community()
    keeper, layla = make_coordinator(community), make_member(community)
    item = make_item(community, by=keeper)
    loan = hand_out(book(item, by=layla, days=2), by=keeper)
    people = [make_member(community) for _ in range(6)]

    def join(who):
        return lambda: services.join_line(
            community=community, item_id=item.public_id, actor=who, days=2, at=NOON
        )

    outcomes = together([*map(join, people), lambda: take_back(loan, by=keeper, at=NOON)])

    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert Booking.objects.filter(state="offered").count() == 1
    assert overlapping() == []


def test_postgresql_itself_refuses_one_piece_twice():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: the transaction that looks is the one that writes")
    community = make_community()
    loan = book(make_item(community, by=make_coordinator(community)), by=make_member(community), days=3)
    twin = Booking.objects.get(pk=loan.pk)
    twin.pk, twin.public_id = None, "anotherone22"
    twin.starts_at = loan.starts_at + timedelta(days=1)

    with pytest.raises(IntegrityError, match="never_overlaps"), transaction.atomic():
        twin.save(force_insert=True)

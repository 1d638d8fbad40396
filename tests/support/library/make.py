"""Things to borrow, and those who borrow them, for tests."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.library import services
from tadamun.pillars.support.library.models import Booking, Item
from tadamun.pillars.support.library.vocabulary import BookingState, Kind
from tests.aid.make import NOON

EVERY_DAY = tuple(range(7))
TODAY = date(2026, 3, 1)
"""The Sunday of NOON, in Amman."""


def make_item(
    community: Community, *, by: Person, copies: int = 1, at: datetime = NOON, **facts: Any
) -> Item:
    """Something listed, open every day from eight to eight unless said otherwise."""
    given = {
        "name": "سلّم ألمنيوم",
        "open_days": EVERY_DAY,
        "opens": time(8),
        "closes": time(20),
        "days_most": 7,
        "at_once_most": 5,
    }
    return services.add_item(
        community=community, actor=by, facts=services.ItemFacts(**{**given, **facts}), copies=copies, at=at
    )


def make_room(community: Community, *, by: Person, **facts: Any) -> Item:
    """A room by the hour."""
    return make_item(community, by=by, **{"name": "قاعة الحيّ", "kind": Kind.SPACE, **facts})


def book(item: Item, *, by: Person, in_days: int = 0, days: int = 1, at: datetime = NOON) -> Booking:
    """Book a thing from so many days after today."""
    first = at.date() + timedelta(days=in_days)
    return services.request_time(
        community=item.community, item_id=item.public_id, actor=by, wanted=services.Days(first, days), at=at
    )


def hand_out(loan: Booking, *, by: Person, at: datetime = NOON) -> Booking:
    """Give it out over the counter, on the piece it stands on."""
    loan.refresh_from_db()
    assert loan.copy is not None
    return services.hand_out(
        community=loan.community, loan_id=loan.public_id, code=loan.copy.code, actor=by, at=at
    )


def take_back(loan: Booking, *, by: Person, at: datetime, **said: Any) -> Booking:
    """Take it back over the counter."""
    loan.refresh_from_db()
    assert loan.copy is not None
    return services.take_back(community=loan.community, code=loan.copy.code, actor=by, at=at, **said)


def state_of(loan: Booking) -> BookingState:
    """How it stands in the database."""
    loan.refresh_from_db()
    return BookingState(loan.state)

"""The calendar of an item, as the rules of `slots` see it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tadamun.pillars.support.library.models import Booking, Copy, Item, WaitingPlace
from tadamun.pillars.support.library.slots import Calendar, Held, Waiter, Week, local_day, midnight
from tadamun.pillars.support.library.vocabulary import HOLDING, PINNED, BookingState, CopyState, Kind


def week_of(item: Item) -> Week:
    """When the window of an item is open, on its community's clock."""
    return Week(tuple(item.open_days), item.community.time_zone)


def calendar_of(*, item: Item, at: datetime) -> Calendar:
    """The pieces that can be lent, what is taken from now on, and the line of those who were not asked yet."""
    copies = Copy.objects.filter(item=item, state=CopyState.SOUND).order_by("code", "pk")
    waiting = WaitingPlace.objects.filter(item=item, ended_at=None, offer=None).order_by("joined_at", "pk")
    return Calendar(
        copies=tuple(copies.values_list("pk", flat=True)),
        held=tuple(held_times(item=item, at=at)),
        waiting=tuple(Waiter(row.pk, row.joined_at, row.days) for row in waiting),
    )


def held_times(*, item: Item, at: datetime) -> list[Held]:
    """What is taken from now on. What is out and late is taken until it is back: today at least, whatever was said."""
    rows = Booking.objects.filter(item=item, state__in=HOLDING).order_by("starts_at", "pk")
    return [_held(row, item, at) for row in rows if row.state == BookingState.OUT or row.ends_at > at]


def _held(row: Booking, item: Item, at: datetime) -> Held:
    ends = row.ends_at
    if row.state == BookingState.OUT and ends <= at:
        zone = item.community.time_zone
        tomorrow = midnight(local_day(at, zone) + timedelta(days=1), zone)
        ends = tomorrow if item.kind == Kind.THING else at + timedelta(minutes=1)
    return Held(row.pk, row.starts_at, ends, row.copy_id, row.state in PINNED)

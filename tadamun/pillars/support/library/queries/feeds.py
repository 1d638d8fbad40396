"""What a calendar reads by its secret address: the holder's own times, and nobody else's name."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import is_member
from tadamun.foundation.sealed import keyed_hash
from tadamun.pillars.support.library.cards import FeedEvent
from tadamun.pillars.support.library.errors import NoSuchFeed
from tadamun.pillars.support.library.models import Booking, CalendarFeed
from tadamun.pillars.support.library.slots import last_day, local_day
from tadamun.pillars.support.library.vocabulary import HOLDING, BookingState, Kind

PURPOSE = "library-feed"
PAST = timedelta(days=31)
EVENTS_MOST = 200
_GONE = (BookingState.CANCELLED, BookingState.DECLINED, BookingState.LAPSED, BookingState.NEVER_HAPPENED)


def feed_events(*, community: Community, token: str, at: datetime) -> list[FeedEvent]:
    """The times of whoever holds this address: what they borrow, and when something of theirs is with others.

    :raises NoSuchFeed: the address opens nothing, or its holder is no longer a member.
    """
    found = CalendarFeed.objects.select_related("person").filter(
        community=community, token_hash=keyed_hash(token, purpose=PURPOSE)
    )
    feed = found.first()
    if feed is None or not feed.person.is_active or not is_member(person=feed.person, community=community):
        raise NoSuchFeed
    rows = Booking.objects.filter(Q(borrower=feed.person) | Q(item__lender=feed.person), community=community)
    rows = rows.filter(ends_at__gt=at - PAST).exclude(state=BookingState.OFFERED)
    return [
        _event(row)
        for row in rows.select_related("item", "community").order_by("starts_at", "pk")[:EVENTS_MOST]
    ]


def has_feed(*, community: Community, viewer: Any) -> bool:
    """Whether the viewer's calendar has an address."""
    return CalendarFeed.objects.filter(community=community, person=viewer).exists()


def _event(row: Booking) -> FeedEvent:
    zone = row.community.time_zone
    return FeedEvent(
        uid=row.public_id,
        what=row.item.name,
        place=row.item.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        all_day=row.item.kind == Kind.THING,
        first=local_day(row.starts_at, zone),
        last=last_day(row.ends_at, zone),
        cancelled=row.state not in HOLDING and row.state in _GONE,
        changed_at=row.ended_at or row.out_at or row.made_at,
    )

"""What the worker does: messages and talks end, meetings come into the calendar, those who wait are looked after."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.communities.vocabulary import MembershipState
from tadamun.foundation.jobs.services import every
from tadamun.pillars.support.circles.models import Circle, Listener, Message, Seat, Session, Talk
from tadamun.pillars.support.circles.services.joining import take_out
from tadamun.pillars.support.circles.services.listening import close_talk, match_waiting
from tadamun.pillars.support.circles.services.opening import plan_sessions
from tadamun.pillars.support.circles.vocabulary import TALK_AT_MOST, WEEK, TalkState

KEPT_AFTER = timedelta(days=60)
"""Past meetings, with who came, go after so long; a hard one that nobody spoke about waits for it."""


@every(name="circles.expire_messages", interval=timedelta(minutes=10))
def expire_messages(*, at: datetime) -> int:
    """Delete what was written and whose time is over; how many."""
    return Message.objects.filter(expires_at__lte=at).delete()[1].get("circles.Message", 0)


@every(name="circles.plan_sessions", interval=timedelta(hours=1))
def plan_all_sessions(*, at: datetime) -> int:
    """Write the next meetings of every circle into the calendar, and drop old ones; how many are new."""
    Session.objects.filter(
        Q(hard_at=None) | Q(debriefed_at__isnull=False), starts_at__lt=at - KEPT_AFTER
    ).delete()
    circles = Circle.objects.filter(closed_at=None).select_related("community")
    return sum(plan_sessions(circle=circle, at=at) for circle in circles)


@every(name="circles.end_talks", interval=timedelta(hours=1))
def end_talks(*, at: datetime) -> int:
    """End talks that went on for two weeks, forget those that ended a week ago, and look for those who wait."""
    Talk.objects.filter(state=TalkState.ENDED, ended_at__lt=at - WEEK).delete()
    old = Q(matched_at__lt=at - TALK_AT_MOST) | Q(matched_at=None, asked_at__lt=at - TALK_AT_MOST)
    ended = 0
    with transaction.atomic():
        for talk in Talk.objects.select_for_update().filter(old).exclude(state=TalkState.ENDED):
            close_talk(talk=talk, at=at)
            ended += 1
    waiting = Talk.objects.filter(state=TalkState.WAITING).values("community")
    for community in Community.objects.filter(pk__in=waiting):
        match_waiting(community=community, at=at)
    return ended


@every(name="circles.follow_memberships", interval=timedelta(hours=1))
def follow_memberships(*, at: datetime) -> int:
    """Whoever left the community left its circles and talks; their seats and messages go, how many seats."""
    gone = 0
    seats = Seat.objects.filter(~Exists(_belonging("circle__community")))
    for key in list(seats.values_list("pk", flat=True)):
        with transaction.atomic():
            seat = Seat.objects.filter(pk=key).select_related("circle__community", "person").first()
            if seat is None:
                continue
            Circle.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.circle_id)
            take_out(seat=seat, at=at, erase=True)
            gone += 1
    Listener.objects.filter(~Exists(_belonging("community"))).delete()
    Talk.objects.filter(~Exists(_belonging("community"))).delete()
    return gone


def _belonging(community: str) -> QuerySet[Membership]:
    return Membership.objects.filter(
        community=OuterRef(community), person=OuterRef("person"), state=MembershipState.ACTIVE
    )

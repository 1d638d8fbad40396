"""Opening a circle, changing it, closing it; the circle of the hosts; meetings ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import record
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.errors import (
    AgreementHasFiveLines,
    CircleIsClosed,
    NoSuchCircle,
    OnlyHosts,
)
from tadamun.pillars.support.circles.models import Circle, Seat, Session
from tadamun.pillars.support.circles.vocabulary import (
    AGREEMENT_LINES,
    LINE_MOST,
    ForWhom,
    Kind,
    Rhythm,
    SeatRole,
    SeatState,
)
from tadamun.pillars.support.circles.vocabulary.rhythm import meetings

AHEAD = 2
"""So many meetings stand in the calendar."""


@dataclass(frozen=True)
class CircleFacts:
    """What a host says of a circle; `agreement` has five lines, ages only for minors."""

    name: str
    purpose: str
    agreement: tuple[str, ...]
    first_on: date
    clock: time
    for_whom: ForWhom = ForWhom.MIXED
    language: str = "ar"
    age_from: int | None = None
    age_to: int | None = None
    size_most: int = 10
    place: str = ""
    link: str = ""
    rhythm: Rhythm = Rhythm.WEEKLY
    minutes: int = 60
    allows_pseudonym: bool = True
    message_days: int = 14


@transaction.atomic
def open_circle(
    *, community: Community, actor: Person, facts: CircleFacts, alias: str, about: str, at: datetime
) -> Circle:
    """Open a circle with oneself as its first host.

    :raises HostsAreChecked: the actor has not been met by a coordinator.
    :raises AgreementHasFiveLines: the agreement is longer or shorter.
    """
    policies.require_checked(person=actor, community=community)
    circle = Circle(community=community, opened_at=at)
    _take(circle, facts)
    circle.save(force_insert=True)
    Seat.objects.create(
        circle=circle,
        person=actor,
        role=SeatRole.HOST,
        state=SeatState.INSIDE,
        alias=alias,
        about=about,
        asked_at=at,
    )
    seat_among_hosts(community=community, person=actor, alias=alias, at=at)
    plan_sessions(circle=circle, at=at)
    _log(circle, "circle_opened", at)
    return circle


@transaction.atomic
def change_circle(
    *, circle_id: str, community: Community, actor: Person, facts: CircleFacts, at: datetime
) -> None:
    """Say something else of a circle; meetings ahead follow the new rhythm, and answers to moved ones go.

    :raises OnlyHosts: somebody inside who does not host.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require_host(person=actor, circle=circle)
    policies.require(circle.kind == Kind.OPEN, OnlyHosts())
    before = (circle.rhythm, circle.first_on, circle.clock)
    _take(circle, facts)
    circle.save()
    if before != (circle.rhythm, circle.first_on, circle.clock):
        Session.objects.filter(circle=circle, starts_at__gt=at).delete()
    plan_sessions(circle=circle, at=at)


@transaction.atomic
def close_circle(*, circle_id: str, community: Community, actor: Person, at: datetime) -> None:
    """Close a circle: seats, messages and meetings go at once; what stays is that it was there.

    :raises OnlyHosts: neither a host nor a coordinator or steward.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require(policies.may_close(person=actor, circle=circle), OnlyHosts())
    circle.messages.all().delete()
    circle.sessions.all().delete()
    circle.seats.all().delete()
    circle.closed_at, circle.link = at, ""
    circle.save(update_fields=["closed_at", "link"])
    _log(circle, "circle_closed", at)


def lock_circle(*, community: Community, circle_id: str) -> Circle:
    """The circle under its lock: every change of seats, answers and messages begins here.

    :raises NoSuchCircle: there is none of this id here.
    :raises CircleIsClosed: it meets no more.
    """
    rows = Circle.objects.select_for_update(of=("self",), no_key=True).select_related("community")
    circle = rows.filter(community=community, public_id=circle_id).first()
    if circle is None:
        raise NoSuchCircle
    policies.require(circle.closed_at is None, CircleIsClosed())
    return circle


def plan_sessions(*, circle: Circle, at: datetime) -> int:
    """Write the next meetings into the calendar; how many were new."""
    ahead = meetings(
        rhythm=Rhythm(circle.rhythm),
        first_on=circle.first_on,
        clock=circle.clock,
        zone=circle.community.time_zone,
        after=at,
        count=AHEAD,
    )
    made = [Session(circle=circle, starts_at=moment, capacity=circle.size_most) for moment in ahead]
    known = set(Session.objects.filter(circle=circle).values_list("starts_at", flat=True))
    new = [session for session in made if session.starts_at not in known]
    Session.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def seat_among_hosts(*, community: Community, person: Person, alias: str, at: datetime) -> Seat:
    """Give a host their seat in the circle of the hosts, which comes into being with the first of them."""
    circle = Circle.objects.filter(community=community, kind=Kind.HOSTS).first() or _hosts_circle(
        community, at
    )
    seat, _ = Seat.objects.get_or_create(
        circle=circle, person=person, defaults={"state": SeatState.INSIDE, "alias": alias, "asked_at": at}
    )
    return seat


def _hosts_circle(community: Community, at: datetime) -> Circle:
    circle, made = Circle.objects.get_or_create(
        community=community,
        kind=Kind.HOSTS,
        defaults={
            # Its words are put in when it is read, in the reader's language.
            "name": "hosts",
            "agreement": "",
            "rhythm": Rhythm.MONTHLY,
            "first_on": at.date() + timedelta(days=7),
            "clock": time(17),
            "size_most": 200,
            "opened_at": at,
        },
    )
    if made:
        plan_sessions(circle=circle, at=at)
    return circle


def _take(circle: Circle, facts: CircleFacts) -> None:
    lines = [line for line in facts.agreement if line]
    fits = len(lines) == AGREEMENT_LINES and all(len(line) <= LINE_MOST for line in lines)
    policies.require(fits, AgreementHasFiveLines())
    for name in (
        "name", "purpose", "for_whom", "language", "age_from", "age_to", "size_most", "place", "link", "rhythm",
        "first_on", "clock", "minutes", "allows_pseudonym", "message_days",
    ):  # fmt: skip
        setattr(circle, name, getattr(facts, name))
    circle.agreement = "\n".join(lines)


def _log(circle: Circle, verb: str, at: datetime) -> None:
    """That a circle was opened or closed: nobody's id stands beside it."""
    record(scope=circle.community.public_id, verb=verb, thing="circle", thing_id=circle.public_id, at=at)

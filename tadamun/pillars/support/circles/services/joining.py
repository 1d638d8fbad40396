"""Asking a host to join, being taken in, leaving. Nobody is told that somebody left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.errors import (
    AgreementNeeded,
    AlreadyInCircle,
    CannotAskHere,
    CircleIsFull,
    CircleNeedsTwoHosts,
    LastHost,
    NoSuchSeat,
    NotOfThisAge,
    OnlyHosts,
)
from tadamun.pillars.support.circles.models import Circle, Message, Seat
from tadamun.pillars.support.circles.services.meeting import fill_from_waiting, leave_sessions
from tadamun.pillars.support.circles.services.opening import lock_circle, seat_among_hosts
from tadamun.pillars.support.circles.services.telling import tell_news
from tadamun.pillars.support.circles.vocabulary import Kind, SeatRole, SeatState


@dataclass(frozen=True)
class Asking:
    """What somebody says who wants to join. `age` is looked at and not kept."""

    alias: str
    accepts: bool
    adult: bool = False
    age: int | None = None
    as_host: bool = False
    about: str = ""


@transaction.atomic
def ask_to_join(
    *, circle_id: str, community: Community, person: Person, asking: Asking, at: datetime
) -> Seat:
    """Ask the hosts for a seat; only they learn of it.

    :raises AgreementNeeded: the five lines were not accepted.
    :raises NotOfThisAge: the circle is for another age.
    :raises CircleNeedsTwoHosts: a circle of minors that rests takes only hosts.
    :raises HostsAreChecked: somebody wants to host whom no coordinator has met.
    :raises AlreadyInCircle: asked before, or inside.
    :raises CannotAskHere: taken out by the hosts before.
    """
    policies.require_member(person=person, community=community)
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require(circle.kind == Kind.OPEN, CannotAskHere())
    policies.require(asking.accepts, AgreementNeeded())
    if asking.as_host:
        policies.require_checked(person=person, community=community)
        policies.require(asking.adult, NotOfThisAge())
    else:
        policies.require(_of_age(circle, asking), NotOfThisAge())
        policies.require(not policies.rests(circle=circle), CircleNeedsTwoHosts())
    earlier = Seat.objects.filter(circle=circle, person=person).first()
    if earlier is not None:
        raise CannotAskHere if earlier.state == SeatState.BLOCKED else AlreadyInCircle
    seat = Seat.objects.create(
        circle=circle,
        person=person,
        role=SeatRole.HOST if asking.as_host else SeatRole.MEMBER,
        alias=asking.alias,
        about=asking.about if asking.as_host else "",
        asked_at=at,
    )
    tell_hosts(circle=circle, at=at)
    return seat


@transaction.atomic
def answer_asking(
    *, circle_id: str, community: Community, seat_id: str, actor: Person, takes_in: bool, at: datetime
) -> None:
    """Take somebody in, or say that it does not fit: then nothing of the question is kept.

    :raises NoSuchSeat: nobody of this id asks.
    :raises CircleIsFull: every seat is taken.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require_host(person=actor, circle=circle)
    seat = _seat(circle, seat_id, SeatState.ASKED)
    if not takes_in:
        seat.delete()
        tell_news(people=[seat.person], community=community, at=at)
        return
    policies.require(policies.insiders(circle=circle).count() < circle.size_most, CircleIsFull())
    if seat.role == SeatRole.HOST:
        policies.require_checked(person=seat.person, community=community)
        seat_among_hosts(community=community, person=seat.person, alias=seat.alias, at=at)
    else:
        policies.require(not policies.rests(circle=circle), CircleNeedsTwoHosts())
    seat.state = SeatState.INSIDE
    seat.save(update_fields=["state"])
    tell_news(people=[seat.person], community=community, at=at)


@transaction.atomic
def leave_circle(
    *, circle_id: str, community: Community, person: Person, at: datetime, erase: bool = True
) -> None:
    """Leave at once and in silence; also takes a question back that waits. Nobody is told.

    :param erase: what the person wrote goes too; else it stays until its time is over.
    :raises NoSuchCircle: the person is not inside and did not ask.
    :raises LastHost: others are inside, and nobody else hosts.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    seat = Seat.objects.filter(circle=circle, person=person).exclude(state=SeatState.BLOCKED).first()
    if seat is None:
        raise NoSuchSeat
    others = policies.insiders(circle=circle).exclude(pk=seat.pk)
    hosting = seat.role == SeatRole.HOST and seat.state == SeatState.INSIDE
    if hosting and others.exists():
        policies.require(others.filter(role=SeatRole.HOST).exists(), LastHost())
    take_out(seat=seat, at=at, erase=erase)


def take_out(*, seat: Seat, at: datetime, erase: bool) -> None:
    """Delete a seat; whoever waited for its place at a meeting moves up, and a host who hosts no more leaves theirs."""
    circle, person = seat.circle, seat.person
    if erase:
        Message.objects.filter(circle=circle, person=person).delete()
    freed = leave_sessions(seat=seat, at=at)
    was_host = seat.role == SeatRole.HOST
    seat.delete()
    for session in freed:
        fill_from_waiting(session=session, at=at)
    if was_host:
        _leave_hosts_circle(circle.community, person)


@transaction.atomic
def rename(*, circle_id: str, community: Community, person: Person, alias: str) -> None:
    """Take another name from now on; messages keep the one they were written under.

    :raises NoSuchCircle: the person is not inside.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    seat = policies.require_inside(person=person, circle=circle)
    seat.alias = alias
    seat.save(update_fields=["alias"])


@transaction.atomic
def remove(*, circle_id: str, community: Community, seat_id: str, actor: Person, at: datetime) -> None:
    """A host takes somebody out for good: what they wrote goes, and they cannot ask here again.

    :raises NoSuchSeat: nobody of this id is inside.
    :raises OnlyHosts: the actor does not host, or the other hosts too.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require_host(person=actor, circle=circle)
    seat = _seat(circle, seat_id, SeatState.INSIDE)
    policies.require(seat.role != SeatRole.HOST, OnlyHosts())
    person = seat.person
    take_out(seat=seat, at=at, erase=True)
    Seat.objects.create(circle=circle, person=person, state=SeatState.BLOCKED, asked_at=at)
    tell_news(people=[person], community=community, at=at)


def tell_hosts(*, circle: Circle, at: datetime, besides: Person | None = None, key: str = "") -> None:
    """Tell the hosts of a circle that there is news for them."""
    seats = policies.hosts_of(circle=circle).select_related("person")
    people = [seat.person for seat in seats if besides is None or seat.person_id != besides.pk]
    tell_news(people=people, community=circle.community, at=at, key=key)


def _of_age(circle: Circle, asking: Asking) -> bool:
    if circle.age_from is None or circle.age_to is None:
        return asking.adult
    return asking.age is not None and circle.age_from <= asking.age <= circle.age_to


def _seat(circle: Circle, seat_id: str, state: SeatState) -> Seat:
    rows = Seat.objects.filter(circle=circle, public_id=seat_id, state=state).select_related(
        "person", "circle"
    )
    seat = rows.first()
    if seat is None:
        raise NoSuchSeat
    return seat


def _leave_hosts_circle(community: Community, person: Person) -> None:
    hosts_elsewhere = Seat.objects.filter(
        circle__community=community, person=person, role=SeatRole.HOST, state=SeatState.INSIDE
    )
    if not hosts_elsewhere.exists():
        Message.objects.filter(circle__community=community, circle__kind=Kind.HOSTS, person=person).delete()
        Seat.objects.filter(circle__community=community, circle__kind=Kind.HOSTS, person=person).delete()

"""Who may: whoever is inside a circle, its hosts, checked members, trained listeners. Roles open nothing inside."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.communities.policies import (
    holds,
    is_member,
    membership_of,
    require,
    require_member,
)
from tadamun.foundation.communities.vocabulary import MembershipState, Role
from tadamun.pillars.support.circles.errors import (
    HostsAreChecked,
    NoSuchCircle,
    OnlyHosts,
    WordsForCoordinators,
)
from tadamun.pillars.support.circles.models import Circle, Listener, Seat
from tadamun.pillars.support.circles.vocabulary import HOSTS_FOR_MINORS, Kind, SeatRole, SeatState

__all__ = [
    "hosts_of",
    "insiders",
    "is_checked",
    "keeps_words",
    "may_close",
    "require",
    "require_checked",
    "require_host",
    "require_inside",
    "require_keeper",
    "require_member",
    "rests",
    "seat_of",
    "trained_listener",
]


def is_checked(*, person: Any, community: Community) -> bool:
    """Whether a coordinator has met this member and seen who they are."""
    membership = membership_of(person=person, community=community)
    return membership is not None and membership.verified_at is not None


def require_checked(*, person: Any, community: Community) -> None:
    """Only checked members host.

    :raises HostsAreChecked: not met by a coordinator yet.
    """
    require(is_checked(person=person, community=community), HostsAreChecked())


def insiders(*, circle: Circle) -> QuerySet[Seat]:
    """The seats of those who are inside and still belong to the community."""
    belongs = Membership.objects.filter(
        community_id=circle.community_id, person=OuterRef("person"), state=MembershipState.ACTIVE
    )
    return Seat.objects.filter(Exists(belongs), circle=circle, state=SeatState.INSIDE)


def hosts_of(*, circle: Circle) -> QuerySet[Seat]:
    """The hosts of a circle whom a coordinator has met."""
    checked = Membership.objects.filter(
        community_id=circle.community_id,
        person=OuterRef("person"),
        state=MembershipState.ACTIVE,
        verified_at__isnull=False,
    )
    return insiders(circle=circle).filter(Exists(checked), role=SeatRole.HOST)


def rests(*, circle: Circle) -> bool:
    """Whether a circle waits for hosts: minors have two checked ones, everybody else one."""
    if circle.kind == Kind.HOSTS:
        return False
    return hosts_of(circle=circle).count() < (HOSTS_FOR_MINORS if circle.age_from is not None else 1)


def seat_of(*, person: Any, circle: Circle) -> Seat | None:
    """The seat of somebody inside, if any."""
    if not is_member(person=person, community=circle.community):
        return None
    return Seat.objects.filter(circle=circle, person=person, state=SeatState.INSIDE).first()


def require_inside(*, person: Any, circle: Circle) -> Seat:
    """Only whoever is inside goes on; to everybody else the inside does not exist.

    :raises NoSuchCircle: anybody else, whatever their role in the community.
    """
    seat = seat_of(person=person, circle=circle)
    if seat is None:
        raise NoSuchCircle
    return seat


def require_host(*, person: Any, circle: Circle) -> Seat:
    """Only checked hosts of the circle go on.

    :raises NoSuchCircle: whoever is not inside.
    :raises OnlyHosts: somebody inside who does not host, or whom no coordinator has met.
    """
    seat = require_inside(person=person, circle=circle)
    require(hosts_of(circle=circle).filter(pk=seat.pk).exists(), OnlyHosts())
    return seat


def keeps_words(*, person: Any, community: Community) -> bool:
    """Who keeps the list of words of distress and confirms listeners."""
    return holds(person=person, community=community, any_of=(Role.COORDINATOR, Role.STEWARD))


def require_keeper(*, person: Any, community: Community) -> None:
    """Only coordinators and stewards.

    :raises WordsForCoordinators: anybody else.
    """
    require(keeps_words(person=person, community=community), WordsForCoordinators())


def may_close(*, person: Any, circle: Circle) -> bool:
    """Hosts close their circle; a coordinator or steward may, without seeing who is in it."""
    if circle.kind == Kind.HOSTS:
        return False
    if keeps_words(person=person, community=circle.community):
        return True
    seat = seat_of(person=person, circle=circle)
    return seat is not None and seat.role == SeatRole.HOST


def trained_listener(*, person: Any, community: Community) -> Listener | None:
    """The person as a listener whose training was confirmed, if they are one."""
    if not is_member(person=person, community=community):
        return None
    rows = Listener.objects.filter(community=community, person=person, trained_at__isnull=False)
    return rows.first()

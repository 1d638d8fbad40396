"""Circles as every member of the community may read of them, and how the viewer alone stands to one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from tadamun.foundation.communities.models import Community
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.cards import CircleCard, HostCard, MyStanding
from tadamun.pillars.support.circles.errors import NoSuchCircle
from tadamun.pillars.support.circles.models import Circle, Seat
from tadamun.pillars.support.circles.vocabulary import ForWhom, Kind, Rhythm, SeatRole, SeatState
from tadamun.pillars.support.circles.wording import AGREEMENT, HOSTS_CIRCLE


def circles_here(*, community: Community, viewer: Any, at: datetime) -> list[CircleCard]:
    """Every circle that meets; the same list for everybody, whoever is in which.

    :raises NotAMember: a stranger.
    """
    policies.require_member(person=viewer, community=community)
    rows = Circle.objects.filter(community=community, kind=Kind.OPEN, closed_at=None)
    return [card_of(circle, at=at) for circle in rows.select_related("community")]


def circle_card(*, community: Community, circle_id: str, viewer: Any, at: datetime) -> CircleCard:
    """One circle; that of the hosts only for those inside.

    :raises NotAMember: a stranger.
    :raises NoSuchCircle: there is none of this id.
    """
    policies.require_member(person=viewer, community=community)
    return card_of(find_circle(community=community, circle_id=circle_id, viewer=viewer), at=at)


def my_circles(*, community: Community, viewer: Any, at: datetime) -> list[tuple[CircleCard, MyStanding]]:
    """The circles that the viewer is in, hosts or waits for.

    :raises NotAMember: a stranger.
    """
    policies.require_member(person=viewer, community=community)
    seats = Seat.objects.filter(circle__community=community, circle__closed_at=None, person=viewer)
    rows = seats.exclude(state=SeatState.BLOCKED).select_related("circle__community")
    return [
        (card_of(seat.circle, at=at), _standing(seat, seat.circle, viewer))
        for seat in rows.order_by("circle__kind", "circle__name", "pk")
    ]


def my_standing(*, community: Community, circle_id: str, viewer: Any) -> MyStanding:
    """How the viewer stands to a circle. A person whom hosts took out reads the same as a stranger to it."""
    circle = find_circle(community=community, circle_id=circle_id, viewer=viewer)
    return _standing(Seat.objects.filter(circle=circle, person=viewer).first(), circle, viewer)


def circle_to_change(*, community: Community, circle_id: str, viewer: Any) -> dict[str, Any]:
    """What a host said of a circle, for the form that changes it.

    :raises OnlyHosts: somebody inside who does not host.
    """
    circle = find_circle(community=community, circle_id=circle_id, viewer=viewer)
    policies.require_host(person=viewer, circle=circle)
    names = (
        "name", "purpose", "for_whom", "language", "age_from", "age_to", "size_most", "place", "link", "rhythm",
        "first_on", "clock", "minutes", "allows_pseudonym", "message_days",
    )  # fmt: skip
    values = {name: getattr(circle, name) for name in names}
    return values | {"minors": circle.age_from is not None, "agreement": circle.agreement}


def find_circle(*, community: Community, circle_id: str, viewer: Any) -> Circle:
    """A circle that the viewer may know of.

    :raises NoSuchCircle: there is none of this id, or it is that of the hosts and the viewer is none.
    """
    rows = Circle.objects.select_related("community").filter(community=community, public_id=circle_id)
    mine = Seat.objects.filter(person=viewer, state=SeatState.INSIDE).values("circle")
    circle = rows.filter(Q(kind=Kind.OPEN) | Q(pk__in=mine)).first() if viewer.is_authenticated else None
    if circle is None:
        raise NoSuchCircle
    return circle


def card_of(circle: Circle, *, at: datetime) -> CircleCard:
    """The card of a circle."""
    of_hosts = circle.kind == Kind.HOSTS
    hosts = [] if of_hosts else list(policies.hosts_of(circle=circle).order_by("pk"))
    agreement = [str(line) for line in AGREEMENT] if of_hosts else circle.agreement.splitlines()
    ahead = circle.sessions.filter(starts_at__gt=at).order_by("starts_at").first()
    return CircleCard(
        public_id=circle.public_id,
        kind=Kind(circle.kind),
        name=str(HOSTS_CIRCLE.name) if of_hosts else circle.name,
        purpose=str(HOSTS_CIRCLE.purpose) if of_hosts else circle.purpose,
        for_whom=ForWhom(circle.for_whom),
        language=circle.language,
        age_from=circle.age_from,
        age_to=circle.age_to,
        size_most=circle.size_most,
        place=circle.place,
        has_link=bool(circle.link),
        rhythm=Rhythm(circle.rhythm),
        weekday=circle.first_on.weekday(),
        clock=circle.clock,
        minutes=circle.minutes,
        agreement=tuple(agreement),
        allows_pseudonym=circle.allows_pseudonym,
        message_days=circle.message_days,
        hosts=tuple(HostCard(seat.alias, seat.about) for seat in hosts),
        next_at=ahead.starts_at if ahead else None,
        rests=policies.rests(circle=circle),
        closed=circle.closed_at is not None,
    )


def _standing(seat: Seat | None, circle: Circle, viewer: Any) -> MyStanding:
    inside = seat is not None and seat.state == SeatState.INSIDE
    return MyStanding(
        inside=inside,
        asked=seat is not None and seat.state == SeatState.ASKED,
        host=inside and seat is not None and seat.role == SeatRole.HOST,
        may_host=policies.is_checked(person=viewer, community=circle.community),
        may_close=circle.closed_at is None and policies.may_close(person=viewer, circle=circle),
    )

"""What the hosts of a circle look after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.cards import AttendanceCard, Hosting, MeetingCard, ReportCard, SeatCard
from tadamun.pillars.support.circles.models import Circle, Report, Seat, Session
from tadamun.pillars.support.circles.queries.listing import card_of, find_circle
from tadamun.pillars.support.circles.vocabulary import Answer, Kind, SeatRole, SeatState

PAST = 3


def hosting(*, community: Community, circle_id: str, viewer: Any, at: datetime) -> Hosting:
    """Who asks, who is inside, who comes and came, and what was reported by others about others.

    :raises NoSuchCircle: whoever is not inside, whatever their role in the community.
    :raises OnlyHosts: somebody inside who does not host.
    """
    policies.require_member(person=viewer, community=community)
    circle = find_circle(community=community, circle_id=circle_id, viewer=viewer)
    policies.require_host(person=viewer, circle=circle)
    asked = Seat.objects.filter(circle=circle, state=SeatState.ASKED).order_by("asked_at", "pk")
    inside = list(policies.insiders(circle=circle).order_by("asked_at", "pk"))
    return Hosting(
        circle=card_of(circle, at=at),
        asked=tuple(_seat(seat) for seat in asked),
        seats=tuple(_seat(seat) for seat in inside),
        meetings=tuple(_meeting(session, inside, at) for session in _sessions(circle, at)),
        reports=tuple(_reports(circle, inside, viewer)),
    )


def _sessions(circle: Circle, at: datetime) -> list[Session]:
    if circle.kind == Kind.HOSTS:
        return []
    ahead = list(circle.sessions.filter(starts_at__gt=at).order_by("starts_at")[:1])
    return [*ahead, *circle.sessions.filter(starts_at__lte=at).order_by("-starts_at")[:PAST]]


def _meeting(session: Session, inside: list[Seat], at: datetime) -> MeetingCard:
    begun = session.starts_at <= at
    answers = {row.seat_id: row for row in session.attendances.all()}
    rows = []
    for seat in inside:
        row = answers.get(seat.pk)
        if row is not None or begun:
            answer = Answer(row.answer) if row else Answer.NOT_COMING
            rows.append(AttendanceCard(seat.public_id, seat.alias, answer, row.came if row else None))
    return MeetingCard(
        public_id=session.public_id,
        starts_at=session.starts_at,
        began=begun,
        hard=session.hard_at is not None,
        debriefed=session.debriefed_at is not None,
        attendances=tuple(rows),
    )


def _reports(circle: Circle, inside: list[Seat], viewer: Any) -> list[ReportCard]:
    seats = {seat.person_id: seat.public_id for seat in inside if seat.role != SeatRole.HOST}
    rows = Report.objects.filter(message__circle=circle, settled_at=None).exclude(message__person=viewer)
    return [
        ReportCard(
            public_id=row.public_id,
            alias=row.message.alias,
            seat_id=seats.get(row.message.person_id, ""),
            body=row.message.body,
            reason=row.reason,
            made_at=row.made_at,
        )
        for row in rows.select_related("message").order_by("made_at", "pk")
    ]


def _seat(seat: Seat) -> SeatCard:
    return SeatCard(
        public_id=seat.public_id,
        alias=seat.alias,
        host=seat.role == SeatRole.HOST and seat.state == SeatState.INSIDE,
        wants_to_host=seat.role == SeatRole.HOST and seat.state == SeatState.ASKED,
        asked_at=seat.asked_at,
        quiet_until=seat.quiet_until,
    )

"""A circle from within, for those inside alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.cards import Inside, MessageCard, MessageDeeds, SessionCard
from tadamun.pillars.support.circles.errors import NoSuchMessage
from tadamun.pillars.support.circles.models import (
    Attendance,
    Circle,
    DistressPhrase,
    Hush,
    Message,
    Report,
    Seat,
)
from tadamun.pillars.support.circles.queries.listing import card_of, find_circle
from tadamun.pillars.support.circles.vocabulary import Answer, SeatRole, SeatState
from tadamun.pillars.support.circles.vocabulary.distress import sounds_distressed

SHOWN_MOST = 60


def circle_from_inside(*, community: Community, circle_id: str, viewer: Any, at: datetime) -> Inside:
    """The next meeting and what was written, newest last; hidden and hushed messages are left out.

    :raises NotAMember: a stranger.
    :raises NoSuchCircle: whoever is not inside, whatever their role in the community.
    """
    policies.require_member(person=viewer, community=community)
    circle = find_circle(community=community, circle_id=circle_id, viewer=viewer)
    seat = policies.require_inside(person=viewer, circle=circle)
    host = policies.hosts_of(circle=circle).filter(pk=seat.pk).exists()
    reports = Report.objects.filter(message__circle=circle, settled_at=None).exclude(message__person=viewer)
    asked = Seat.objects.filter(circle=circle, state=SeatState.ASKED)
    return Inside(
        circle=card_of(circle, at=at),
        alias=seat.alias,
        host=host,
        link=circle.link,
        session=_session(circle, seat, at),
        messages=tuple(_messages(circle, seat, host, at)),
        quiet_until=seat.quiet_until if seat.quiet_until and seat.quiet_until > at else None,
        asked=asked.count() if host else 0,
        reports=reports.count() if host else 0,
    )


def message_deeds(
    *, community: Community, circle_id: str, message_id: str, viewer: Any, at: datetime
) -> MessageDeeds:
    """One message and what the reader can do about it.

    :raises NoSuchCircle: whoever is not inside.
    :raises NoSuchMessage: it is not there for this reader.
    """
    inside = circle_from_inside(community=community, circle_id=circle_id, viewer=viewer, at=at)
    card = next((one for one in inside.messages if one.public_id == message_id), None)
    row = Message.objects.filter(public_id=message_id, circle__public_id=circle_id, expires_at__gt=at).first()
    if row is None or (card is None and not _hushed(row, viewer)):
        raise NoSuchMessage
    hush = Hush.objects.filter(
        seat__person=viewer, seat__circle=row.circle_id, other__person=row.person_id
    ).first()
    return MessageDeeds(
        message=card or _card(row, viewer, inside.host, ()),
        circle_id=inside.circle.public_id,
        circle_name=inside.circle.name,
        host=inside.host,
        muted=hush is not None,
        blocked=hush is not None and hush.blocks,
        reported=Report.objects.filter(message=row, seat__person=viewer).exists(),
    )


def _hushed(message: Message, viewer: Any) -> bool:
    """Whether the reader themselves put it out of sight, and can take that back."""
    return Hush.objects.filter(
        seat__person=viewer, seat__circle=message.circle_id, other__person=message.person_id
    ).exists()


def _session(circle: Circle, seat: Seat, at: datetime) -> SessionCard | None:
    session = circle.sessions.filter(starts_at__gt=at).order_by("starts_at").first()
    if session is None:
        return None
    mine = Attendance.objects.filter(session=session, seat=seat).first()
    coming = session.attendances.filter(answer=Answer.COMING).count()
    return SessionCard(
        public_id=session.public_id,
        starts_at=session.starts_at,
        answer=Answer(mine.answer) if mine else None,
        free=coming < session.capacity,
    )


def _messages(circle: Circle, seat: Seat, host: bool, at: datetime) -> list[MessageCard]:
    away = set(Hush.objects.filter(seat=seat).values_list("other__person", flat=True))
    away |= set(Hush.objects.filter(other=seat, blocks=True).values_list("seat__person", flat=True))
    # A host answers for the circle and reads every message, except where they chose not to.
    if seat.role == SeatRole.HOST:
        away = set(Hush.objects.filter(seat=seat).values_list("other__person", flat=True))
    rows = circle.messages.filter(expires_at__gt=at).exclude(person__in=away)
    newest = list(rows.order_by("-written_at", "-pk")[:SHOWN_MOST])[::-1]
    added = tuple(
        DistressPhrase.objects.filter(community=circle.community_id).values_list("phrase", flat=True)
    )
    cards = [_card(row, seat.person, host, added) for row in newest]
    return [card for card in cards if not card.hidden or card.mine or host]


def _card(row: Message, viewer: Any, host: bool, added: tuple[str, ...]) -> MessageCard:
    mine = row.person_id == viewer.pk
    return MessageCard(
        public_id=row.public_id,
        alias=row.alias,
        by_host=row.by_host,
        mine=mine,
        written_at=row.written_at,
        body=row.body,
        hidden=row.hidden_at is not None,
        care=(mine or host) and sounds_distressed(row.body, added=added),
    )

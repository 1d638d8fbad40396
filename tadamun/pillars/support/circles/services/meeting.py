"""Saying whether one comes, moving up the waiting list, who came, and a debrief after a hard meeting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.errors import NoSuchSession
from tadamun.pillars.support.circles.models import Attendance, Circle, Seat, Session
from tadamun.pillars.support.circles.services.opening import lock_circle
from tadamun.pillars.support.circles.services.telling import tell_news
from tadamun.pillars.support.circles.vocabulary import Answer, Kind


@transaction.atomic
def answer_session(
    *, circle_id: str, community: Community, session_id: str, person: Person, comes: bool, at: datetime
) -> Answer:
    """Say whether one comes; when every place is taken, one waits, first come first served.

    :raises NoSuchCircle: the person is not inside.
    :raises NoSuchSession: it has begun, or there is none of this id.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    seat = policies.require_inside(person=person, circle=circle)
    session = Session.objects.filter(circle=circle, public_id=session_id, starts_at__gt=at).first()
    if session is None:
        raise NoSuchSession
    earlier = Attendance.objects.filter(session=session, seat=seat).first()
    if earlier is not None and comes and earlier.answer != Answer.NOT_COMING:
        return Answer(earlier.answer)
    answer = Answer.NOT_COMING if not comes else Answer.COMING if _has_room(session) else Answer.WAITING
    Attendance.objects.update_or_create(
        session=session, seat=seat, defaults={"answer": answer, "asked_at": at, "came": None}
    )
    if earlier is not None and earlier.answer == Answer.COMING:
        fill_from_waiting(session=session, at=at)
    return answer


def fill_from_waiting(*, session: Session, at: datetime) -> None:
    """Move up whoever waited longest, one for each free place. Call it under the circle's lock."""
    waiting = Attendance.objects.filter(session=session, answer=Answer.WAITING)
    for row in waiting.select_related("seat__person").order_by("asked_at", "pk"):
        if not _has_room(session):
            return
        Attendance.objects.filter(pk=row.pk).update(answer=Answer.COMING)
        tell_news(people=[row.seat.person], community=session.circle.community, at=at)


def leave_sessions(*, seat: Seat, at: datetime) -> list[Session]:
    """The meetings ahead in which a seat that goes leaves a place free."""
    held = Attendance.objects.filter(seat=seat, answer=Answer.COMING, session__starts_at__gt=at)
    return [row.session for row in held.select_related("session__circle__community")]


@transaction.atomic
def mark_attendance(
    *,
    circle_id: str,
    community: Community,
    session_id: str,
    came: frozenset[str],
    actor: Person,
    at: datetime,
) -> None:
    """A host writes down who came; nobody but the hosts reads it.

    :param came: public ids of seats.
    :raises NoSuchSession: it has not begun, or there is none of this id.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require_host(person=actor, circle=circle)
    session = _begun(circle, session_id, at)
    for seat in policies.insiders(circle=circle):
        if seat.public_id not in came and not Attendance.objects.filter(session=session, seat=seat).exists():
            continue
        Attendance.objects.update_or_create(
            session=session,
            seat=seat,
            defaults={"came": seat.public_id in came},
            create_defaults={"came": True, "answer": Answer.COMING, "asked_at": at},
        )


@transaction.atomic
def ask_for_debrief(
    *, circle_id: str, community: Community, session_id: str, actor: Person, at: datetime
) -> None:
    """A host says that a meeting was hard; the other hosts learn that one of them could do with an ear, not of what.

    :raises NoSuchSession: it has not begun, or there is none of this id.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require_host(person=actor, circle=circle)
    session = _begun(circle, session_id, at)
    if session.hard_at is not None:
        return
    session.hard_at = at
    session.save(update_fields=["hard_at"])
    hosts = Circle.objects.filter(community=community, kind=Kind.HOSTS).first()
    if hosts is not None:
        seats = policies.insiders(circle=hosts).exclude(person=actor).select_related("person")
        tell_news(people=[seat.person for seat in seats], community=community, at=at)


@transaction.atomic
def mark_debriefed(
    *, circle_id: str, community: Community, session_id: str, actor: Person, at: datetime
) -> None:
    """The host has spoken with another one about a hard meeting.

    :raises NoSuchSession: nobody said that it was hard.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require_host(person=actor, circle=circle)
    session = _begun(circle, session_id, at)
    if session.hard_at is None:
        raise NoSuchSession
    session.debriefed_at = at
    session.save(update_fields=["debriefed_at"])


def _begun(circle: Circle, session_id: str, at: datetime) -> Session:
    session = Session.objects.filter(circle=circle, public_id=session_id, starts_at__lte=at).first()
    if session is None:
        raise NoSuchSession
    return session


def _has_room(session: Session) -> bool:
    return session.attendances.filter(answer=Answer.COMING).count() < session.capacity

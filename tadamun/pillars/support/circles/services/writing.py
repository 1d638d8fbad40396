"""Writing between meetings, and what keeps it kind: hiding, muting, blocking, reporting, deciding."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.errors import (
    AlreadyReported,
    CircleNeedsTwoHosts,
    NoSuchMessage,
    NotAgainstOneself,
    OnlyHosts,
    ReadsOnlyForNow,
)
from tadamun.pillars.support.circles.models import Circle, DistressPhrase, Hush, Message, Report, Seat
from tadamun.pillars.support.circles.services.joining import remove, tell_hosts
from tadamun.pillars.support.circles.services.opening import lock_circle
from tadamun.pillars.support.circles.vocabulary import (
    QUIET_DAYS,
    SeatRole,
    SeatState,
    Verdict,
)
from tadamun.pillars.support.circles.vocabulary.distress import sounds_distressed


def added_phrases(*, community: Community) -> tuple[str, ...]:
    """The words of distress that a community added."""
    return tuple(DistressPhrase.objects.filter(community=community).values_list("phrase", flat=True))


@transaction.atomic
def write_message(
    *, circle_id: str, community: Community, person: Person, body: str, at: datetime
) -> tuple[Message, bool]:
    """Write to the circle. The hosts are told at once when the words call for it; the message stays as it is.

    :returns: the message, and whether the helpline is to be shown to its writer now. That is kept nowhere.
    :raises NoSuchCircle: the person is not inside.
    :raises CircleNeedsTwoHosts: the circle rests.
    :raises ReadsOnlyForNow: a host asked the person to only read for some days.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    seat = policies.require_inside(person=person, circle=circle)
    care = sounds_distressed(body, added=added_phrases(community=community))
    # Whoever is in distress is heard, also by a circle that rests and after a word to only read.
    if not care:
        policies.require(not policies.rests(circle=circle), CircleNeedsTwoHosts())
        policies.require(seat.quiet_until is None or seat.quiet_until <= at, ReadsOnlyForNow())
    message = Message.objects.create(
        circle=circle,
        person=person,
        alias=seat.alias,
        body=body,
        by_host=seat.role == SeatRole.HOST,
        written_at=at,
        expires_at=at + timedelta(days=circle.message_days),
    )
    if care:
        tell_hosts(circle=circle, at=at, besides=person)
    return message, care


@transaction.atomic
def hide_message(
    *, circle_id: str, community: Community, message_id: str, actor: Person, at: datetime
) -> None:
    """Take a message out of sight: by its writer for good, by a host so that its writer and the hosts still see it.

    :raises NoSuchMessage: none of this id is there.
    :raises OnlyHosts: neither written by the actor nor do they host.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require_inside(person=actor, circle=circle)
    message = find_message(circle=circle, message_id=message_id, at=at)
    if message.person_id == actor.pk:
        message.delete()
        return
    policies.require_host(person=actor, circle=circle)
    message.hidden_at = at
    message.save(update_fields=["hidden_at"])


@transaction.atomic
def hush(
    *, circle_id: str, community: Community, message_id: str, person: Person, blocks: bool, at: datetime
) -> None:
    """Read no more of whoever wrote a message (mute), or neither of the other (block). They are not told.

    :raises NotAgainstOneself: the message is one's own.
    """
    mine, other = _pair(circle_id, community, message_id, person, at)
    Hush.objects.update_or_create(seat=mine, other=other, defaults={"blocks": blocks})


@transaction.atomic
def end_hush(*, circle_id: str, community: Community, message_id: str, person: Person, at: datetime) -> None:
    """Read them again."""
    mine, other = _pair(circle_id, community, message_id, person, at)
    Hush.objects.filter(seat=mine, other=other).delete()


@transaction.atomic
def report_message(
    *, circle_id: str, community: Community, message_id: str, person: Person, reason: str, at: datetime
) -> Report:
    """Tell the hosts about a message. Nothing happens to anybody by it, however many report.

    :raises AlreadyReported: the same person did before.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    seat = policies.require_inside(person=person, circle=circle)
    message = find_message(circle=circle, message_id=message_id, at=at)
    policies.require(message.person_id != person.pk, NotAgainstOneself())
    known = Report.objects.filter(message=message, seat=seat)
    policies.require(not known.exists(), AlreadyReported())
    report = Report.objects.create(message=message, seat=seat, reason=reason, made_at=at)
    tell_hosts(circle=circle, at=at, besides=message.person)
    return report


@transaction.atomic
def settle_report(
    *, circle_id: str, community: Community, report_id: str, verdict: Verdict, actor: Person, at: datetime
) -> None:
    """A host who did not write the message decides: nothing, hide it, only reading for some days, or out.

    :raises NoSuchMessage: no open report of this id.
    :raises OnlyHosts: the actor does not host, or wrote the message; or the decision is against a fellow host.
    """
    circle = lock_circle(community=community, circle_id=circle_id)
    policies.require_host(person=actor, circle=circle)
    rows = Report.objects.filter(message__circle=circle, public_id=report_id, settled_at=None)
    report = rows.select_related("message").first()
    if report is None:
        raise NoSuchMessage
    message = report.message
    policies.require(message.person_id != actor.pk, OnlyHosts())
    Report.objects.filter(message=message, settled_at=None).update(verdict=verdict, settled_at=at)
    writer = Seat.objects.filter(circle=circle, person=message.person_id, state=SeatState.INSIDE).first()
    _carry_out(verdict, circle=circle, message=message, writer=writer, actor=actor, at=at)


def find_message(*, circle: Circle, message_id: str, at: datetime) -> Message:
    """A message that has not expired.

    :raises NoSuchMessage: there is none of this id.
    """
    message = circle.messages.filter(public_id=message_id, expires_at__gt=at).first()
    if message is None:
        raise NoSuchMessage
    return message


def _carry_out(
    verdict: Verdict, *, circle: Circle, message: Message, writer: Seat | None, actor: Person, at: datetime
) -> None:
    if verdict in (Verdict.HIDE, Verdict.QUIET):
        Message.objects.filter(pk=message.pk).update(hidden_at=at)
    if writer is None:
        return
    if verdict is Verdict.QUIET:
        policies.require(writer.role != SeatRole.HOST, OnlyHosts())
        writer.quiet_until = at + timedelta(days=QUIET_DAYS)
        writer.save(update_fields=["quiet_until"])
    elif verdict is Verdict.REMOVE:
        remove(
            circle_id=circle.public_id,
            community=circle.community,
            seat_id=writer.public_id,
            actor=actor,
            at=at,
        )


def _pair(
    circle_id: str, community: Community, message_id: str, person: Person, at: datetime
) -> tuple[Seat, Seat]:
    circle = lock_circle(community=community, circle_id=circle_id)
    mine = policies.require_inside(person=person, circle=circle)
    message = find_message(circle=circle, message_id=message_id, at=at)
    policies.require(message.person_id != person.pk, NotAgainstOneself())
    other = Seat.objects.filter(circle=circle, person=message.person_id, state=SeatState.INSIDE).first()
    if other is None:
        raise NoSuchMessage
    return mine, other

"""The texts that wait for a coordinator's phone, and the sending of all that the worker sends."""

from __future__ import annotations

from datetime import datetime, timedelta

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import require_role
from tadamun.foundation.communities.queries import readers
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.jobs.services import every
from tadamun.foundation.notices import queries, services
from tadamun.foundation.notices.cards import ReadyText, UnsureSending, WaitingText
from tadamun.foundation.notices.vocabulary import Channel
from tadamun.foundation.people.models import Person


@every(name="notices.deliver", interval=timedelta(seconds=20), only_if=services.anything_due)
def deliver_notices(*, at: datetime) -> None:
    """Send what waits, in each community's digits and clock."""
    services.deliver_due(at=at, readers=readers())


def waiting_texts(*, community: Community, viewer: Person) -> list[WaitingText]:
    """The texts that wait to be sent by hand: neither phone nor text yet.

    :raises RoleNeeded: only coordinators.
    """
    _require_coordinator(viewer, community)
    return queries.waiting_texts(scope=community.public_id)


def unsure_sendings(*, community: Community, viewer: Person) -> list[UnsureSending]:
    """The sendings that broke off and wait for somebody's decision.

    :raises RoleNeeded: only coordinators.
    """
    _require_coordinator(viewer, community)
    return queries.unsure_sendings(scope=community.public_id)


def open_text(*, community: Community, actor: Person, notice_id: str, at: datetime) -> ReadyText:
    """Open a text with the phone it goes to; the look is logged for the person concerned.

    :raises RoleNeeded: only coordinators.
    :raises NoSuchNotice: no such text waits here.
    """
    _require_coordinator(actor, community)
    return services.read_ready_text(
        notice_id=notice_id,
        scope=community.public_id,
        viewer=actor,
        viewer_role=Role.COORDINATOR,
        at=at,
        readers=readers(),
    )


def mark_text_sent(*, community: Community, actor: Person, notice_id: str, at: datetime) -> None:
    """Write down that a text was sent from a coordinator's phone.

    :raises RoleNeeded: only coordinators.
    :raises AlreadySent: somebody marked it a moment ago.
    """
    _require_coordinator(actor, community)
    services.mark_sent_by_hand(notice_id=notice_id, scope=community.public_id, actor=actor, at=at)


def drop_text(*, community: Community, actor: Person, notice_id: str, at: datetime) -> None:
    """Put a text aside that is no longer needed.

    :raises RoleNeeded: only coordinators.
    :raises AlreadySent: it was sent or put aside a moment ago.
    """
    _require_coordinator(actor, community)
    services.drop_text(notice_id=notice_id, scope=community.public_id, actor=actor, at=at)


def decide_unsure(
    *, community: Community, actor: Person, notice_id: str, channel: Channel, send_again: bool, at: datetime
) -> None:
    """Settle a sending that broke off: send it once more, or take it as arrived.

    :raises RoleNeeded: only coordinators.
    :raises AlreadySent: somebody has decided already.
    """
    _require_coordinator(actor, community)
    services.resolve_unsure(
        notice_id=notice_id, scope=community.public_id, channel=channel, send_again=send_again, at=at
    )


def _require_coordinator(person: Person, community: Community) -> None:
    require_role(person=person, community=community, any_of=(Role.COORDINATOR,))

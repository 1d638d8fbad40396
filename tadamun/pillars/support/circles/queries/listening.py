"""Talks for the two of each, listeners for those who confirm them, and a community's own words of distress."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from tadamun.foundation.communities.models import Community
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.cards import CareLineCard, LineCard, ListenerCard, TalkCard, TalkRow
from tadamun.pillars.support.circles.errors import NoSuchTalk
from tadamun.pillars.support.circles.models import CareLine, DistressPhrase, Listener, Talk
from tadamun.pillars.support.circles.vocabulary import TalkState, Way
from tadamun.pillars.support.circles.vocabulary.distress import sounds_distressed


def talks_of(*, community: Community, viewer: Any) -> list[TalkRow]:
    """The viewer's own talks that are not over, as the one who is heard or who listens.

    :raises NotAMember: a stranger.
    """
    policies.require_member(person=viewer, community=community)
    rows = _open(community, viewer).order_by("asked_at", "pk")
    return [
        TalkRow(
            public_id=row.public_id,
            other=_other(row, viewer),
            listening=_listens(row, viewer),
            way=Way(row.way),
            state=TalkState(row.state),
            asked_at=row.asked_at,
        )
        for row in rows
    ]


def talk_card(*, community: Community, talk_id: str, viewer: Any) -> TalkCard:
    """A talk for one of the two.

    :raises NotAMember: a stranger.
    :raises NoSuchTalk: anybody but the two.
    """
    policies.require_member(person=viewer, community=community)
    row = _open(community, viewer).filter(public_id=talk_id).first()
    if row is None:
        raise NoSuchTalk
    listening = _listens(row, viewer)
    added = tuple(word for _, word in _phrases(community))
    lines = [
        LineCard(
            mine=line.by_listener == listening,
            body=line.body,
            written_at=line.written_at,
            care=not line.by_listener and sounds_distressed(line.body, added=added),
        )
        for line in row.lines.all()
    ]
    room = row.listener.room if row.listener and row.way == Way.CALL else ""
    return TalkCard(
        public_id=row.public_id,
        other=_other(row, viewer),
        alias=row.listener.alias if listening and row.listener else row.alias,
        listening=listening,
        way=Way(row.way),
        state=TalkState(row.state),
        room=room,
        lines=tuple(lines),
    )


def listener_card(*, community: Community, viewer: Any) -> ListenerCard | None:
    """The viewer as a listener, if they offered to be one.

    :raises NotAMember: a stranger.
    """
    policies.require_member(person=viewer, community=community)
    row = Listener.objects.filter(community=community, person=viewer).select_related("person").first()
    return _listener(row, own=True) if row else None


def listeners(*, community: Community, viewer: Any) -> list[ListenerCard]:
    """Those who offered to listen, for whoever confirms their training; of their talks nothing.

    :raises WordsForCoordinators: neither coordinator nor steward.
    """
    policies.require_keeper(person=viewer, community=community)
    rows = Listener.objects.filter(community=community).select_related("person").order_by("trained_at", "pk")
    return [_listener(row, own=False) for row in rows]


def added_words(*, community: Community, viewer: Any) -> list[tuple[int, str]]:
    """The words of distress that the community added, with their keys.

    :raises WordsForCoordinators: neither coordinator nor steward.
    """
    policies.require_keeper(person=viewer, community=community)
    return _phrases(community)


def care_lines(*, community: Community) -> list[CareLineCard]:
    """The lines to call that stand on every page of circles, for everybody."""
    rows = CareLine.objects.filter(community=community)
    return [CareLineCard(row.pk, row.name, row.phone) for row in rows]


def _phrases(community: Community) -> list[tuple[int, str]]:
    return list(DistressPhrase.objects.filter(community=community).values_list("pk", "phrase"))


def _open(community: Community, viewer: Any) -> Any:
    mine = Q(person=viewer) | Q(listener__person=viewer, state=TalkState.OPEN)
    rows = Talk.objects.filter(mine, community=community).exclude(state=TalkState.ENDED)
    return rows.select_related("listener")


def _listens(row: Talk, viewer: Any) -> bool:
    return row.listener is not None and row.listener.person_id == viewer.pk


def _other(row: Talk, viewer: Any) -> str:
    if _listens(row, viewer):
        return row.alias
    return row.listener.alias if row.listener else ""


def _listener(row: Listener, *, own: bool) -> ListenerCard:
    return ListenerCard(
        public_id=row.public_id,
        name=row.person.name,
        alias=row.alias if own else "",
        gender=row.gender,
        languages=tuple(row.languages),
        ways=tuple(Way(way) for way in row.ways),
        room=row.room if own else "",
        week_most=row.week_most,
        available=row.available,
        trained=row.trained_at is not None,
    )

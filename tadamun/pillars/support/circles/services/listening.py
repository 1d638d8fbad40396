"""Talks of two: asking for a listener, being matched, writing, ending without a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.communities.vocabulary import MembershipState
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import record
from tadamun.pillars.support.circles import policies
from tadamun.pillars.support.circles.errors import (
    ListenerFactsMissing,
    NoSuchListener,
    NoSuchTalk,
    TooManyTalks,
)
from tadamun.pillars.support.circles.models import Listener, Talk, TalkLine
from tadamun.pillars.support.circles.services.telling import tell_news
from tadamun.pillars.support.circles.services.writing import added_phrases
from tadamun.pillars.support.circles.vocabulary import ASKS_A_WEEK, WEEK, Gender, TalkState, Way
from tadamun.pillars.support.circles.vocabulary.distress import sounds_distressed

MINUTES_A_WEEK = 7 * 24 * 60


@dataclass(frozen=True)
class ListenerFacts:
    """What a listener says of themselves."""

    alias: str
    gender: Gender
    languages: tuple[str, ...]
    ways: tuple[Way, ...]
    week_most: int = 2
    available: bool = True
    room: str = ""


@transaction.atomic
def offer_to_listen(*, community: Community, person: Person, facts: ListenerFacts, at: datetime) -> Listener:
    """Offer to listen, or say something else of it; a coordinator confirms the training before anybody is matched.

    :raises ListenerFactsMissing: no language or no way of talking, or calls without a room.
    """
    policies.require_member(person=person, community=community)
    complete = bool(facts.languages and facts.ways) and (Way.CALL not in facts.ways or bool(facts.room))
    policies.require(complete, ListenerFactsMissing())
    listener, _ = Listener.objects.update_or_create(
        community=community,
        person=person,
        defaults={
            "alias": facts.alias,
            "gender": facts.gender,
            "languages": list(facts.languages),
            "ways": [str(way) for way in facts.ways],
            "week_most": facts.week_most,
            "available": facts.available,
            "room": facts.room,
        },
    )
    match_waiting(community=community, at=at)
    return listener


@transaction.atomic
def confirm_training(
    *, community: Community, listener_id: str, actor: Person, trained: bool, at: datetime
) -> None:
    """A coordinator or steward writes down that somebody was trained to listen, or takes it back.

    :raises WordsForCoordinators: anybody else.
    :raises NoSuchListener: nobody of this id offered to listen.
    """
    policies.require_keeper(person=actor, community=community)
    listener = Listener.objects.filter(community=community, public_id=listener_id).first()
    if listener is None:
        raise NoSuchListener
    listener.trained_at = at if trained else None
    listener.save(update_fields=["trained_at"])
    match_waiting(community=community, at=at)
    record(
        scope=community.public_id,
        verb="listener_confirmed" if trained else "listener_unconfirmed",
        thing="listener",
        thing_id=listener.public_id,
        actor=actor.public_id,
        at=at,
    )


@transaction.atomic
def ask_for_listener(
    *, community: Community, person: Person, alias: str, language: str, wanted: str, way: Way, at: datetime
) -> Talk:
    """Ask to be heard; a listener who fits is found at once, or as soon as one is free.

    :param wanted: a `Gender`, or empty for either.
    :returns: the talk, or the one that is under way already.
    :raises TooManyTalks: asked for too often within a week.
    """
    policies.require_member(person=person, community=community)
    _lock(community)
    under_way = Talk.objects.filter(community=community, person=person).exclude(state=TalkState.ENDED).first()
    if under_way is not None:
        return under_way
    asked = Talk.objects.filter(community=community, person=person, asked_at__gt=at - WEEK).count()
    policies.require(asked < ASKS_A_WEEK, TooManyTalks(minutes=MINUTES_A_WEEK))
    talk = Talk.objects.create(
        community=community,
        person=person,
        alias=alias,
        language=language,
        wanted=wanted,
        way=way,
        asked_at=at,
    )
    _match(talk, at)
    return talk


@transaction.atomic
def match_waiting(*, community: Community, at: datetime) -> int:
    """Look again for those who wait, the longest first; how many found somebody."""
    _lock(community)
    waiting = Talk.objects.filter(community=community, state=TalkState.WAITING).select_related(
        "community", "person"
    )
    return sum(_match(talk, at) for talk in waiting.order_by("asked_at", "pk"))


@transaction.atomic
def write_line(*, community: Community, talk_id: str, person: Person, body: str, at: datetime) -> bool:
    """Write to the other; returns whether the helpline is to be shown to the writer now.

    :raises NoSuchTalk: the person is not one of the two, or the talk is not under way.
    """
    talk = find_talk(community=community, talk_id=talk_id, person=person, locked=True)
    if talk.state != TalkState.OPEN or talk.listener is None:
        raise NoSuchTalk
    by_listener = talk.listener.person_id == person.pk
    TalkLine.objects.create(talk=talk, by_listener=by_listener, body=body, written_at=at)
    other = talk.person if by_listener else talk.listener.person
    unread_hour = f"talk:{talk.public_id}:{by_listener}:{at:%Y%m%d%H}"
    tell_news(people=[other], community=community, at=at, key=unread_hour)
    return sounds_distressed(body, added=added_phrases(community=community))


@transaction.atomic
def end_talk(*, community: Community, talk_id: str, person: Person, at: datetime) -> None:
    """Either of the two ends it, without a reason; what was written goes at once, and the row a week later.

    :raises NoSuchTalk: the person is not one of the two.
    """
    talk = find_talk(community=community, talk_id=talk_id, person=person, locked=True)
    close_talk(talk=talk, at=at)
    match_waiting(community=community, at=at)


def close_talk(*, talk: Talk, at: datetime) -> None:
    """End a talk; nobody is told."""
    talk.lines.all().delete()
    talk.state, talk.ended_at, talk.alias = TalkState.ENDED, at, ""
    talk.save(update_fields=["state", "ended_at", "alias"])


def find_talk(*, community: Community, talk_id: str, person: Person, locked: bool = False) -> Talk:
    """A talk that is not over, for one of the two alone.

    :raises NoSuchTalk: anybody else.
    """
    policies.require_member(person=person, community=community)
    rows = Talk.objects.select_for_update(of=("self",), no_key=True) if locked else Talk.objects.all()
    rows = rows.select_related("listener__person", "person").exclude(state=TalkState.ENDED)
    mine = Q(person=person) | Q(listener__person=person)
    talk = rows.filter(mine, community=community, public_id=talk_id).first()
    if talk is None:
        raise NoSuchTalk
    return talk


def _match(talk: Talk, at: datetime) -> bool:
    """The fitting listener with the fewest talks this week, of these the one who began first."""
    fitting = [one for one in _listeners(talk, at) if talk.language in one.languages and talk.way in one.ways]
    if not fitting:
        return False
    talk.listener, talk.state, talk.matched_at = fitting[0], TalkState.OPEN, at
    talk.save(update_fields=["listener", "state", "matched_at"])
    tell_news(people=[fitting[0].person, talk.person], community=talk.community, at=at)
    return True


def _listeners(talk: Talk, at: datetime) -> list[Listener]:
    belongs = Membership.objects.filter(
        community=talk.community_id, person=OuterRef("person"), state=MembershipState.ACTIVE
    )
    met = Talk.objects.filter(listener=OuterRef("pk"), person=talk.person)
    rows = Listener.objects.filter(
        Exists(belongs), community=talk.community_id, available=True, trained_at__isnull=False
    )
    if talk.wanted:
        rows = rows.filter(gender=talk.wanted)
    # Whoever ended a talk is not led to the same person again within the week.
    rows = rows.exclude(person=talk.person).exclude(Exists(met)).select_related("person")
    this_week = Count("talks", filter=Q(talks__matched_at__gt=at - WEEK))
    busy = Count("talks", filter=Q(talks__state=TalkState.OPEN))
    rows = rows.annotate(this_week=this_week, busy=busy).order_by("this_week", "pk")
    return [one for one in rows if max(one.this_week, one.busy) < one.week_most]


def _lock(community: Community) -> None:
    """One match at a time in a community."""
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)

"""«من يسمعني»: matched by language, gender and way, within limits; ended by either without a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from tadamun.foundation.notices.models import Notice
from tadamun.pillars.support.circles import errors, queries, services
from tadamun.pillars.support.circles.models import Listener, Talk, TalkLine
from tadamun.pillars.support.circles.services import tidying
from tadamun.pillars.support.circles.vocabulary import Gender, Rhythm, TalkState, Way
from tadamun.pillars.support.circles.vocabulary.rhythm import meetings
from tests.foundation.make import NOON, make_community, make_member

pytestmark = pytest.mark.django_db
ROOM = "https://meet.example.org/room"


@pytest.fixture
def community() -> Any:
    return make_community()


def listener(community: Any, *, trained: bool = True, **facts: Any) -> Listener:
    """Somebody who listens."""
    given: dict[str, Any] = {
        "alias": "نبع",
        "gender": Gender.WOMAN,
        "languages": ("ar",),
        "ways": tuple(Way),
        "room": ROOM,
        "week_most": 1,
    }
    person = make_member(community, name="مصغية")
    row = services.offer_to_listen(
        community=community, person=person, facts=services.ListenerFacts(**(given | facts)), at=NOON
    )
    if trained:
        Listener.objects.filter(pk=row.pk).update(trained_at=NOON)
    return row


def ask(community: Any, person: Any = None, *, at: datetime = NOON, **said: Any) -> Talk:
    """Ask to be heard."""
    given: dict[str, Any] = {"alias": "ظلّ", "language": "ar", "wanted": "", "way": Way.WRITING}
    person = person or make_member(community)
    return services.ask_for_listener(community=community, person=person, at=at, **(given | said))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, True),
        ({"trained": False}, False),
        ({"available": False}, False),
        ({"languages": ("fr",)}, False),
        ({"gender": Gender.MAN}, False),
        ({"ways": (Way.MEETING,)}, False),
    ],
)
def test_finds_only_a_listener_who_fits(community: Any, facts: dict[str, Any], found: bool) -> None:
    listener(community, **facts)
    talk = ask(community, wanted=Gender.WOMAN)
    assert (talk.state == TalkState.OPEN) == found


def test_a_listener_is_led_to_no_more_than_they_said(community: Any) -> None:
    listener(community)
    first, second = ask(community), ask(community)
    assert (first.state, second.state) == (TalkState.OPEN, TalkState.WAITING)

    listener(community)
    services.match_waiting(community=community, at=NOON)
    second.refresh_from_db()
    assert second.state == TalkState.OPEN


def test_whoever_ended_a_talk_is_not_led_to_the_same_person(community: Any) -> None:
    listener(community, week_most=5)
    person = make_member(community)
    talk = ask(community, person)
    services.end_talk(community=community, talk_id=talk.public_id, person=person, at=NOON)
    assert ask(community, person).state == TalkState.WAITING


def test_one_asks_three_times_a_week(community: Any) -> None:
    person = make_member(community)
    for _ in range(3):
        talk = ask(community, person)
        services.end_talk(community=community, talk_id=talk.public_id, person=person, at=NOON)
    with pytest.raises(errors.TooManyTalks):
        ask(community, person)
    assert ask(community, person, at=NOON + timedelta(days=8)).state == TalkState.WAITING


def test_neither_sees_name_or_number_and_nobody_else_sees_anything(community: Any) -> None:
    row = listener(community)
    talk = ask(community, make_member(community, name="صاحبة الاسم"), way=Way.CALL)
    for viewer, other in ((talk.person, "نبع"), (row.person, "ظلّ")):
        card = queries.talk_card(community=community, talk_id=talk.public_id, viewer=viewer)
        assert (card.other, card.room) == (other, ROOM)
        assert "صاحبة" not in str(card)
        assert "مصغية" not in str(card)
    for role in ("coordinator", "steward", "volunteer"):
        with pytest.raises(errors.NoSuchTalk):
            queries.talk_card(
                community=community, talk_id=talk.public_id, viewer=make_member(community, role)
            )


@pytest.mark.parametrize("by_listener", [True, False])
def test_either_ends_it_without_a_reason_and_the_words_go(community: Any, by_listener: bool) -> None:
    row = listener(community)
    talk = ask(community)
    services.write_line(community=community, talk_id=talk.public_id, person=talk.person, body="كلام", at=NOON)
    Notice.objects.all().delete()
    ending = row.person if by_listener else talk.person
    services.end_talk(community=community, talk_id=talk.public_id, person=ending, at=NOON)

    assert not TalkLine.objects.exists()
    assert not Notice.objects.exists()
    tidying.end_talks(at=NOON + timedelta(days=8))
    assert not Talk.objects.exists()


def test_a_talk_nobody_ended_ends_by_itself(community: Any) -> None:
    listener(community)
    talk = ask(community)
    tidying.end_talks(at=NOON + timedelta(days=15))
    talk.refresh_from_db()
    assert talk.state == TalkState.ENDED


def test_only_coordinators_and_stewards_confirm_a_training(community: Any) -> None:
    row = listener(community, trained=False)
    which = {"community": community, "listener_id": row.public_id, "trained": True, "at": NOON}
    for role in ("volunteer", "auditor"):
        with pytest.raises(errors.WordsForCoordinators):
            services.confirm_training(**which, actor=make_member(community, role))
    services.confirm_training(**which, actor=make_member(community, "coordinator"))
    row.refresh_from_db()
    assert row.trained_at == NOON


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (Rhythm.WEEKLY, ["2026-03-10", "2026-03-17", "2026-03-24"]),
        (Rhythm.FORTNIGHTLY, ["2026-03-10", "2026-03-24", "2026-04-07"]),
        (Rhythm.MONTHLY, ["2026-03-10", "2026-04-14", "2026-05-12"]),
    ],
)
def test_meetings_follow_their_rhythm(rhythm: Rhythm, days: list[str]) -> None:
    found = meetings(
        rhythm=rhythm,
        first_on=date(2026, 3, 10),
        clock=time(20, 30),
        zone="Asia/Amman",
        after=datetime(2026, 3, 1, tzinfo=UTC),
        count=3,
    )
    assert [f"{moment:%Y-%m-%d}" for moment in found] == days


def test_the_hour_stays_when_the_clocks_change() -> None:
    found = meetings(
        rhythm=Rhythm.WEEKLY,
        first_on=date(2026, 3, 24),
        clock=time(20, 30),
        zone="Europe/Paris",
        after=datetime(2026, 3, 1, tzinfo=UTC),
        count=2,
    )
    assert [moment.hour for moment in found] == [19, 18]

"""The index is built anew at night, by each community's own clock, one community after the other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tadamun.foundation.communities.models import Community
from tadamun.foundation.search.models import Entry
from tadamun.foundation.search.queries import built_at
from tadamun.foundation.search.services import note_built
from tadamun.web.searching import building
from tests.aid import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def community() -> Community:
    """One whose clock is three hours ahead of the machine's."""
    found = make.make_community()
    Community.objects.update(time_zone="Asia/Amman")
    found.refresh_from_db()
    return found


def hours_due(community: Community, *, since: datetime) -> list[int]:
    """At which hours (UTC) of the day after it was last built this community's turn comes."""
    note_built(scope=community.pk, at=since)
    return [hour for hour in range(24) if building.due(at=since + timedelta(hours=24 + hour))]


def test_is_due_at_night_by_the_communitys_clock(community: Community) -> None:
    midnight = make.NOON.replace(hour=0)

    assert hours_due(community, since=midnight) == [0, 1, 22, 23]


def test_is_due_once_a_night(community: Community) -> None:
    night = make.NOON.replace(hour=23)
    note_built(scope=community.pk, at=night)

    assert building.due(at=night + HOUR) == []
    assert building.due(at=night + 24 * HOUR) == [community]


def test_is_due_at_once_where_it_never_was_built_and_where_the_worker_sleeps_at_night(
    community: Community,
) -> None:
    assert building.due(at=make.NOON) == [community]

    note_built(scope=community.pk, at=make.NOON)
    assert building.due(at=make.NOON + timedelta(days=2)) == []
    assert building.due(at=make.NOON + timedelta(days=3, hours=1)) == [community]


def test_builds_one_community_at_a_time_that_of_the_longest_ago_first(community: Community) -> None:
    other = make.make_community(slug="figs")
    note_built(scope=community.pk, at=make.NOON - timedelta(days=9))
    note_built(scope=other.pk, at=make.NOON - timedelta(days=5))
    make.make_offer(community)
    Entry.objects.all().delete()

    building.renew(at=make.NOON)

    assert built_at() == {community.pk: make.NOON, other.pk: make.NOON - timedelta(days=5)}
    assert Entry.objects.filter(scope=community.pk, kind="offer").count() == 1
    assert building.due(at=make.NOON) == [other]

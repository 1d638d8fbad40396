"""A community with people who raise, join and steer."""

from __future__ import annotations

import pytest

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.problems.models import Problem
from tests.aid import make
from tests.support.problems.make import make_problem


@pytest.fixture
def community(db: None) -> Community:
    """A neighbourhood with one named area."""
    community = make.make_community()
    make.make_area(community)
    return community


@pytest.fixture
def layla(community: Community) -> Person:
    """Whoever raises it."""
    return make.make_member(community, name="ليلى القاسم")


@pytest.fixture
def sami(community: Community) -> Person:
    """A neighbour."""
    return make.make_member(community, name="سامي ناصر")


@pytest.fixture
def reem(community: Community) -> Person:
    """The community's facilitator."""
    return make.make_member(community, "facilitator", name="ريم منصور")


@pytest.fixture
def hind(community: Community) -> Person:
    """Its coordinator."""
    return make.make_coordinator(community)


@pytest.fixture
def problem(community: Community, layla: Person) -> Problem:
    """A dark staircase."""
    return make_problem(community, by=layla, body="لا ضوء منذ شهر في مدخل البناية")

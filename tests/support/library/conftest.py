"""A community with a coordinator and three neighbours."""

from __future__ import annotations

import pytest

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tests.aid import make


@pytest.fixture
def community(db: None) -> Community:
    return make.make_community()


@pytest.fixture
def keeper(community: Community) -> Person:
    return make.make_coordinator(community)


@pytest.fixture
def layla(community: Community) -> Person:
    return make.make_member(community, name="ليلى القاسم")


@pytest.fixture
def sami(community: Community) -> Person:
    return make.make_member(community, name="سامي ناصر")


@pytest.fixture
def reem(community: Community) -> Person:
    return make.make_member(community, name="ريم منصور")

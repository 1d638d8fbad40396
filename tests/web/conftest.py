"""A community with people of each role, for tests of the shell."""

from __future__ import annotations

import pytest

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tests.aid import make


@pytest.fixture
def community(db: None) -> Community:
    """A neighbourhood with one named area."""
    community = make.make_community(slug="olives")
    make.make_area(community)
    return community


@pytest.fixture
def member(community: Community) -> Person:
    """A member without any other role."""
    return make.make_member(community, name="أمّ خالد")

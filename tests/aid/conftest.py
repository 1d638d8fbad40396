"""A community with a coordinator, for tests of mutual aid."""

from __future__ import annotations

import pytest

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tests.aid import make


@pytest.fixture
def community(db: None) -> Community:
    """A neighbourhood with one named area."""
    community = make.make_community()
    make.make_area(community)
    return community


@pytest.fixture
def coordinator(community: Community) -> Person:
    """Its coordinator."""
    return make.make_coordinator(community)


@pytest.fixture
def volunteer(community: Community) -> Person:
    """A verified volunteer."""
    return make.make_member(community, "volunteer", name="سامي ناصر")

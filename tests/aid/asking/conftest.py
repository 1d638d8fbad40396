"""A guest's request, and its line once it is sorted."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import NeedLine
from tests.aid import make


@pytest.fixture
def asked(community: Community, coordinator: Person) -> services.Asked:
    """A guest's request for two parcels, just made."""
    return make.make_request(community, quantity=2, at=timezone.now())


@pytest.fixture
def line(asked: services.Asked, coordinator: Person) -> NeedLine:
    """Its line, sorted and waiting."""
    return make.triage(asked.request.lines.get(), by=coordinator, at=timezone.now())

"""A community with a coordinator, for tests of the directory."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

import pytest
from allauth.mfa.models import Authenticator

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.directory import services
from tadamun.pillars.aid.directory.cards import ImportReport
from tests.aid import make


@pytest.fixture
def coordinator(community: Community) -> Person:
    """Its coordinator, who signs in with a second factor."""
    person = make.make_coordinator(community)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return person


@pytest.fixture
def take(community: Community) -> Callable[..., ImportReport]:
    """Take a file in, at noon."""

    def taken(file: IO[bytes], **changes: Any) -> ImportReport:
        given: dict[str, Any] = {
            "community": community,
            "file": file,
            "source": "town",
            "actor": None,
            "at": make.NOON,
            "today": make.NOON.date(),
        }
        return services.import_services(**(given | changes))

    return taken

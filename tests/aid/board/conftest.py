"""Browsers for the coordinator's pages; the second factor that roles seeing names need is set up already."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import queries


@pytest.fixture
def browser_of() -> Callable[[Person | None], Client]:
    """A browser in which somebody is signed in, reading English; nobody: a guest's."""

    def browser(person: Person | None) -> Client:
        client = Client()
        client.cookies["language"] = "en"
        if person is not None:
            Authenticator.objects.get_or_create(
                user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
            )
            client.force_login(person)
        return client

    return browser


@pytest.fixture
def desk(browser_of, coordinator) -> Client:
    """The coordinator's browser."""
    return browser_of(coordinator)


@pytest.fixture
def see(community, coordinator):
    """The rows of one kind as they stand at a moment."""

    def rows(kind, *, at, mine=False):
        found = queries.due(community=community, viewer=coordinator, at=at, mine=mine)
        return [card for card in found if card.kind == kind]

    return rows

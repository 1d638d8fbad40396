"""Every door × every visitor, in one table; a door that is missing from it fails."""

from __future__ import annotations

from typing import Any

import pytest

from tests.doors.table import DOORS
from tests.doors.trying import all_doors, let_in, try_door
from tests.doors.world import HIDDEN, SECRET_FORMS, SECRETS, World, make_world

pytestmark = pytest.mark.django_db

OUTSIDERS = ("guest", "stranger", "neighbour", "member", "volunteer")
"""Nobody of these may read anything of the asker, whatever they open."""


FOR_COORDINATORS = (SECRETS["detail"], SECRETS["message"], SECRETS["name"], HIDDEN)
"""What sorting a line needs, the thread, and the name on the list of members (never beside the request)."""


def told(answer: Any) -> list[str]:
    """The planted secrets that an answer gives away, in its body or its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode(errors="replace") + str(dict(answer.items()))
    return [secret for secret in SECRET_FORMS if secret in text]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_every_door_stands_in_the_table() -> None:
    doors = {door.name for door in all_doors()}

    assert doors - set(DOORS) == set(), "new doors: write into tests/doors/table.py who may open them"
    assert set(DOORS) - doors == set(), "doors that are gone"


@pytest.mark.slow
def test_lets_in_exactly_those_of_the_table_and_tells_outsiders_nothing(world: World) -> None:
    wrong, leaks = [], []
    for door in all_doors():
        for method, allowed in DOORS[door.name].items():
            for name, visitor in world.visitors.items():
                answer = try_door(visitor, method=method, url=door.url(world))
                assert answer.status_code < 500, (door.name, method, name)
                if let_in(answer) != (name in allowed):
                    wrong.append(f"{method} {door.name} as {name}: {answer.status_code}")
                if name in OUTSIDERS:
                    leaks += [f"{method} {door.name} as {name}: {secret}" for secret in told(answer)]
    assert not wrong, "\n".join(wrong)
    assert not leaks, "\n".join(leaks)


def test_a_coordinator_reads_the_details_only_after_a_reason_was_logged(world: World) -> None:
    coordinator = world.visitors["coordinator"]
    leaks = []
    for door in all_doors():
        if "GET" not in DOORS[door.name]:
            continue
        answer = try_door(coordinator, method="GET", url=door.url(world))
        leaks += [f"{door.name}: {secret}" for secret in told(answer) if secret not in FOR_COORDINATORS]
    assert not leaks, "\n".join(leaks)


def test_the_giver_reads_first_name_and_address_only_by_opening_them(world: World) -> None:
    giver = world.visitors["giver"]
    leaks = []
    for door in all_doors():
        if "GET" not in DOORS[door.name]:
            continue
        answer = try_door(giver, method="GET", url=door.url(world))
        leaks += [f"{door.name}: {secret}" for secret in told(answer) if secret != SECRETS["detail"]]
    assert not leaks, "\n".join(leaks)


def test_admin_shows_no_personal_record() -> None:
    from django.contrib import admin

    shown = {model.__name__ for model in admin.site._registry}

    assert shown == {"Area", "Category", "Community"}

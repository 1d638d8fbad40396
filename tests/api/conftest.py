"""A neighbourhood with one of everything, and programs of everybody in it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.doors.programs import programs
from tests.doors.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def visitors(world: World) -> dict[str, Client]:
    """Each with a token for everything; `guest` and `with_pin` without one."""
    return programs(world)

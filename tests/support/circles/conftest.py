"""A circle with a host and two people inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from tadamun.foundation.communities.models import Membership
from tadamun.pillars.support.circles import services
from tadamun.pillars.support.circles.models import Circle, Seat
from tests.doors.circle import circle_facts
from tests.foundation.make import NOON, make_community, make_member


@dataclass
class Around:
    """A circle and those around it."""

    community: Any
    circle: Circle
    host: Any
    ruba: Any
    noor: Any

    @property
    def where(self) -> dict[str, Any]:
        """Which circle."""
        return {"circle_id": self.circle.public_id, "community": self.community}


def checked(community: Any, *, name: str = "هناء") -> Any:
    """A member whom a coordinator has met."""
    person = make_member(community, name=name)
    Membership.objects.filter(person=person, community=community).update(verified_at=NOON)
    return person


def join(
    where: dict[str, Any], person: Any, *, by: Any, alias: str, at: datetime = NOON, **said: Any
) -> Seat:
    """Ask and be taken in."""
    asking = services.Asking(alias=alias, accepts=True, **({"adult": True} | said))
    seat = services.ask_to_join(**where, person=person, asking=asking, at=at)
    services.answer_asking(**where, seat_id=seat.public_id, actor=by, takes_in=True, at=at)
    seat.refresh_from_db()
    return seat


@pytest.fixture
def around(db: None) -> Around:
    return make_around()


def make_around(**facts: Any) -> Around:
    """The circle, met on Tuesdays."""
    community = make_community()
    host, ruba, noor = (
        checked(community),
        make_member(community, name="ربى"),
        make_member(community, name="نور"),
    )
    circle = services.open_circle(
        community=community, actor=host, facts=circle_facts(**facts), alias="هناء", about="ممرّضة", at=NOON
    )
    made = Around(community, circle, host, ruba, noor)
    if not facts.get("age_from"):
        join(made.where, ruba, by=host, alias="ياسمين")
        join(made.where, noor, by=host, alias="سنابل", at=NOON + timedelta(minutes=1))
    return made

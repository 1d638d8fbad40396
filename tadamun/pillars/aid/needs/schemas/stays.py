"""Nights under somebody's roof, and what was wrong with help, as programs send and read it."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from tadamun.foundation.api import Given
from tadamun.pillars.aid.needs.vocabulary import TEXT_MOST


class ConcernGiven(Given):
    """What was wrong: for the coordinators alone."""

    body: str = Field(max_length=TEXT_MOST, min_length=1)


class StayState(Schema):
    """What both sides said of a stay so far."""

    guest_in_at: datetime | None
    host_in_at: datetime | None
    guest_out_at: datetime | None
    host_out_at: datetime | None


class ConcernRead(Schema):
    """Something that was wrong, as coordinators read it."""

    id: int = Field(validation_alias="pk")
    side: str
    body: str
    at: datetime
    handled: bool


class ConcernState(Schema):
    """Something that was wrong, after it was taken care of."""

    id: int
    handled_at: datetime | None

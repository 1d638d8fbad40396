"""Sending a line to a service of the directory, and whether it helped, as programs send and read it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from tadamun.foundation.api import Given, PublicId


class ReferralGiven(Given):
    """The service of the directory that can help better."""

    service_id: PublicId


class AnswerGiven(Given):
    """What came of it, as the asker says."""

    outcome: Literal["helped", "not_helped", "not_gone"]


class ReferableRead(Schema):
    """A service that somebody can be sent to."""

    id: str = Field(validation_alias="public_id")
    name: str
    organisation: str
    categories: list[str]
    towns: list[str]
    cost: str
    open_now: bool
    confirmed_on: date | None
    stale: bool


class DirectionsRead(Schema):
    """What somebody needs to find a service. `discreet`: people flee there, and a message must not name it."""

    service_id: str
    name: str
    organisation: str
    address: str
    phone: str
    documents: list[str]
    discreet: bool


class ReferralRead(Schema):
    """Where a line was sent, with the way there, and what came of it."""

    id: str = Field(validation_alias="public_id")
    line_id: str
    directions: DirectionsRead | None
    """Null where the service is no longer listed."""
    referred_at: datetime
    asked_at: datetime | None
    outcome: str


class ReferralState(Schema):
    """A referral after something was done with it."""

    id: str = Field(validation_alias="public_id")
    outcome: str

"""Distribution days, as programs send and read them."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from tadamun.foundation.api import Given, Moment, PublicId, Whole

NUMBERS_MOST = 10_000


class DistributionGiven(Given):
    """A day on which the accepted parcels of an offer are handed out."""

    offer_id: PublicId
    title: str = Field(max_length=120, min_length=1)
    where: str = Field(max_length=200, min_length=1)
    opens: Moment
    closes: Moment


class CheckGiven(Given):
    """A household at the counter. `code` left out: the coordinator of the token knows the household."""

    number: Whole = Field(ge=1, le=NUMBERS_MOST)
    code: str | None = Field(None, max_length=12, min_length=1)


class WaitingParcels(Schema):
    """An offer of an organisation with accepted parcels that stand on no list yet."""

    offer_id: str
    organisation: str
    parcels: int


class SeatRead(Schema):
    """One number on the list: no name; the code stays with the household."""

    number: int
    request_number: int
    quantity: int
    household_size: int | None
    checked_at: datetime | None


class DistributionRow(Schema):
    """One day in the list of days."""

    id: str = Field(validation_alias="public_id")
    title: str
    where: str
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    category_name: str = Field(validation_alias="category")
    unit: str
    organisation: str = Field(validation_alias="giver")
    checked: int
    """How many households were checked off."""


class DistributionRead(DistributionRow):
    """One day with its numbered list."""

    seats: list[SeatRead]


class SeatChecked(Schema):
    """A number that was checked off just now."""

    number: int
    checked_at: datetime


class DistributionState(Schema):
    """A day after something was done with it."""

    id: str = Field(validation_alias="public_id")
    closed_at: datetime | None

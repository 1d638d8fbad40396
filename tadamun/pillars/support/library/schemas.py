"""What is lent and booked, as programs send and read it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated

from ninja import Schema
from pydantic import BeforeValidator, Field

from tadamun.foundation.api import Day, Given, Whole
from tadamun.pillars.support.library.vocabulary import DAYS_MOST, MINUTES_MOST

Clock = Annotated[str, BeforeValidator(lambda value: f"{value:%H:%M}" if isinstance(value, time) else value)]
"""An hour of the day on the community's clock, such as 16:00."""


class LoanGiven(Given):
    """For a thing: the first day and how many days. For a room or a skill: day, hour (HH:MM) and minutes."""

    first: Day
    days: Whole | None = Field(None, ge=1, le=DAYS_MOST)
    begin: str | None = Field(None, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
    minutes: Whole | None = Field(None, ge=1, le=MINUTES_MOST)


class PlaceGiven(Given):
    """For how many days it would be needed."""

    days: Whole = Field(ge=1, le=DAYS_MOST)


class ItemRead(Schema):
    """One line of the list. `here`: pieces that can be fetched now."""

    id: str = Field(validation_alias="public_id")
    kind: str
    state: str
    name: str
    place: str
    condition: str
    copies: int
    here: int


class ItemDetailsRead(ItemRead):
    """One thing, room or skill, and its rules; never who has it."""

    description: str
    instructions: str
    safety: list[str]
    open_days: list[int]
    opens: Clock
    closes: Clock
    days_most: int
    minutes_most: int
    renewals_most: int
    at_once_most: int
    who_may: str
    needs_introduction: bool
    asks_first: bool
    first_free: date | None
    back_on: date | None
    waiting: int
    own_place: int


class LoanRead(Schema):
    """One's own booking; `days_late` counts whole days."""

    id: str = Field(validation_alias="public_id")
    item_id: str
    item: str
    kind: str
    state: str
    starts_at: datetime
    ends_at: datetime
    days_late: int
    answer_until: datetime | None
    renewals: int
    may_renew: bool


class LoanMade(Schema):
    """The id of what was made."""

    id: str

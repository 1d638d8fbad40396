"""Choices, invitations, tasks and handovers, as programs send and read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field, field_validator

from tadamun.foundation.api import Flag, Given, Moment, PublicId, Whole
from tadamun.pillars.aid.needs.schemas.stays import StayState
from tadamun.pillars.aid.needs.vocabulary import DETAIL_MOST, QUANTITY_MOST


class InviteGiven(Given):
    """Whose offer is asked for; `change_reason` is a code, for another than the round's first choice."""

    offer_id: PublicId
    quantity: Whole | None = Field(None, ge=1, le=QUANTITY_MOST)
    change_reason: str = Field("", max_length=24, pattern=r"^[a-z_]{0,24}$")


class ScheduleGiven(Given):
    """When the help comes. `late_is_agreed`: the household would rather have it late than not at all.

    `night_is_agreed`: it comes before seven or after ten at night, and the household said yes to that.
    """

    starts: Moment
    ends: Moment
    late_is_agreed: Flag = False
    night_is_agreed: Flag = False


class CodeGiven(Given):
    """The code that the household gave at the door."""

    code: str = Field(max_length=20, min_length=1)
    quantity: Whole | None = Field(None, ge=1, le=QUANTITY_MOST)


class ReceiptGiven(Given):
    """How much arrived; left out, all of it."""

    quantity: Whole | None = Field(None, ge=1, le=QUANTITY_MOST)


class ThanksGiven(Given):
    """A word of thanks for help that arrived."""

    words: str = Field(max_length=DETAIL_MOST, min_length=1)


class FellThroughGiven(Given):
    """Why a handover did not happen; never a score."""

    reason: Literal["no_show", "nobodys_fault"]


class ChoiceRead(Schema):
    """One offer that could serve a line, explained by a code and figures; never whose it is."""

    offer_id: str
    is_organisation: bool
    category_name: str = Field(validation_alias="category")
    free: int
    distance_km: float | None
    window_from: datetime | None
    window_until: datetime | None
    brings_it: bool
    provides: list[str]
    best_before: date | None
    verified: bool
    proposed: bool
    proposed_quantity: int | None
    reason: dict[str, Any]


class MatchRead(Schema):
    """One invitation or promise of a line, for coordinators."""

    id: str = Field(validation_alias="public_id")
    offer_id: str
    state: str
    quantity: int
    delivered: int
    giver_has_account: bool
    invited_at: datetime | None
    expires_at: datetime | None
    window_from: datetime | None
    window_until: datetime | None
    handed_over_at: datetime | None
    confirmed_at: datetime | None
    confirmed_how: str
    end_reason: str
    change_reason: str
    is_stay: bool
    stay: StayState | None
    lacks_address: bool

    _no_stay = field_validator("stay", mode="before")(lambda moments: moments or None)


class MatchState(Schema):
    """A match after something was done with it."""

    id: str = Field(validation_alias="public_id")
    state: str
    quantity: int
    delivered: int


class InvitationRead(Schema):
    """What an invited giver sees: what, how much, roughly where, by when. Nothing of who."""

    match_id: str
    category_name: str = Field(validation_alias="category")
    unit: str
    quantity: int
    area: str
    about_km: int | None
    until_at: datetime | None
    when: str
    urgent: bool
    requirements: list[str]
    household_size: int | None
    expires_at: datetime | None
    delivery: str
    further: int


class TaskRead(Schema):
    """A promise as the giver sees it; name and address are a door of their own."""

    match_id: str
    request_number: int
    state: str
    category_name: str = Field(validation_alias="category")
    unit: str
    quantity: int
    delivered: int
    detail: str
    area: str
    requirements: list[str]
    delivery: str
    window_from: datetime | None
    window_until: datetime | None
    until_at: datetime | None
    opens_today: bool
    confirmed_at: datetime | None
    thanks: str
    is_stay: bool
    stay: StayState | None
    end_reason: str
    late_now: bool
    code_tries_left: int
    before_the_day: bool

    _no_stay = field_validator("stay", mode="before")(lambda moments: moments or None)


class DoorRead(Schema):
    """First name and address for the matched giver, that day only."""

    first_name: str
    address: str
    area: str
    window_from: datetime | None
    window_until: datetime | None

"""Requests and their lines, as programs send and read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Self

from ninja import Schema
from pydantic import Field, field_validator, model_validator

from tadamun.foundation.api import Day, Flag, Given, PublicId, Whole
from tadamun.pillars.aid.needs.schemas.stays import StayState
from tadamun.pillars.aid.needs.vocabulary import (
    DETAIL_MOST,
    HOUSEHOLD_MOST,
    LINES_MOST,
    NUMBER_DIGITS_MOST,
    QUANTITY_MOST,
    TEXT_MOST,
    CloseReason,
    ContactOutcome,
    ContactWay,
    Delivery,
    Household,
    Requirement,
    TierReason,
    When,
)


class LineGiven(Given):
    """One thing that is needed."""

    category: str = Field(max_length=60)
    quantity: Whole = Field(1, ge=1, le=QUANTITY_MOST)
    when: When = When.WEEK
    detail: str = Field("", max_length=DETAIL_MOST)


class RequestGiven(Given):
    """A request: for oneself, for somebody who knows of it, or taken down by a coordinator on the phone."""

    lines: list[LineGiven] = Field(min_length=1, max_length=LINES_MOST)
    whose: Literal["own", "on_behalf", "phone"] = "own"
    consent_version: str = Field(max_length=16, min_length=1)
    """The version of the text that was shown or read aloud: `help`, or `on_behalf` for somebody else."""
    phone: str = Field("", max_length=60)
    asker_name: str = Field("", max_length=80)
    recipient_name: str = Field("", max_length=80)
    contact_way: ContactWay = ContactWay.CALL
    safe_hours: str = Field("", max_length=120)
    household_size: Whole | None = Field(None, ge=1, le=HOUSEHOLD_MOST)
    household: Household = Household.UNKNOWN
    """Who would sleep under somebody's roof; a house of women only is found for `women` alone."""
    area_id: PublicId | None = None
    address: str = Field("", max_length=300)
    confidential: Flag = False
    delivery: Delivery = Delivery.EITHER
    requirements: list[Requirement] = Field([], max_length=len(Requirement))
    notes: str = Field("", max_length=TEXT_MOST)
    shows_in_public: Flag = False


class RequestChange(Given):
    """What is to be corrected; what is left out stays. Area and address change together."""

    area_id: PublicId | None = None
    address: str | None = Field(None, max_length=300)
    safe_hours: str | None = Field(None, max_length=120)
    notes: str | None = Field(None, max_length=TEXT_MOST)
    contact_way: ContactWay | None = None
    shows_in_public: Flag | None = None

    @model_validator(mode="after")
    def _place_is_whole(self) -> Self:
        if ("area_id" in self.model_fields_set) != (self.address is not None):
            raise ValueError("area_id and address come together")
        return self


class LineChange(Given):
    """How much, and by when."""

    quantity: Whole = Field(ge=1, le=QUANTITY_MOST)
    when: When


class MessageGiven(Given):
    """A message in the thread of a request."""

    body: str = Field(max_length=TEXT_MOST, min_length=1)


class ContactGiven(Given):
    """A call that was tried."""

    outcome: ContactOutcome
    note: str = Field("", max_length=TEXT_MOST)
    follow_up_on: Day | None = None


class RevealGiven(Given):
    """Why a name, a phone or a place is looked at: the person concerned can read it."""

    reason: str = Field(max_length=200, min_length=3)


class TriageGiven(Given):
    """How severe a line is, on what ground, and what exactly it is."""

    tier: Literal[0, 1, 2]
    reason: TierReason
    category: str | None = Field(None, max_length=60)


class ReferGiven(Given):
    """Where somebody can help better."""

    where: str = Field(max_length=200, min_length=1)


class CloseGiven(Given):
    """Why a line ends without being met by us."""

    reason: CloseReason


class PinGiven(Given):
    """Number and PIN of a request: they open it without an account."""

    number: str = Field(max_length=NUMBER_DIGITS_MOST, min_length=1)
    pin: str = Field(max_length=20, min_length=1)


class PinLine(PinGiven):
    """A line of the request that number and PIN open."""

    line_id: PublicId


class PinReceipt(PinGiven):
    """A promise of help that arrived, all of it or a part."""

    match_id: PublicId
    quantity: Whole | None = Field(None, ge=1, le=QUANTITY_MOST)


class PinMessage(PinGiven):
    """A message in the thread of the request that number and PIN open."""

    body: str = Field(max_length=TEXT_MOST, min_length=1)


class LineRead(Schema):
    """One line, without anything that says whose it is."""

    id: str = Field(validation_alias="public_id")
    request_id: str
    request_number: int
    category: str = Field(validation_alias="category_code")
    category_name: str = Field(validation_alias="category")
    unit: str
    quantity: int
    reserved: int
    promised: int
    delivered: int
    state: str
    close_reason: str
    when: str
    until_at: datetime | None
    tier: int | None
    tier_reason: str
    waiting_since: datetime
    area: str
    sensitive: bool
    is_money: bool
    asks_for_call: bool


class LineState(Schema):
    """A line after something was done with it."""

    id: str = Field(validation_alias="public_id")
    state: str
    quantity: int
    close_reason: str
    tier: int | None


class RequestRowRead(Schema):
    """One request in the coordinators' list."""

    id: str = Field(validation_alias="public_id")
    number: int
    origin: str
    asked_at: datetime
    household_size: int | None
    area: str
    call_by: datetime | None
    follow_up_on: date | None
    unreachable: bool
    merged: bool
    lines: list[LineRead]


class RequestRead(Schema):
    """One request as coordinators see it before any reveal: no name, no phone, no address, no notes."""

    id: str = Field(validation_alias="public_id")
    number: int
    origin: str
    asked_at: datetime
    household_size: int | None
    household: str
    area: str
    delivery: str
    requirements: list[str]
    contact_way: str
    safe_hours: str
    language: str
    has_phone: bool
    has_notes: bool
    has_address: bool
    on_behalf: bool
    owned_by_viewer: bool
    call_by: datetime | None
    follow_up_on: date | None
    unreachable_since: datetime | None
    merged_into_id: str
    lines: list[LineRead]
    said: dict[str, str]
    referred_to: dict[str, str]
    area_id: str
    confidential: bool
    place_known: bool
    lacks_address: bool


class RequestAsked(Schema):
    """A request just made. The PIN stands here alone: with the number it opens the request without an account."""

    id: str
    number: int
    pin: str


class RequestChanged(Schema):
    """A request after something was changed."""

    id: str = Field(validation_alias="public_id")
    number: int


class Made(Schema):
    """What was made, by its id."""

    id: str


class ContactRead(Schema):
    """Name, phone, address and notes, once the look is logged."""

    name: str
    recipient: str
    phone: str
    address: str
    area: str
    notes: str


class HelpRead(Schema):
    """One promise of help as the asker sees it, with the code to give at the door."""

    match_id: str
    state: str
    giver: str
    quantity: int
    delivered: int
    code: str
    window_from: datetime | None
    window_until: datetime | None
    confirmed_at: datetime | None
    is_stay: bool
    stay: StayState | None
    about_house: str
    house_rules: str
    thanked: bool

    _no_stay = field_validator("stay", mode="before")(lambda moments: moments or None)


class TrackedLineRead(Schema):
    """One line of one's own request, with the help promised for it."""

    line: LineRead
    detail: str
    referred_to: str
    helps: list[HelpRead]
    searched_at: datetime | None
    asked_about: bool
    """Whether the question if it is still needed waits for an answer."""


class ThreadMessage(Schema):
    """One message of the thread."""

    side: str
    author: str
    body: str
    at: datetime


class LookRead(Schema):
    """One look at the asker's name, place or phone."""

    viewer: str
    role: str
    what: str
    reason: str
    at: datetime


class OwnRequestRead(Schema):
    """Everything the asker may know of their own request."""

    id: str = Field(validation_alias="public_id")
    number: int
    asked_at: datetime
    owner: str
    call_by: datetime | None
    unreachable: bool
    is_open: bool
    safe_hours: str
    address: str
    area_id: str
    notes: str
    contact_way: str
    has_phone: bool
    shows_in_public: bool
    household_size: int | None
    delivery: str
    lines: list[TrackedLineRead]
    messages: list[ThreadMessage]
    looks: list[LookRead]


class PublicNeedRead(Schema):
    """A need whose asker agreed to show it."""

    category_name: str = Field(validation_alias="category")
    area: str
    quantity: int
    unit: str
    when: str


class CountsRead(Schema):
    """What a community did this calendar month; null where fewer than eleven."""

    met: int | None
    waiting: int | None
    givers: int | None

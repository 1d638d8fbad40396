"""What was tried and said around a request, what looks like it, and what a call completes, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from ninja import Schema
from pydantic import Field, model_validator

from tadamun.foundation.api import Given, PublicId, Whole
from tadamun.pillars.aid.needs.vocabulary import (
    HOURS_MOST,
    HOUSEHOLD_MOST,
    LINES_MOST,
    NAME_MOST,
    QUANTITY_MOST,
    ContactWay,
    Delivery,
)


class CallGiven(Given):
    """«Call me»: only whom and when; the rest is said on the phone."""

    phone: str = Field(max_length=60, min_length=1)
    asker_name: str = Field("", max_length=NAME_MOST)
    safe_hours: str = Field("", max_length=HOURS_MOST)
    consent_version: str = Field(max_length=16, min_length=1)


class AmountGiven(Given):
    """How much of one line is needed."""

    line_id: PublicId
    quantity: Whole = Field(ge=1, le=QUANTITY_MOST)


class CompletionGiven(Given):
    """What a call brought; what is left out stays, and nothing hidden is shown. A null area: it is not known."""

    asker_name: str | None = Field(None, max_length=NAME_MOST, min_length=1)
    recipient_name: str | None = Field(None, max_length=NAME_MOST, min_length=1)
    phone: str | None = Field(None, max_length=60, min_length=1)
    contact_way: ContactWay | None = None
    safe_hours: str | None = Field(None, max_length=HOURS_MOST)
    household_size: Whole | None = Field(None, ge=1, le=HOUSEHOLD_MOST)
    area_id: PublicId | None = None
    address: str | None = Field(None, max_length=300, min_length=1)
    delivery: Delivery | None = None
    quantities: list[AmountGiven] = Field([], max_length=LINES_MOST)

    @model_validator(mode="after")
    def _each_line_once(self) -> Self:
        if len({one.line_id for one in self.quantities}) < len(self.quantities):
            raise ValueError("each line once")
        return self


class AttemptRead(Schema):
    """One call or message that was tried."""

    outcome: str
    by: str
    note: str
    at: datetime


class MessageRead(Schema):
    """One message of the thread, by the side that wrote it."""

    side: str
    body: str
    at: datetime


class AlikeRead(Schema):
    """Another request that may be of the same household, and why it looks so."""

    request_id: str
    number: int
    asked_at: datetime
    same_phone: bool
    same_place: bool
    categories: list[str]
    found: str
    """What a person found: same, related, different; empty while nobody looked."""
    merged: bool
    may_join: bool
    """Of the same account, or both of guests; others are linked."""


class AlikeGiven(Given):
    """What a person found about two requests. `join` makes them one, under the older number."""

    found: Literal["join", "same", "related", "different"]


class AlikeJudged(Schema):
    """The request that goes on."""

    id: str

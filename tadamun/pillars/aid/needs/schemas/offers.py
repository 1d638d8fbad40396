"""Offers, as programs send and read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from tadamun.foundation.api import Day, Flag, Given, Moment, Number, PublicId, Whole
from tadamun.pillars.aid.needs.vocabulary import (
    DETAIL_MOST,
    QUANTITY_MOST,
    REACH_KM_MOST,
    Requirement,
    Rhythm,
    Storage,
)

MONTHLY_MOST = 100
BEDS_MOST = 60


class HouseGiven(Given):
    """What a house that takes people in is like."""

    beds: Whole = Field(ge=1, le=BEDS_MOST)
    nights_from: Day
    nights_until: Day
    women_only: Flag = False
    families_welcome: Flag = True
    about_house: str = Field("", max_length=DETAIL_MOST)
    house_rules: str = Field("", max_length=DETAIL_MOST)


class OfferGiven(Given):
    """One offer. `house` goes with categories that are given whole, and with no other."""

    category: str = Field(max_length=60)
    quantity: Whole = Field(1, ge=1, le=QUANTITY_MOST)
    consent_version: str = Field(max_length=16, min_length=1)
    rhythm: Rhythm = Rhythm.ONCE
    from_at: Moment | None = None
    until_at: Moment | None = None
    reach_km: Number = Field(5.0, ge=0, le=REACH_KM_MOST)
    brings_it: Flag = True
    divisible: Flag = True
    provides: list[Requirement] = Field([], max_length=len(Requirement))
    detail: str = Field("", max_length=DETAIL_MOST)
    monthly_limit: Whole | None = Field(None, ge=1, le=MONTHLY_MOST)
    best_before: Day | None = None
    storage: Storage | Literal[""] = ""
    allergens: str = Field("", max_length=200)
    area_id: PublicId | None = None
    address: str = Field("", max_length=DETAIL_MOST)
    organisation: str = Field("", max_length=80)
    """The name of the organisation that gives it; empty: a person does."""
    house: HouseGiven | None = None


class PauseGiven(Given):
    """Until when an offer rests."""

    until: Day


class OfferRead(Schema):
    """One offer as its giver and the coordinators see it.."""

    id: str = Field(validation_alias="public_id")
    category_name: str = Field(validation_alias="category")
    unit: str
    quantity: int
    free: int
    rhythm: str
    divisible: bool
    detail: str
    area: str
    reach_km: float
    brings_it: bool
    provides: list[str]
    from_at: datetime | None
    until_at: datetime | None
    best_before: date | None
    monthly_limit: int | None
    paused_until: date | None
    state: str
    is_organisation: bool
    waits_for: str
    accepted: int


class OfferState(Schema):
    """An offer after something was done with it."""

    id: str = Field(validation_alias="public_id")
    state: str
    paused_until: date | None

"""What a search comes upon, as programs read it."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field


class FoundRequestRead(Schema):
    """One request that a search came upon: nothing that says whose it is."""

    id: str = Field(validation_alias="public_id")
    number: int
    asked_at: datetime
    categories: list[str]
    within: list[str]
    area: str
    is_own: bool


class FoundOfferRead(Schema):
    """One offer that a search came upon."""

    id: str = Field(validation_alias="public_id")
    made_at: datetime
    category_name: str = Field(validation_alias="category")
    within: str
    unit: str
    quantity: int
    detail: str
    area: str

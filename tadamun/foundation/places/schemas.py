"""What a program reads of places."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field


class AreaRead(Schema):
    """A named part of a community that can be chosen."""

    id: str = Field(validation_alias="public_id")
    name: str
    latitude: float
    longitude: float

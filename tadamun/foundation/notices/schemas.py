"""What a program reads of somebody's notices."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field


class NoticeRead(Schema):
    """One thing somebody was told. `url` leads to its page."""

    id: str = Field(validation_alias="public_id")
    subject: str
    body: str
    url: str
    made_at: datetime
    unread: bool


class NoticeState(Schema):
    """A notice after it was read."""

    id: str = Field(validation_alias="public_id")
    read_at: datetime | None

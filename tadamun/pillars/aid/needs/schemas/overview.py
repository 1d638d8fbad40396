"""What a community's coordinators and auditors look at: the day, the numbers, how fairly it goes, lists to take out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from tadamun.pillars.aid.needs.schemas.needs import LineRead


class DueRead(Schema):
    """Something that must not be forgotten."""

    kind: str
    day: date
    moment: datetime | None
    overdue: bool
    is_taken: bool
    """Whether a coordinator sees to it."""
    owned_by_viewer: bool
    categories: list[str]
    area: str
    request_id: str
    request_number: int | None
    line_id: str
    offer_id: str
    free: int
    unit: str

    @staticmethod
    def resolve_is_taken(card: Any) -> bool:
        """Whether somebody's name stands beside it; the name itself stays on the page."""
        return bool(card.owner)


class FiguresRead(Schema):
    """The numbers of the board."""

    urgent_open: int
    in_triage: int
    awaiting_answer: int
    awaiting_confirmation: int
    follow_ups_due: int
    scheduled_today: int


class HandoverRead(Schema):
    """One handover of the day."""

    request_id: str
    request_number: int
    line_id: str
    state: str
    category_name: str = Field(validation_alias="category")
    window_from: datetime
    window_until: datetime
    overdue: bool
    lacks_address: bool


class WaitRead(Schema):
    """How many hours half of the open lines of an area have waited at most; `twice` as long as in the others."""

    area_id: str
    area: str
    lines: int
    hours: float
    twice: bool


class FaredRead(Schema):
    """How the lines of one area or category, or all of them, fared; null where they are too few to say."""

    key: str
    name: str
    asked: int
    met: int | None
    part_met: int | None
    still_open: int | None
    ended: int | None
    share: float | None
    half: float | None
    """Hours that half of them have waited at most."""
    most: float | None
    """Hours that nine in ten of them have waited at most."""
    elsewhere: float | None
    """What half of the other areas' lines have waited at most, where this area waits at least twice as long."""


class FairnessRead(Schema):
    """The lines that came in within a span; the longest wait first."""

    areas: list[FaredRead]
    categories: list[FaredRead]
    whole: FaredRead


class ExportRead(Schema):
    """One need of a list to take out, without a name; members get what is shown in public."""

    number: int | None
    asked_on: date | None
    category: str = Field(validation_alias="category_code")
    category_name: str = Field(validation_alias="category")
    quantity: int
    open: int
    unit: str
    state: str
    tier: int | None
    when: str
    until_on: date | None
    area: str
    household_size: int | None


class ChatRead(Schema):
    """How much of one kind is needed, for a list that anybody may read."""

    category_name: str = Field(validation_alias="category")
    unit: str
    open: int
    area: str


class ChatListRead(Schema):
    """What may be told to a group: needs shown in public with their area, and the sums of all others."""

    shown: list[ChatRead]
    elsewhere: list[ChatRead]


class PolicyRead(Schema):
    """The published rules by which a community matches."""

    escalate_after_days: int
    fair_by_area: bool
    widen: bool
    invitation_hours: int
    referral_asks_after_days: int
    check_after_days: int


class UnmatchedRead(Schema):
    """A line that a round found nobody, or not enough, for: and why."""

    line: LineRead
    outcome: str
    units: int
    reason: dict[str, Any]

"""Common problems, as programs send and read them."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from tadamun.foundation.api import Day, Given, PublicId
from tadamun.pillars.support.problems.vocabulary import LINE_MOST, TEXT_MOST, TITLE_MOST


class ProblemGiven(Given):
    """What is raised; `category` is a code of the catalogue."""

    title: str = Field(min_length=1, max_length=TITLE_MOST)
    body: str = Field("", max_length=TEXT_MOST)
    area_id: PublicId | None = None
    category: str | None = Field(None, max_length=60)
    since_on: Day | None = None


class AffectedGiven(Given):
    """In which area it affects somebody too; null: not said."""

    area_id: PublicId | None = None


class IdeaGiven(Given):
    """An idea in a line."""

    words: str = Field(min_length=1, max_length=LINE_MOST)


class ProblemMade(Schema):
    """What was made."""

    id: str


class ProblemListed(Schema):
    """One problem in a list."""

    id: str = Field(validation_alias="public_id")
    title: str
    area: str
    state: str
    affected: int
    raised_at: datetime


class IdeaRead(Schema):
    """An idea, and how many reasons speak for it and against it."""

    id: str
    words: str
    reasons_for: list[str]
    reasons_against: list[str]


class ProblemRead(Schema):
    """One problem as its page shows it; nobody is named."""

    id: str = Field(validation_alias="public_id")
    title: str
    body: str
    area: str
    category_code: str
    since_on: date | None
    state: str
    raised_at: datetime
    settled_at: datetime | None
    outcome: str
    affected: int
    affects_viewer: bool
    same_requests: int | None
    """Open requests of the same kind and area; null below ten."""
    group_size: int
    steps: int
    steps_done: int
    thanks: int
    ideas: list[IdeaRead]

"""What programs send with number and PIN of a request."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tadamun.foundation.api import PublicId, Whole
from tadamun.pillars.aid.needs.schemas.needs import LineGiven, PinGiven, RequestChange
from tadamun.pillars.aid.needs.vocabulary import DETAIL_MOST, QUANTITY_MOST, TEXT_MOST, When


class PinChange(PinGiven):
    """What is to be corrected around the lines."""

    change: RequestChange


class PinNewLine(PinGiven):
    """One more thing that is needed."""

    line: LineGiven


class PinLineChange(PinGiven):
    """How much of a line, and by when."""

    line_id: PublicId
    quantity: Whole = Field(ge=1, le=QUANTITY_MOST)
    when: When


class PinMatch(PinGiven):
    """A promise of help."""

    match_id: PublicId


class PinThanks(PinMatch):
    """A word of thanks for help that arrived."""

    words: str = Field(max_length=DETAIL_MOST, min_length=1)


class PinConcern(PinMatch):
    """What was wrong: for the coordinators alone."""

    body: str = Field(max_length=TEXT_MOST, min_length=1)


class PinAnswer(PinGiven):
    """What came of being sent to a service."""

    referral_id: PublicId
    outcome: Literal["helped", "not_helped", "not_gone"]

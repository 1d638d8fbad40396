"""Where a long list goes on, as a program or the address of a page says it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tadamun.foundation.api import a_row, place_of
from tadamun.foundation.problems import CursorNotValid
from tadamun.pillars.aid.needs.vocabulary import UNSORTED, Tier


def line_place(after: str | None) -> tuple[int, datetime, int] | None:
    """The place of the last line that was seen: tier, waiting since, row; None at the beginning.

    :raises CursorNotValid: it was not made for a list of lines.
    """
    place = place_of(after, _tier, _moment, a_row)
    return (place[0], place[1], place[2]) if place else None


def _tier(value: Any) -> int:
    if type(value) is not int or not UNSORTED <= value <= max(Tier):
        raise CursorNotValid
    return value


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise CursorNotValid
    return found

"""Reading one cell: text in, value out, or :class:`BadCell` with a code."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, Final

from tadamun.engines.matching.instance import (
    MOST_DAYS,
    MOST_KM,
    MOST_TIERS,
    MOST_UNITS,
    OPEN_FROM,
    OPEN_UNTIL,
)
from tadamun.kernel.digits import to_latin

_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,15}")
_DECIMAL: Final = re.compile(r"[+-]?([0-9]{1,20}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,2})?")
_YES: Final = frozenset({"yes", "true", "1", "y"})
_NO: Final = frozenset({"no", "false", "0", "n"})
_ARABIC_POINT: Final = "٫"
_MOST_LETTERS: Final = 200
_DATE_LETTERS: Final = 10
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class BadCell(ValueError):
    """A cell that cannot be read, with a code and numbers."""

    def __init__(self, code: str, **params: int | float | str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


Reader = Callable[[str], Any]


def name(text: str) -> str:
    """A name that must be there: an id or a category."""
    if not text:
        raise BadCell("empty")
    return free_name(text)


def free_name(text: str) -> str:
    """A name that may be empty."""
    if len(text) > _MOST_LETTERS:
        raise BadCell("too_long", most=_MOST_LETTERS)
    if not text.isprintable():
        raise BadCell("unprintable")
    return text


def _as_latin(text: str) -> str:
    """A number or a time in Latin digits, with a point: «٣٣٫٥» is 33.5. Grouped thousands are not read."""
    return text if text.isascii() else to_latin(text).replace(_ARABIC_POINT, ".")


def whole(low: int, high: int) -> Reader:
    """A reader of whole numbers within limits, in either digits."""

    @lru_cache(maxsize=4096)
    def read(text: str) -> int:
        text = _as_latin(text)
        if not _WHOLE.fullmatch(text):
            raise BadCell("empty" if not text else "not_whole")
        value = int(text)
        if not low <= value <= high:
            raise BadCell("out_of_range", low=low, high=high)
        return value

    return read


def decimal(low: float, high: float) -> Reader:
    """A reader of finite decimal numbers within limits, in either digits."""

    def read(text: str) -> float:
        text = _as_latin(text)
        if not _DECIMAL.fullmatch(text):
            raise BadCell("empty" if not text else "not_number")
        value = float(text)
        if not (math.isfinite(value) and low <= value <= high):
            raise BadCell("out_of_range", low=low, high=high)
        return value

    return read


def yes_no(text: str) -> bool:
    """``yes`` or ``no``, ``true`` or ``false``, ``1`` or ``0``."""
    low = _as_latin(text).casefold()
    if low in _YES or low in _NO:
        return low in _YES
    raise BadCell("empty" if not text else "not_yes_or_no")


@lru_cache(maxsize=65_536)
def window_start(text: str) -> int:
    """The beginning of a window in seconds since 1970 UTC; empty is open, a date is its first moment."""
    return _seconds(text, time.min) if text else OPEN_FROM


@lru_cache(maxsize=65_536)
def window_end(text: str) -> int:
    """The end of a window; empty is open, a date is its last second."""
    return _seconds(text, time(23, 59, 59)) if text else OPEN_UNTIL


def _seconds(text: str, of_day: time) -> int:
    text = _as_latin(text)
    try:
        if len(text) <= _DATE_LETTERS:
            moment = datetime.combine(date.fromisoformat(text), of_day, UTC)
        else:
            moment = datetime.fromisoformat(text)
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return math.floor((moment - _EPOCH).total_seconds())
    except (ValueError, OverflowError) as error:
        raise BadCell("not_a_time") from error


@lru_cache(maxsize=65_536)
def words(text: str) -> frozenset[str]:
    """Words split by ``|``; empty ones do not count."""
    found = frozenset(part.strip() for part in text.split("|")) - {""}
    for word in found:
        free_name(word)
    return found


NEED_COLUMNS: Final[dict[str, Reader]] = {
    "id": name,
    "category": name,
    "quantity": whole(1, MOST_UNITS),
    "tier": whole(0, MOST_TIERS - 1),
    "waiting_days": whole(0, MOST_DAYS),
    "community": free_name,
    "lat": decimal(-90, 90),
    "lon": decimal(-180, 180),
    "from": window_start,
    "until": window_end,
    "requires": words,
}
OFFER_COLUMNS: Final[dict[str, Reader]] = {
    "id": name,
    "category": name,
    "quantity": whole(1, MOST_UNITS),
    "divisible": yes_no,
    "lat": decimal(-90, 90),
    "lon": decimal(-180, 180),
    "reach_km": decimal(0, MOST_KM),
    "from": window_start,
    "until": window_end,
    "provides": words,
}
MATCH_COLUMNS: Final[dict[str, Reader]] = {
    "need_id": name,
    "offer_id": name,
    "quantity": whole(-(10**15), 10**15),
    "distance_km": decimal(-1e9, 1e9),
}

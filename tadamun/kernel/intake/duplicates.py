"""Rows that may be of one household: shown to a person, never made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tadamun.kernel.cells.folding import fold, fold_name
from tadamun.kernel.intake.rows import RowReading

_DIGITS_TOLD = 6
_QUARTER = frozenset({"حي", "الحي", "منطقه", "شارع", "quartier", "area", "حاره"})


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row and the earlier one that it resembles. `why` is `phone`, or `name` where one has no phone to compare."""

    row: int
    of: int
    why: str


def duplicates_in(rows: Sequence[RowReading]) -> list[Duplicate]:
    """For every sound row the first earlier one, sound or refused, of the same phone, or of the same name and place.

    Two different phones are two households: neighbours share names.
    """
    found: list[Duplicate] = []
    by_phone: dict[str, int] = {}
    without_phone: dict[tuple[str, str], list[RowReading]] = {}
    for row in rows:
        numbers = [number for number in (row.phone, *row.other_phones) if number]
        earlier = [by_phone[number] for number in numbers if number in by_phone]
        who = (fold_name(row.name), place_key(row.place))
        named = [other for other in without_phone.get(who, ()) if _may_be_one(other, row)] if all(who) else []
        if row.sound and earlier:
            found.append(Duplicate(row.row, min(earlier), "phone"))
        elif row.sound and named:
            found.append(Duplicate(row.row, named[0].row, "name"))
        for number in numbers:
            by_phone.setdefault(number, row.row)
        if not numbers and all(who):
            without_phone.setdefault(who, []).append(row)
    return found


def repeats_in(rows: Sequence[RowReading]) -> dict[int, int]:
    """Sound rows that say in every column that is read, word for word, what an earlier sound row says, and which."""
    first: dict[tuple[tuple[str, str], ...], int] = {}
    found = {}
    for row in rows:
        if row.sound:
            words = tuple(sorted(row.said.items()))
            if first.setdefault(words, row.row) != row.row:
                found[row.row] = first[words]
    return found


def place_key(place: str) -> str:
    """A quarter's name to compare by, without the word for quarter."""
    return " ".join(word for word in fold(place).split() if word not in _QUARTER)


def _may_be_one(earlier: RowReading, later: RowReading) -> bool:
    """The household is of one size where both say it, and the beginning of a cut-off number agrees."""
    if earlier.size and later.size and earlier.size != later.size:
        return False
    told = "".join(c for c in fold(earlier.said.get("phone", "")) if c.isdigit()).lstrip("0")
    return len(told) < _DIGITS_TOLD or told[:_DIGITS_TOLD] in later.phone

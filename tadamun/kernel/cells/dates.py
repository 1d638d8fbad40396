"""Days as they stand in sheets: Gregorian and Hijri, in figures and in words, in several orders."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from hijridate import Hijri

from tadamun.kernel.cells.cell import Cell, is_nothing, text_of
from tadamun.kernel.cells.folding import words
from tadamun.kernel.cells.problems import CellProblem
from tadamun.kernel.cells.vocabulary import vocabulary
from tadamun.kernel.digits import to_latin

Order = Literal["dmy", "mdy"]
ORDERS: tuple[Order, Order] = ("dmy", "mdy")
YEARS_BACK, YEARS_AHEAD = 12, 4
"""How far from the day of reading a date may lie; farther off, the year is mistyped."""
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_SERIALS = range(20_000, 80_000)
_HIJRI_YEARS = range(1343, 1500)
_MONTHS = 12
_FULL_YEAR, _SHORT_YEAR = 4, 2
_COMPACT = 8
"""Digits of 20260305."""
_CENTURY, _HIJRI_CENTURY = 2000, 1400
_SOMETIMES_THERE = 30
_TIME = re.compile(
    r"(?:[t,،]|\s)\s*\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:a\.?m\.?|p\.?m\.?|ص|م|صباحا|صباحًا|مساء|مساءً)?"
    r"\s*(?:z|[+-]\d{2}:?\d{2}|(?:gmt|utc|غرينتش|جرينتش)\s*[+-]?\d*(?::\d{2})?)?\s*$"
)
_DASHES = frozenset({"-", "--", "—", "–", "/", "؟", "?", "."})


@dataclass(frozen=True, slots=True)
class DayReading:
    """What a cell says of a day. `soon` is `today`, `week`, `month` or `any` where it names no day.

    `by_order` says that day and month stand as two numbers, `either` that both could be the month, `turned` that only
    the other order than the one asked for makes a day of them; `by_clock` that the day depends on another: «غدًا».
    """

    day: date | None = None
    soon: str = ""
    by_order: bool = False
    by_clock: bool = False
    either: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class ColumnOrder:
    """In which order a column writes day and month.

    `evidence` is what its clear dates show: one order, both, or nothing. `unclear` counts the dates that could be read
    either way.
    """

    evidence: frozenset[str]
    unclear: int

    @property
    def contradicts_itself(self) -> bool:
        """Some dates can only be day first, others only month first, and still others could be either."""
        return len(self.evidence) == len(ORDERS) and self.unclear > 0

    def order(self, *, default: Order) -> Order:
        """The order of the rest of the column, else the region's."""
        return next(one for one in ORDERS if one in self.evidence) if len(self.evidence) == 1 else default


def order_of(cells: list[Cell], *, today: date, epoch_1904: bool = False) -> ColumnOrder:
    """Look through a column once, before any of its cells is read."""
    evidence: set[str] = set()
    unclear = 0
    for cell in cells:
        found = {one: _tried(cell, order=one, today=today, epoch_1904=epoch_1904) for one in ORDERS}
        sound = {one: day for one, day in found.items() if day is not None}
        if len(sound) == 1:
            evidence |= set(sound)
        elif len(set(sound.values())) > 1:
            unclear += 1
    return ColumnOrder(frozenset(evidence), unclear)


def read_day(
    cell: Cell, *, order: Order, today: date, asked: date | None = None, epoch_1904: bool = False
) -> DayReading:
    """The day that a cell names.

    :param asked: the day on which the row was written; «غدًا» and dates without a year are reckoned from it.
    :raises CellProblem: `date_not_understood`, or `date_out_of_range` far from today.
    """
    if is_nothing(cell) or text_of(cell) in _DASHES:
        return DayReading()
    if isinstance(cell, date):
        return DayReading(_plausible(cell.date() if isinstance(cell, datetime) else cell, today=today))
    if isinstance(cell, int | float):
        return DayReading(_plausible(_from_number(cell, epoch_1904=epoch_1904), today=today))
    reference = asked or today
    try:
        return _from_text(str(cell), order=order, today=today, reference=reference, epoch_1904=epoch_1904)
    except CellProblem as problem:
        if problem.code == "date_out_of_range":
            raise
        other = ORDERS[1 - ORDERS.index(order)]  # the 25th of a month can be read in one way only
        found = _from_text(str(cell), order=other, today=today, reference=reference, epoch_1904=epoch_1904)
        return replace(found, turned=found.by_order)


def _tried(cell: Cell, *, order: Order, today: date, epoch_1904: bool) -> date | None:
    if not isinstance(cell, str) or is_nothing(cell) or text_of(cell) in _DASHES:
        return None
    try:
        found = _from_text(cell, order=order, today=today, reference=today, epoch_1904=epoch_1904)
    except CellProblem:
        return None
    return found.day if found.by_order else None


def _plausible(day: date, *, today: date) -> date:
    if not today.year - YEARS_BACK <= day.year <= today.year + YEARS_AHEAD:
        raise CellProblem("date_out_of_range")
    return day


def _from_number(number: float, *, epoch_1904: bool) -> date:
    whole = int(number)
    if whole in _SERIALS:
        return (_FIRST_DAY_1904 if epoch_1904 else _FIRST_DAY) + timedelta(days=whole)
    digits = str(whole)
    if len(digits) == _COMPACT:  # 20260305
        return _made(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    raise CellProblem("date_not_understood")


def _from_text(text: str, *, order: Order, today: date, reference: date, epoch_1904: bool) -> DayReading:
    known = _names()
    tokens = words(_TIME.sub(" ", to_latin(text).casefold().strip()))
    tokens = tokens[: next((i for i, word in enumerate(tokens) if word in known.same_as), len(tokens))]
    said = " ".join(tokens)
    if said in known.relative:
        day = reference + timedelta(days=known.relative[said])
        return DayReading(day, by_clock=True)
    if said in known.soon:
        return DayReading(soon=known.soon[said])
    tokens, month, hijri = _month_in([word for word in tokens if word not in known.weekdays])
    marks = {word for word in tokens if word in known.hijri_marks}
    rest = [word for word in tokens if word not in known.ignored]
    if any(not word.isdigit() for word in rest) or not rest:
        raise CellProblem("date_not_understood")
    numbers = [(int(word), len(word)) for word in rest]
    if len(numbers) == 1 and not month:
        return DayReading(_plausible(_from_number(numbers[0][0], epoch_1904=epoch_1904), today=today))
    year, first, second = _parts(numbers, month=month)
    hijri = hijri or bool(marks) or year in _HIJRI_YEARS
    if month:
        day = (
            _without_year(first, month, hijri, reference) if year is None else _day(year, month, first, hijri)
        )
        return DayReading(_plausible(day, today=today), by_clock=year is None)
    if year is not None and _year_leads(numbers):
        month_first = (first, second) if first <= _MONTHS else (second, first)
        return DayReading(_plausible(_day(year, *month_first, hijri), today=today))
    chosen = (second, first) if order == "dmy" else (first, second)
    day = (
        _without_year(chosen[1], chosen[0], hijri, reference) if year is None else _day(year, *chosen, hijri)
    )
    return DayReading(
        _plausible(day, today=today),
        by_order=first != second,
        by_clock=year is None,
        either=first != second and max(first, second) <= _MONTHS,
    )


class _Names:
    """The names of months, days and times, by what is typed."""

    def __init__(self) -> None:
        given = vocabulary("months")
        marks = given["marks"]
        self.months = {
            tuple(words(name)): (int(number), calendar == "hijri")
            for calendar in ("gregorian", "hijri")
            for number, names in given[calendar].items()
            for name in names
        }
        self.longest = max(len(name) for name in self.months)
        self.hijri_marks = frozenset(word for mark in marks["hijri"] for word in words(mark))
        self.weekdays = frozenset(marks["weekdays"])
        self.same_as = frozenset(marks["same_as"])
        self.ignored = self.hijri_marks | frozenset(marks["gregorian"]) | frozenset(marks["filler"])
        self.relative = {name: int(days) for days, names in given["relative"].items() for name in names}
        self.soon = {name: soon for soon, names in given["when"].items() for name in names}


@cache
def _names() -> _Names:
    return _Names()


def _month_in(tokens: list[str]) -> tuple[list[str], int, bool]:
    """The tokens without the month's name, its number (0 where none is named) and whether it is a Hijri month."""
    known = _names()
    rest: list[str] = []
    found: set[tuple[int, bool]] = set()
    place = 0
    while place < len(tokens):
        for length in range(min(known.longest, len(tokens) - place), 0, -1):
            named = known.months.get(tuple(tokens[place : place + length]))
            if named:
                found.add(named)
                place += length
                break
        else:
            rest.append(tokens[place])
            place += 1
    if len(found) > 1:
        raise CellProblem("date_not_understood")
    month, hijri = next(iter(found), (0, False))
    return rest, month, hijri


def _parts(numbers: list[tuple[int, int]], *, month: int) -> tuple[int | None, int, int]:
    """Year, and the one or two numbers beside it in their order."""
    wanted = 2 if month else 3
    if len(numbers) == wanted:
        at = 0 if _year_leads(numbers) else wanted - 1
        year = numbers[at][0]
        others = [value for place, (value, _) in enumerate(numbers) if place != at]
        return _full_year(year, numbers[at][1]), others[0], others[-1]
    if len(numbers) == wanted - 1 and all(length <= _SHORT_YEAR for _, length in numbers):
        return None, numbers[0][0], numbers[-1][0]
    raise CellProblem("date_not_understood")


def _year_leads(numbers: list[tuple[int, int]]) -> bool:
    return numbers[0][1] == _FULL_YEAR


def _full_year(year: int, digits: int) -> int:
    if digits == _FULL_YEAR:
        return year
    if digits == _SHORT_YEAR:
        return _CENTURY + year
    raise CellProblem("date_not_understood")


def _day(year: int, month: int, day: int, hijri: bool) -> date:
    if hijri:
        year = year - _CENTURY + _HIJRI_CENTURY if year >= _CENTURY else year
        # A month that the tables give 29 days may have been seen to have 30.
        late = timedelta(days=1 if day == _SOMETIMES_THERE else 0)
        try:
            return date.fromordinal(Hijri(year, month, day - late.days).to_gregorian().toordinal()) + late
        except (ValueError, OverflowError):
            raise CellProblem("date_not_understood") from None
    return _made(year, month, day)


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellProblem("date_not_understood") from None


def _without_year(day: int, month: int, hijri: bool, reference: date) -> date:
    """The nearest such day to the reference."""
    near = []
    base = _hijri_year(reference) if hijri else reference.year
    for year in (base - 1, base, base + 1):
        try:
            near.append(_day(year, month, day, hijri))
        except CellProblem:
            continue
    if not near:
        raise CellProblem("date_not_understood")
    return min(near, key=lambda one: abs(one - reference))


def _hijri_year(day: date) -> int:
    from hijridate import Gregorian

    return int(Gregorian(day.year, day.month, day.day).to_hijri().year)

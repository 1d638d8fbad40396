"""Which column of a sheet is what: suggested from its head in three languages, and from what stands below."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tadamun.kernel.cells.cell import Cell, is_nothing, text_of
from tadamun.kernel.cells.dates import read_day
from tadamun.kernel.cells.folding import fold
from tadamun.kernel.cells.needs import read_needs, shared_catalogue
from tadamun.kernel.cells.phones import read_phones
from tadamun.kernel.cells.problems import CellProblem
from tadamun.kernel.cells.sizes import read_size
from tadamun.kernel.cells.vocabulary import vocabulary
from tadamun.kernel.sheets.sheet import Sheet, SheetRow

FIELDS = ("asked", "name", "phone", "size", "need", "date", "place", "address", "notes")
"""What a column can be; every other column is left aside."""
SEVERAL = frozenset({"phone", "need", "notes"})
"""Fields that may stand in more than one column: a second number, a list of things a column each."""
_HEAD_LOOKED_AT = 20
_BODY_LOOKED_AT = 40
_WHOLE, _PART = 100, 10
_HEAD_MOST = 160
_MOST_OF_THEM = 0.5
_USUAL_SIZE_MOST = 20
_SMALL = re.compile(r"\d{1,2}( \w+)?|[^\W\d]+( [^\W\d]+)?")


@dataclass(frozen=True, slots=True)
class Header:
    """The row that names the columns, and the names."""

    row: int
    names: tuple[str, ...]


def find_header(sheet: Sheet) -> Header:
    """The row that names most fields, among the first; else the first row of the sheet."""
    best, most = sheet.rows[0], 0
    for row in sheet.rows[:_HEAD_LOOKED_AT]:
        named = len(set(_by_head(_names(row)).values()))
        if named > most:
            best, most = row, named
    return Header(best.number, _names(best))


def signature(header: Header) -> str:
    """What a head is recognised by when the next sheet of the same form comes."""
    return hashlib.sha256("\x1f".join(fold(name) for name in header.names).encode()).hexdigest()


def suggested_mapping(sheet: Sheet, header: Header, *, region: str, today: date) -> dict[int, str]:
    """The field of each column that seems to be one, by the column counted from 0.

    The head speaks first; where it names no field, what stands in the column does.
    """
    mapping = _by_head(header.names)
    body = [row for row in sheet.rows if row.number > header.row][:_BODY_LOOKED_AT]
    width = max((len(row.cells) for row in sheet.rows), default=0)
    for field, reads in _readers(region=region, today=today).items():
        if field in mapping.values() or (field == "date" and "asked" in mapping.values()):
            continue
        shares = {
            column: _share([row.cell(column) for row in body], reads=reads)
            for column in range(width)
            if column not in mapping and not (field == "size" and _counts_up(body, column))
        }
        best = max(shares, key=lambda column: shares[column], default=None)
        if best is not None and shares[best] >= _MOST_OF_THEM:
            mapping[best] = field
    if "date" not in mapping.values():  # the only date there is
        return {column: "date" if field == "asked" else field for column, field in sorted(mapping.items())}
    return dict(sorted(mapping.items()))


def _names(row: SheetRow) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in row.cells)


def _by_head(names: Sequence[str]) -> dict[int, str]:
    """Every field to the column whose head speaks for it most; several columns where the field allows it."""
    worth = {
        (column, field): value
        for column, name in enumerate(names)
        for field in FIELDS
        if (value := _worth(name, field))
    }
    mapping: dict[int, str] = {}
    for column, field in sorted(worth, key=lambda one: (-worth[one], one[0], FIELDS.index(one[1]))):
        if column in mapping or (field in mapping.values() and field not in SEVERAL):
            continue
        if field in mapping.values() and worth[column, field] < 2 * _PART:
            continue
        mapping[column] = field
    return mapping


def _worth(name: str, field: str) -> int:
    said = fold(name)
    if not said or len(said) > _HEAD_MOST:
        return 0
    known = vocabulary("headers")[field]
    padded = f" {said} "
    if any(f" {word} " in padded for word in known.get("never", ())):
        return 0
    if said in known["whole"]:
        return _WHOLE
    words = [phrase for phrase in known["parts"] if f" {phrase} " in padded]
    longest = max((len(phrase.split()) for phrase in words), default=0)
    # An earlier word says more: «رقم الهاتف (واتساب)», «الاسم كما في الهوية».
    early = min((padded.index(f" {phrase} ") for phrase in words), default=0)
    return 2 * _PART * longest + len(words) + (_PART if words and early == 0 else 0) if words else 0


def _readers(*, region: str, today: date) -> dict[str, Callable[[Cell], object]]:
    catalogue = shared_catalogue()
    return {
        "phone": lambda cell: read_phones(cell, region=region),
        "need": lambda cell: read_needs(cell, catalogue=catalogue),
        "size": _small_number,
        "date": lambda cell: read_day(cell, order="dmy", today=today).day,
    }


def _small_number(cell: Cell) -> object:
    if isinstance(cell, str) and not _SMALL.fullmatch(fold(cell)):
        return None
    size = read_size(cell)
    return size if size is not None and size <= _USUAL_SIZE_MOST else None


def _counts_up(body: Sequence[SheetRow], column: int) -> bool:
    """Whether the column numbers the rows."""
    said = [text_of(row.cell(column)) for row in body]
    numbers = [int(text) for text in said if text.isdecimal()]
    return len(numbers) > 1 and all(later - one == 1 for one, later in pairwise(numbers))


def _share(cells: list[Cell], *, reads: Callable[[Cell], object]) -> float:
    filled = [cell for cell in cells if not is_nothing(cell)]
    good = 0
    for cell in filled:
        try:
            good += reads(cell) is not None
        except CellProblem:
            continue
    return good / len(filled) if filled else 0.0

"""What a cell of a sheet may hold, and its text."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from tadamun.kernel.cells.folding import fold
from tadamun.kernel.text import clean_text

Cell: TypeAlias = "str | int | float | bool | date | None"
"""Nothing, a text, a number, a moment (`datetime` is a `date`) as the sheet stores it."""

# What people write where there is nothing to write.
_NOTHING = frozenset(
    {
        "",
        "لا يوجد",
        "لايوجد",
        "لا شيء",
        "بدون",
        "ما في",
        "مافي",
        "ما عنده",
        "غير متوفر",
        "غير معروف",
        "لا اعرف",
        "none",
        "no",
        "nil",
        "null",
        "n a",
        "na",
        "unknown",
        "not available",
        "neant",
        "aucun",
        "aucune",
        "sans",
        "non",
        "inconnu",
        "pas de telephone",
        "no phone",
        "بدون هاتف",
        "بلا",
        "بلا هاتف",
    }
)


def text_of(cell: Cell) -> str:
    """The cell as text; whole numbers without a point, moments as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute) else cell.isoformat(sep=" ")[:16]
    if isinstance(cell, date):
        return cell.isoformat()
    return clean_text(str(cell))


def is_nothing(cell: Cell) -> bool:
    """Whether the cell is empty, or says that there is nothing."""
    return fold(text_of(cell)) in _NOTHING

"""Rows to XLSX and CSV; a text that begins like a formula stays a text in whatever opens the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from tadamun.kernel.cells.cell import Cell

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDTH_LEAST, _WIDTH_MOST = 9, 48


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as CSV in UTF-8 with its mark, so that spreadsheets show Arabic; formulas are quoted as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_as_text(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def xlsx_bytes(
    rows: Iterable[Sequence[Cell]], *, title: str, right_to_left: bool = False, heads: int = 1
) -> bytes:
    """The rows as a workbook of one sheet whose first `heads` rows stay in view; no cell is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    if sheet is None:  # a new workbook has one
        raise ValueError("no sheet")
    sheet.title = "".join(c for c in title if c not in r"[]:*?/\\")[:31] or "1"
    sheet.sheet_view.rightToLeft = right_to_left
    widths: dict[int, int] = {}
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=at, column=column)
            _put(cell, value)
            cell.font = Font(bold=at <= heads)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            widths[column] = max(widths.get(column, 0), min(len(_as_text(value)) + 2, _WIDTH_MOST))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = max(width, _WIDTH_LEAST)
    sheet.freeze_panes = f"A{heads + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, value: Cell) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        # The mark by which spreadsheets keep such a cell a text when somebody edits it.
        cell.quotePrefix = value.startswith(_STARTS)
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
    else:
        cell.value = value


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return "'" + cell if cell.startswith(_STARTS) else cell
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)

"""XLSX workbooks: unpacked within limits, formulas read as text with what they showed, never run."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from tadamun.kernel.cells.cell import Cell
from tadamun.kernel.sheets.sheet import (
    CELL_MOST,
    COLUMNS_MOST,
    ROWS_MOST,
    TABLES_MOST,
    TEXT_MOST,
    UNPACKED_MOST,
    Formula,
    Sheet,
    SheetIsEmpty,
    SheetNotUnderstood,
    SheetRow,
    SheetTooLarge,
)

_LATER_EPOCH = 1904
_EMPTY_RUN = 2000
"""Empty rows after which a sheet is taken to have ended: formatting alone can reach to the last row there is."""


def read_xlsx(content: bytes) -> Sheet:
    """The sheet with the most rows among those that are not hidden.

    :raises SheetNotUnderstood: no workbook that can be opened.
    :raises SheetTooLarge: it would unfold to more than can be handled.
    """
    _refuse_bombs(content)
    book = _opened(content, data_only=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    tables = {sheet.title: _rows(sheet) for sheet in shown[:TABLES_MOST]}
    epoch_1904 = getattr(book.epoch, "year", 0) == _LATER_EPOCH
    book.close()
    filled = {title: rows for title, rows in tables.items() if rows}
    if not filled:
        raise SheetIsEmpty
    title = max(filled, key=lambda one: len(filled[one]))
    rows = filled[title]
    if any(isinstance(cell, Formula) for row in rows for cell in row.cells):
        rows = _with_shown(content, title=title, rows=rows)
    others = tuple(one for one in filled if one != title)
    return Sheet(tuple(rows), title=title, others=others, epoch_1904=epoch_1904)


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            total = sum(entry.file_size for entry in packed.infolist())
            names = packed.namelist()
            if total > UNPACKED_MOST:
                raise SheetTooLarge(what="bytes", most=UNPACKED_MOST)
            if "[Content_Types].xml" not in names:
                raise SheetNotUnderstood
            # A size that the file claims need not be true: what unfolds is counted.
            left = UNPACKED_MOST
            for entry in packed.infolist():
                with packed.open(entry) as part:
                    while chunk := part.read(1024 * 1024):
                        left -= len(chunk)
                        if left < 0:
                            raise SheetTooLarge(what="bytes", most=UNPACKED_MOST)
                        if b"<!ENTITY" in chunk:
                            raise SheetNotUnderstood
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        raise SheetNotUnderstood from None


def _opened(content: bytes, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    except Exception:  # noqa: BLE001 - a broken workbook fails in the library in many ways
        raise SheetNotUnderstood from None


def _rows(sheet: Any) -> list[SheetRow]:
    sheet.reset_dimensions()
    rows: list[SheetRow] = []
    empty, room = 0, TEXT_MOST
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=COLUMNS_MOST + 1), start=1):
            cells = _trimmed([_cell(cell) for cell in row])
            empty = 0 if cells else empty + 1
            if empty > _EMPTY_RUN:
                break
            if len(cells) > COLUMNS_MOST:
                raise SheetTooLarge(what="columns", most=COLUMNS_MOST)
            room -= sum(len(cell) for cell in cells if isinstance(cell, str))
            if room < 0:
                raise SheetTooLarge(what="characters", most=TEXT_MOST)
            if cells:
                rows.append(SheetRow(number, cells))
            if len(rows) > ROWS_MOST:
                raise SheetTooLarge(what="rows", most=ROWS_MOST)
    except SheetTooLarge:
        raise
    except Exception:  # noqa: BLE001 - as above: the parts are read only now
        raise SheetNotUnderstood from None
    return rows


def _cell(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, str):
        text = value[:CELL_MOST].strip()
        return (Formula(text) if text.startswith("=") and len(text) > 1 else text) or None
    if isinstance(value, datetime | date | bool | int | float):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return None if value is None else str(value)[:CELL_MOST]


def _trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _with_shown(content: bytes, *, title: str, rows: list[SheetRow]) -> list[SheetRow]:
    """The same rows, each formula with what the sheet showed when it was saved."""
    book = _opened(content, data_only=True)
    shown = {row.number: row for row in _rows(book[title])}
    book.close()
    return [
        SheetRow(
            row.number,
            tuple(
                Formula(cell, _plain(shown[row.number].cell(column) if row.number in shown else None))
                if isinstance(cell, Formula)
                else cell
                for column, cell in enumerate(row.cells)
            ),
        )
        for row in rows
    ]


def _plain(cell: Cell) -> Cell:
    return None if isinstance(cell, Formula) else cell

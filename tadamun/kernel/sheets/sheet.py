"""What a sheet is once it is read: numbered rows of cells."""

from __future__ import annotations

from dataclasses import dataclass

from tadamun.kernel.cells.cell import Cell
from tadamun.kernel.errors import TadamunError

BYTES_MOST = 8 * 1024 * 1024
UNPACKED_MOST = 80 * 1024 * 1024
"""Bytes that a packed file may unfold to: a small file can hide a huge one."""
ROWS_MOST = 5000
COLUMNS_MOST = 60
CELL_MOST = 4000
"""Characters of a cell that are kept."""
TEXT_MOST = 5_000_000
"""Characters of a whole sheet: one text can stand in a packed file once and in its cells a thousand times."""
TABLES_MOST = 20
"""Visible sheets of one workbook that are looked through."""


class SheetNotUnderstood(TadamunError):
    """The file is no sheet that can be read: neither XLSX nor a table in a text file."""


class SheetIsEmpty(SheetNotUnderstood):
    """Nothing stands in the file."""


class SheetTooLarge(TadamunError):
    """The file has more than `most` of something; `what` is `bytes`, `characters`, `rows` or `columns`."""


class Formula(str):
    """A cell that begins with `=`: its text is what was typed, never run; `shown` is what the sheet showed."""

    shown: Cell

    def __new__(cls, text: str, shown: Cell = None) -> Formula:
        made = super().__new__(cls, text)
        made.shown = shown
        return made

    __slots__ = ("shown",)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with its number in the sheet, the first being 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column counted from 0; nothing where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of the sheet that holds the table, empty ones left out.

    `epoch_1904` says that its numbers of days begin in 1904; `others` are the names of the sheets left unread.
    """

    rows: tuple[SheetRow, ...]
    title: str = ""
    others: tuple[str, ...] = ()
    epoch_1904: bool = False

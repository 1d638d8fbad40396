"""Sheets: reading XLSX and CSV safely as people really make them, and writing both without a formula in them."""

from __future__ import annotations

from tadamun.kernel.sheets.keeping import kept, unkept
from tadamun.kernel.sheets.reading import read_sheet
from tadamun.kernel.sheets.sheet import (
    Formula,
    Sheet,
    SheetIsEmpty,
    SheetNotUnderstood,
    SheetRow,
    SheetTooLarge,
)
from tadamun.kernel.sheets.writing import csv_bytes, xlsx_bytes

__all__ = [
    "Formula",
    "Sheet",
    "SheetIsEmpty",
    "SheetNotUnderstood",
    "SheetRow",
    "SheetTooLarge",
    "csv_bytes",
    "kept",
    "read_sheet",
    "unkept",
    "xlsx_bytes",
]

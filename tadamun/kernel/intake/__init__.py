"""Requests that come in as a sheet: which column is what, what each row says, and which rows are of one household."""

from __future__ import annotations

from tadamun.kernel.intake.duplicates import Duplicate, duplicates_in, repeats_in
from tadamun.kernel.intake.mapping import FIELDS, Header, find_header, signature, suggested_mapping
from tadamun.kernel.intake.rows import (
    REPEATED,
    Assumption,
    Intake,
    Problem,
    RowReading,
    Settings,
    read_intake,
    without_rows,
)

__all__ = [
    "FIELDS",
    "REPEATED",
    "Assumption",
    "Duplicate",
    "Header",
    "Intake",
    "Problem",
    "RowReading",
    "Settings",
    "duplicates_in",
    "find_header",
    "read_intake",
    "repeats_in",
    "signature",
    "suggested_mapping",
    "without_rows",
]

"""Matches on paper: written whole or not at all, and read again for the checker."""

from __future__ import annotations

import contextlib
import csv
import io
import math
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from tadamun.engines.matching.files.cells import MATCH_COLUMNS
from tadamun.engines.matching.files.problems import BadFile, Problem
from tadamun.engines.matching.files.sheet import read_sheet
from tadamun.engines.matching.files.tables import Tables
from tadamun.engines.matching.matches import Matches, match_km, matches_of

_MILLIMETRES: Final = 1_000_000
_DISTANCE_SLACK_KM: Final = 0.0011


@dataclass(frozen=True, eq=False)
class MatchesFile:
    """Matches as read: those between known ids, and the lines that name unknown ones or state a wrong distance."""

    matches: Matches
    unknown: tuple[tuple[int, str, str], ...]
    wrong_distance: tuple[tuple[int, str, str], ...]


def write_matches(path: Path, *, tables: Tables, matches: Matches) -> None:
    """Write matches as CSV, sorted by need, then offer.

    Distances are cut, not rounded, to the millimetre, so that what is written never exceeds an offer's reach.

    :raises BadFile: it cannot be written.
    """
    km = np.floor(match_km(tables.instance, matches) * _MILLIMETRES) / _MILLIMETRES
    rows = zip(
        matches.need.tolist(), matches.offer.tolist(), matches.quantity.tolist(), km.tolist(), strict=True
    )
    lines = (
        (tables.need_ids[need], tables.offer_ids[offer], units, f"{far:.6f}")
        for need, offer, units, far in rows
    )
    write_rows(path, tuple(MATCH_COLUMNS), lines)


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV table.

    :raises BadFile: it cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_text(path, text.getvalue())


def write_text(path: Path, text: str) -> None:
    """Write a file at once: whoever reads it finds the old text or the new, never half of one.

    :raises BadFile: it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
            return
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
            Path(beside).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask())
            Path(beside).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(beside).unlink()
            raise
    except OSError as error:
        raise BadFile(path, [Problem("unwritable", params={"reason": error.strerror or ""})]) from error


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read_matches(path: Path, *, tables: Tables) -> MatchesFile:
    """Read matches; what they claim is for the checker to judge.

    :raises BadFile: the table cannot be read.
    """
    sheet = read_sheet(path, MATCH_COLUMNS)
    need_at = {identity: row for row, identity in enumerate(tables.need_ids)}
    offer_at = {identity: row for row, identity in enumerate(tables.offer_ids)}
    known, unknown = [], []
    column = sheet.columns
    for row, line in enumerate(sheet.lines):
        names = (column["need_id"][row], column["offer_id"][row])
        if names[0] in need_at and names[1] in offer_at:
            known.append(row)
        else:
            unknown.append((line, *names))
    need, offer, quantity = (
        np.fromiter(values, np.int64, len(known))
        for values in (
            (need_at[column["need_id"][row]] for row in known),
            (offer_at[column["offer_id"][row]] for row in known),
            (column["quantity"][row] for row in known),
        )
    )
    km = match_km(tables.instance, Matches(need=need, offer=offer, quantity=quantity)).tolist()
    wrong = tuple(
        (sheet.lines[row], column["need_id"][row], column["offer_id"][row])
        for row, far in zip(known, km, strict=True)
        if not math.isclose(column["distance_km"][row], far, rel_tol=0, abs_tol=_DISTANCE_SLACK_KM)
    )
    return MatchesFile(matches_of(need, offer, quantity), tuple(unknown), wrong)

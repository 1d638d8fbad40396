"""Reading a CSV file into columns, with every mistake noted by line and column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from tadamun.engines.matching.files.cells import BadCell, Reader
from tadamun.engines.matching.files.problems import Problems


@dataclass(frozen=True)
class Sheet:
    """A table by columns, the line each row begins on, and the header's names nobody knows."""

    columns: dict[str, list[Any]]
    lines: list[int]
    unknown: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.lines)


def read_sheet(
    path: Path,
    readers: Mapping[str, Reader],
    *,
    records: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Sheet:
    """Read a table whose header holds all of ``readers``, in any order.

    :param records: also refuse an ``id`` that stands twice, and a row whose ``until`` lies before its ``from``.
    :param progress: called with the number of rows read, now and then.
    :raises BadFile: the file cannot be read, or something in it is wrong.
    """
    problems = Problems(path)
    sheet = Sheet({column: [] for column in readers}, [], ())
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            sheet = _rows(stream, readers, problems, records=records, progress=progress)
    except UnicodeDecodeError as error:
        problems.add("not_utf8", byte=error.start)
    except OSError as error:
        problems.add("unreadable", reason=error.strerror or "")
    problems.raise_if_any()
    return sheet


def _rows(
    stream: TextIO,
    readers: Mapping[str, Reader],
    problems: Problems,
    *,
    records: bool,
    progress: Callable[[int], None] | None,
) -> Sheet:
    reader = csv.reader(stream, strict=True)
    begun = _Lines(reader, problems)
    header = [cell.strip() for cell in next(iter(begun), (0, []))[1]]
    places = _header(header, readers, problems)
    columns: dict[str, list[Any]] = {column: [] for column in readers}
    sheet = Sheet(columns, [], tuple(name for name in header if name not in readers and name))
    if problems.count:
        return sheet
    fields = [(column, places[column], read, columns[column].append) for column, read in readers.items()]
    seen: dict[str, int] = {}
    for line, row in begun:
        if len(row) != len(header):
            problems.add("cells", line=line, wanted=len(header), found=len(row))
            continue
        for column, at, read, keep in fields:
            try:
                keep(read(row[at].strip()))
            except BadCell as bad:
                problems.add(bad.code, line=line, column=column, value=row[at], **bad.params)
                keep(None)
        sheet.lines.append(line)
        if records:
            _check_record(columns, seen, line, problems)
        if progress and not len(sheet.lines) % 4096:
            progress(len(sheet.lines))
    return sheet


def _check_record(columns: dict[str, list[Any]], seen: dict[str, int], line: int, problems: Problems) -> None:
    """What no cell can tell by itself about the row just read."""
    start, end, identity = columns["from"][-1], columns["until"][-1], columns["id"][-1]
    if None not in (start, end) and start > end:
        problems.add("before_from", line=line, column="until")
    if identity is not None and seen.setdefault(identity, line) != line:
        problems.add("id_twice", line=line, column="id", value=identity, first=seen[identity])


class _Lines:
    """Rows with the line they begin on; empty lines are skipped, a broken one ends the reading."""

    def __init__(self, reader: Any, problems: Problems) -> None:
        self._reader, self._problems, self._line = reader, problems, 1

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._problems.add("not_csv", line=self._reader.line_num, reason=str(error))
                return
            line, self._line = self._line, self._reader.line_num + 1
            if row:
                yield line, row


def _header(header: list[str], readers: Mapping[str, Reader], problems: Problems) -> dict[str, int]:
    if not header:
        problems.add("no_header")
        return {}
    for column in readers:
        if header.count(column) > 1:
            problems.add("column_twice", line=1, column=column)
        elif column not in header:
            problems.add("column_missing", line=1, column=column)
    return {column: header.index(column) for column in readers if column in header}

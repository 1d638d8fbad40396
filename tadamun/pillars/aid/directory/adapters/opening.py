"""Opening a file from elsewhere without trusting it: sizes, names, encodings and shape are looked at first.

Nothing is unpacked onto the disk. What a zip says of its members' sizes is checked before, and counted while reading.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Any

from tadamun.pillars.aid.directory.adapters.columns import TABLES, heads_of
from tadamun.pillars.aid.directory.adapters.drafts import Ledger, Row, Tables
from tadamun.pillars.aid.directory.adapters.flat import tables_of_flat
from tadamun.pillars.aid.directory.adapters.nested import tables_of_nested
from tadamun.pillars.aid.directory.errors import NotADirectoryFile, UnsafeDirectoryFile
from tadamun.pillars.aid.directory.vocabulary import Mend, Refusal

FILE_MOST = 100_000_000
MEMBERS_MOST = 200
MEMBER_MOST = 150_000_000
UNPACKED_MOST = 400_000_000
RATIO_MOST = 200
"""A table of words shrinks to a tenth or a thirtieth; what shrinks to less than this is built to burst."""
RATIO_FROM = 1_000_000
ROWS_MOST = 500_000
BAD_ROWS_MOST = 1000
_STRAY_BYTES = 0.001
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What reading an archive raises that is damaged, or packed in a way that nobody here knows."""


def tables_of(file: IO[bytes], *, legacy: str, ledger: Ledger) -> Tables:
    """The tables of a zip of CSV files, of an HSDS JSON document, or of one flat CSV file, by their HSDS name.

    :param legacy: the encoding to read in where the file is not UTF-8.
    :raises UnsafeDirectoryFile: too large, or built to harm.
    :raises NotADirectoryFile: none of these.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > FILE_MOST:
        raise UnsafeDirectoryFile(why="too_large")
    if zipfile.is_zipfile(file):
        return _of_zip(file, legacy=legacy, ledger=ledger)
    file.seek(0)
    content = file.read(FILE_MOST + 1)
    return _of_one(content, legacy=legacy, ledger=ledger)


def unpacked_size(file: IO[bytes]) -> int:
    """How many bytes a file says that it holds, in a zip those of all its members."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                size = max(size, sum(member.file_size for member in archive.infolist()))
    except BROKEN:
        pass
    file.seek(0)
    return size


def _of_zip(file: IO[bytes], *, legacy: str, ledger: Ledger) -> Tables:
    tables: Tables = {}
    documents: list[bytes] = []
    try:
        with zipfile.ZipFile(file) as archive:
            for member in _members(archive):
                name = PurePosixPath(member.filename).name.casefold()
                if name.endswith(".csv"):
                    _add_table(tables, name.removesuffix(".csv"), _content(archive, member), legacy, ledger)
                elif name in {"services.json", "service.json"}:
                    documents.append(_content(archive, member))
    except BROKEN as broken:
        raise NotADirectoryFile(why="broken_archive") from broken
    if "service" in tables:
        return tables
    for document in documents:
        for name, rows in _of_one(document, legacy=legacy, ledger=ledger).items():
            tables.setdefault(name, []).extend(rows)
    if "service" not in tables:
        raise NotADirectoryFile(why="no_services_table")
    return tables


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in an archive, when all of it is harmless."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MEMBERS_MOST:
        raise UnsafeDirectoryFile(why="too_many_files")
    if sum(member.file_size for member in members) > UNPACKED_MOST:
        raise UnsafeDirectoryFile(why="too_large")
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in member.filename or "\0" in member.filename:
            raise UnsafeDirectoryFile(why="path_leads_out")
        if member.flag_bits & 0x1:
            raise NotADirectoryFile(why="encrypted")
        if member.file_size > RATIO_FROM and member.file_size > RATIO_MOST * max(member.compress_size, 1):
            raise UnsafeDirectoryFile(why="bursts")
    return members


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What is in a member, and not one byte more than it said."""
    with archive.open(member) as stream:
        content = stream.read(min(member.file_size, MEMBER_MOST) + 1)
    if len(content) > min(member.file_size, MEMBER_MOST):
        raise UnsafeDirectoryFile(why="bursts")
    return content


def _of_one(content: bytes, *, legacy: str, ledger: Ledger) -> Tables:
    """One document: JSON as HSDS 3 nests it, else a flat table."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        try:
            found: Any = json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError) as broken:
            raise NotADirectoryFile(why="broken_json") from broken
        return tables_of_nested(found)
    rows = _rows(content, "flat", legacy=legacy, ledger=ledger)
    return tables_of_flat(rows, ledger=ledger)


def _add_table(tables: Tables, name: str, content: bytes, legacy: str, ledger: Ledger) -> None:
    table = TABLES.get(name)
    if table is None:
        ledger.left_out.append(name[:60])
        return
    tables.setdefault(table, []).extend(_rows(content, table, legacy=legacy, ledger=ledger))


def _rows(content: bytes, table: str, *, legacy: str, ledger: Ledger) -> list[Row]:
    """The rows of a CSV text, its heads folded; a row that no reader can read is refused with its number."""
    text = _text(content, table, legacy=legacy, ledger=ledger)
    separator = _separator(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        heads = heads_of(next(lines))
    except (StopIteration, csv.Error) as empty:
        raise NotADirectoryFile(why="no_heads") from empty
    found: list[Row] = []
    number, bad = 1, 0
    while len(found) <= ROWS_MOST:
        number += 1
        try:
            cells = next(lines)
        except StopIteration:
            return found
        except csv.Error:
            bad += 1
            ledger.refuse(table, Row(number, {}), Refusal.ROW_NOT_READABLE)
            if bad > BAD_ROWS_MOST:
                raise NotADirectoryFile(why="not_a_table") from None
            continue
        if any(cells):
            found.append(Row(number, dict(zip(heads, cells, strict=False))))
    raise UnsafeDirectoryFile(why="too_many_rows")


def _text(content: bytes, table: str, *, legacy: str, ledger: Ledger) -> str:
    """The text of a file, whichever way it was stored; a zero byte has no place in any."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        ledger.mend(table, Row(0, {}), "", Mend.OTHER_ENCODING)
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            ledger.mend(table, Row(0, {}), "", Mend.OTHER_ENCODING)
            text = content.decode("utf-8-sig", errors="replace")
            if text.count("\ufffd") > _STRAY_BYTES * len(text):
                text = content.decode(legacy, errors="replace")
    if "\0" in text:
        ledger.mend(table, Row(0, {}), "", Mend.CONTROLS_REMOVED)
        text = text.replace("\0", "")
    return text


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max((",", ";", "\t"), key=first.count)

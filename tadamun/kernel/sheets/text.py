"""Tables in text files: CSV and its cousins, in the encodings that spreadsheets write them in."""

from __future__ import annotations

import csv
import io

from tadamun.kernel.sheets.sheet import (
    CELL_MOST,
    COLUMNS_MOST,
    ROWS_MOST,
    Sheet,
    SheetIsEmpty,
    SheetNotUnderstood,
    SheetRow,
    SheetTooLarge,
)

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = (",", ";", "\t", "|", "،", "؛")
_LINES_LOOKED_AT = 30
_QUOTED = ("'=", "'+", "'-", "'@")


def read_text(content: bytes) -> Sheet:
    """The rows of a text file; every cell is a text, or nothing.

    :raises SheetIsEmpty: nothing stands in it.
    :raises SheetNotUnderstood: binary, or in an encoding that cannot be told.
    :raises SheetTooLarge: more rows or columns than can be handled.
    """
    text = _filled(_decoded(content))
    if any(c < " " and c not in "\t\r\n\v\f" for c in text):
        raise SheetNotUnderstood
    named = text.partition("\n")[0].strip().lower()
    delimiter = ""
    if named.startswith("sep=") and len(named) == len("sep=;"):  # Excel's own first line
        delimiter, text = named[4], text.partition("\n")[2]
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text))
    try:
        for number, fields in enumerate(reader, start=1):
            if number > ROWS_MOST:
                raise SheetTooLarge(what="rows", most=ROWS_MOST)
            cells = tuple(_cell(field) for field in fields)
            while cells and cells[-1] is None:
                cells = cells[:-1]
            if len(cells) > COLUMNS_MOST:
                raise SheetTooLarge(what="columns", most=COLUMNS_MOST)
            if cells:
                rows.append(SheetRow(number, cells))
    except csv.Error:
        raise SheetNotUnderstood from None
    if not rows:
        raise SheetIsEmpty
    return Sheet(tuple(rows))


def _filled(text: str) -> str:
    if not text.strip().strip("\ufeff"):
        raise SheetIsEmpty
    return text


def _cell(field: str) -> str | None:
    text = field.strip().strip("\ufeff")[:CELL_MOST]
    if text.startswith(_QUOTED):  # a sign that an export put there, so that no spreadsheet runs the cell
        text = text[1:]
    return text or None


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if content[:200].count(0) > len(content[:200]) // 4:
        even = content[0:200:2].count(0) > content[1:200:2].count(0)
        return _strictly(content, "utf-16-be" if even else "utf-16-le")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _of_one_byte(content)


def _of_one_byte(content: bytes) -> str:
    """Of the encodings of one byte a letter, the one that gives most letters of one script."""
    if b"\x00" in content:
        raise SheetNotUnderstood
    tried = {
        encoding: content.decode(encoding, errors="replace")
        for encoding in ("cp1256", "cp1252", "iso8859_6", "mac_arabic")
    }
    return max(tried.values(), key=_plausibility)


def _plausibility(text: str) -> int:
    """Arabic letters speak for a reading; single ones among Latin letters and unreadable bytes against it."""
    score = 0
    for word in text.split():
        arabic = sum("\u0620" <= c <= "\u064a" for c in word)
        latin = sum(c.isascii() and c.isalpha() for c in word)
        accented = sum("\u00c0" <= c <= "\u024f" for c in word)
        score += -2 * arabic if arabic and latin else 2 * arabic
        score += -2 * accented if accented and accented >= latin else accented
        score -= 5 * sum(c == "\ufffd" or "\u0080" <= c <= "\u009f" for c in word)
    return score


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise SheetNotUnderstood from None


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the same number of columns most often, and into the most."""
    head = "\n".join(text.splitlines()[:_LINES_LOOKED_AT])

    def worth(sign: str) -> tuple[float, int]:
        widths = [
            len(fields) for fields in csv.reader(io.StringIO(head, newline=""), delimiter=sign) if fields
        ]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) / len(widths) if usual > 1 and widths else 0.0) * min(usual, 8), usual

    try:
        best = max(_DELIMITERS, key=worth)
    except csv.Error:
        return ","
    return best if worth(best)[1] > 1 else ","

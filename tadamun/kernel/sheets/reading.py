"""A file of bytes to a sheet, whatever its name says: by what it holds."""

from __future__ import annotations

from tadamun.kernel.sheets.sheet import BYTES_MOST, Sheet, SheetTooLarge

_ZIP = b"PK\x03\x04"


def read_sheet(content: bytes) -> Sheet:
    """The table that a file holds; nothing in it is run or looked up elsewhere.

    :raises SheetTooLarge: more bytes, rows or columns than can be handled.
    :raises SheetNotUnderstood: neither XLSX nor text in columns.
    """
    if len(content) > BYTES_MOST:
        raise SheetTooLarge(what="bytes", most=BYTES_MOST)
    if content.startswith(_ZIP):
        from tadamun.kernel.sheets.xlsx import read_xlsx

        return read_xlsx(content)
    from tadamun.kernel.sheets.text import read_text

    return read_text(content)

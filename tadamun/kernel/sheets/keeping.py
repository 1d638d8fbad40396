"""A sheet as text, to be kept until somebody has decided about it, and back."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import date, datetime
from typing import Any

from tadamun.kernel.cells.cell import Cell
from tadamun.kernel.sheets.sheet import Formula, Sheet, SheetRow


def kept(sheet: Sheet) -> str:
    """The sheet as packed text; every cell keeps its kind."""
    plain = {
        "title": sheet.title,
        "others": sheet.others,
        "epoch_1904": sheet.epoch_1904,
        "rows": [[row.number, [_plain(cell) for cell in row.cells]] for row in sheet.rows],
    }
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), 6)
    return base64.b64encode(packed).decode()


def unkept(text: str) -> Sheet:
    """The sheet that `kept` packed."""
    plain: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(text)))
    return Sheet(
        rows=tuple(SheetRow(number, tuple(_cell(cell) for cell in cells)) for number, cells in plain["rows"]),
        title=plain["title"],
        others=tuple(plain["others"]),
        epoch_1904=plain["epoch_1904"],
    )


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Formula):
        return {"formula": str(cell), "shown": _plain(cell.shown)}
    if isinstance(cell, datetime):
        return {"moment": cell.replace(tzinfo=None).isoformat()}
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _cell(plain: Any) -> Cell:
    if not isinstance(plain, dict):
        return plain
    if "formula" in plain:
        return Formula(plain["formula"], _cell(plain["shown"]))
    return datetime.fromisoformat(plain["moment"]) if "moment" in plain else date.fromisoformat(plain["day"])

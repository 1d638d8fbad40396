"""The cells of sheets that still wait: what they hold of a household goes when the household is forgotten."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from tadamun.kernel.cells.folding import fold_name
from tadamun.kernel.intake import REPEATED, RowReading, without_rows
from tadamun.kernel.sheets import kept, unkept
from tadamun.pillars.aid.needs.models import ImportedRow, Request, SheetImport
from tadamun.pillars.aid.needs.queries.importing import SheetReading, reading_of_import, recognised


def forget_cells(*, requests: Collection[Request], at: datetime) -> None:
    """Drop, from every open sheet of their communities, the rows that these requests came from.

    A row is known again in whatever file it stands; one of the same phone and name is the same household's, whether it
    was taken in or not. Call it while the requests still say whose they are, and after their locks are taken.
    """
    theirs = ImportedRow.objects.filter(request__in=requests)
    households = {(one.phone, fold_name(one.asker_name)) for one in requests if one.phone}
    open_sheets = SheetImport.objects.filter(
        community__in={one.community_id for one in requests}, table__isnull=False
    )
    for pk in list(open_sheets.order_by("pk").values_list("pk", flat=True)):
        sheet = _locked(pk)
        if not sheet.table:
            continue
        reading = reading_of_import(row=sheet, at=at)
        of_household = {row.row for row in reading.intake.rows if _is_of(row, households=households)}
        gone = of_household | recognised(keys=reading.keys, rows=theirs.filter(community=sheet.community))
        _drop(sheet, reading=reading, gone=gone)


def drop_forgotten(*, row: SheetImport, at: datetime) -> None:
    """Drop the rows of a sheet that comes again after whoever stood in them was forgotten (inside a transaction)."""
    reading = reading_of_import(row=row, at=at)
    forgotten = ImportedRow.objects.filter(community=row.community, request__forgotten_at__isnull=False)
    _drop(row, reading=reading, gone=recognised(keys=reading.keys, rows=forgotten))


def _locked(pk: int) -> SheetImport:
    # Locked first and read afterwards, as whoever takes rows in refers to the sheet meanwhile.
    SheetImport.objects.select_for_update(no_key=True).get(pk=pk)
    return SheetImport.objects.select_related("community").get(pk=pk)


def _is_of(row: RowReading, *, households: Collection[tuple[str | None, str]]) -> bool:
    name = fold_name(row.name)
    return any((phone, name) in households for phone in (row.phone, *row.other_phones) if phone)


def _drop(sheet: SheetImport, *, reading: SheetReading, gone: Collection[int]) -> None:
    if not gone or not sheet.table:
        return
    rest = without_rows(
        unkept(sheet.table),
        gone=gone,
        body={row.row for row in reading.intake.rows},
        ditto={place for place, field in reading.mapping.items() if field in REPEATED},
    )
    mended = json.loads(sheet.mended) if sheet.mended else {}
    left = {number: mends for number, mends in mended.items() if int(number) not in gone}
    sheet.table = kept(rest)
    sheet.mended = json.dumps(left, ensure_ascii=False) if left else None
    # Whoever is taking rows in from what they read before finds here that these are not to be taken any more.
    sheet.left_out = sorted({*sheet.left_out, *gone})
    sheet.save(update_fields=["table", "mended", "left_out"])

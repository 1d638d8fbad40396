"""Bringing a sheet of requests in: looked through, mended by a person, and taken in row by row, each row once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.models import Area
from tadamun.foundation.places.queries import open_areas
from tadamun.foundation.sealed import keyed_hash
from tadamun.foundation.trail.services import record
from tadamun.kernel.cells.dates import read_day
from tadamun.kernel.cells.problems import CellProblem
from tadamun.kernel.intake import FIELDS, RowReading, signature
from tadamun.kernel.intake.duplicates import place_key
from tadamun.kernel.sheets import kept, read_sheet
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import ColumnsAreSettled, ImportIsOver, NoSuchImport, RowNotThere
from tadamun.pillars.aid.needs.models import ImportedRow, KnownColumns, SheetImport
from tadamun.pillars.aid.needs.queries.importing import (
    SheetReading,
    columns_of,
    reading_of,
    reading_of_import,
    recognised,
)
from tadamun.pillars.aid.needs.services.asking import post_request
from tadamun.pillars.aid.needs.services.cells import drop_forgotten
from tadamun.pillars.aid.needs.services.finding import put_request
from tadamun.pillars.aid.needs.services.sheet_rows import details_of
from tadamun.pillars.aid.needs.vocabulary import DayOrder

KEPT_DAYS = 30
"""How long the cells of a sheet wait for a decision."""
AT_ONCE_MOST = 400
"""Rows taken in at one sending; the page goes on with the next."""
MENDED_MOST = 300


class _ReadOtherwise(Exception):
    """Somebody decided meanwhile that the sheet is to be read otherwise: what was read before counts no more."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many rows became requests now, and how many are still ready."""

    imported: int
    left: int


@transaction.atomic
def start_import(
    *, community: Community, actor: Person, content: bytes, title: str, at: datetime
) -> SheetImport:
    """Keep a sheet under seal until somebody has looked through it; the same file again is the same import.

    :raises CoordinatorsOnly: the actor does not coordinate the community.
    :raises SheetNotUnderstood, SheetTooLarge: the file cannot be read.
    """
    policies.require_coordinator(actor=actor, community=community)
    return keep_sheet(community=community, actor=actor, content=content, title=title, at=at)


@transaction.atomic
def start_import_as_operator(
    *, community: Community, content: bytes, title: str, at: datetime
) -> SheetImport:
    """The same for whoever runs the instance, at the command line.

    :raises SheetNotUnderstood, SheetTooLarge: the file cannot be read.
    """
    return keep_sheet(community=community, actor=None, content=content, title=title, at=at)


def keep_sheet(
    *, community: Community, actor: Person | None, content: bytes, title: str, at: datetime
) -> SheetImport:
    """Store the cells (inside a transaction); columns are what was confirmed for this form before, or a suggestion.

    On the page a row that repeats an earlier one word for word is left out until somebody takes it up.
    """
    sheet = read_sheet(content)
    header, mapping, confirmed = columns_of(sheet=sheet, community=community, at=at)
    digest = keyed_hash(content.hex(), purpose="imported_file")
    left_out: list[int] = []
    if actor is not None:
        left_out = sorted(reading_of(sheet=sheet, community=community, mapping=mapping, at=at).repeats)
    row, made = SheetImport.objects.get_or_create(
        community=community,
        digest=digest,
        defaults={
            "started_by": actor,
            "started_at": at,
            "title": clean_line(title)[:120],
            "table": kept(sheet),
            "signature": signature(header),
            "mapping": _as_json(mapping),
            "mapping_confirmed": confirmed,
            "left_out": left_out,
        },
    )
    if not made and not row.table:  # it was over, and comes again
        row.table, row.closed_at, row.started_at = kept(sheet), None, at
        row.save(update_fields=["table", "closed_at", "started_at"])
    drop_forgotten(row=row, at=at)
    return row


@transaction.atomic
def choose_columns(*, import_id: str, actor: Person, mapping: Mapping[int, str], at: datetime) -> SheetImport:
    """Say what each column is, and remember it for the next sheet with the same head.

    :raises ColumnsAreSettled: rows were taken in already; read otherwise, they would be other rows.
    """
    row = _open(import_id, actor=actor)
    if ImportedRow.objects.filter(sheet=row).exists():
        raise ColumnsAreSettled
    clean = {place: field for place, field in mapping.items() if field in FIELDS}
    row.mapping, row.mapping_confirmed = _as_json(clean), True
    repeats = reading_of_import(row=row, at=at).repeats
    row.left_out = sorted({*row.left_out, *repeats})
    row.save(update_fields=["mapping", "mapping_confirmed", "left_out"])
    KnownColumns.objects.update_or_create(
        community=row.community,
        signature=row.signature,
        defaults={"mapping": row.mapping, "confirmed_at": at},
    )
    drop_forgotten(row=row, at=at)
    return row


@transaction.atomic
def choose_order(*, import_id: str, actor: Person, order: DayOrder) -> SheetImport:
    """Say whether the day or the month comes first where a column contradicts itself."""
    row = _open(import_id, actor=actor)
    row.order = order
    row.save(update_fields=["order"])
    return row


@transaction.atomic
def mend_row(*, import_id: str, actor: Person, row: int, mends: Mapping[str, str], at: datetime) -> None:
    """Put something else in place of cells of a row; the sheet's own words stay what the row is recognised by.

    :raises RowNotThere: no request stands in this row.
    """
    found = _open(import_id, actor=actor)
    if row not in {one.row for one in reading_of_import(row=found, at=at).intake.rows}:
        raise RowNotThere
    mended: dict[str, dict[str, str]] = json.loads(found.mended) if found.mended else {}
    clean = {
        field: clean_line(text)[:MENDED_MOST]
        for field, text in mends.items()
        if field in FIELDS and clean_line(text)
    }
    if "date" in clean:
        today = at.astimezone(ZoneInfo(found.community.time_zone)).date()
        clean["date"] = _named_day(clean["date"], today=today)
    if clean:
        mended.setdefault(str(row), {}).update(clean)
        found.mended = json.dumps(mended, ensure_ascii=False)
        found.save(update_fields=["mended"])


@transaction.atomic
def leave_out(*, import_id: str, actor: Person, row: int, out: bool) -> None:
    """Do not take a row in, or take it in after all."""
    found = _open(import_id, actor=actor)
    rows = set(found.left_out)
    found.left_out = sorted(rows | {row} if out else rows - {row})
    found.save(update_fields=["left_out"])


def _named_day(text: str, *, today: date) -> str:
    """A day told from today, «غدًا», as the day itself: who mends a row says it today, not when the row was written."""
    try:
        found = read_day(text, order="dmy", today=today)
    except CellProblem:
        return text
    return found.day.isoformat() if found.day and found.by_clock and not found.by_order else text


def take_in(*, import_id: str, actor: Person, at: datetime, most: int = AT_ONCE_MOST) -> TakenIn:
    """Make requests of the sound rows, a transaction each: whatever is cut off goes on where it stopped.

    :raises CoordinatorsOnly: the actor does not coordinate the community.
    :raises ImportIsOver: its cells are dropped.
    """
    row = _found(import_id)
    policies.require_coordinator(actor=actor, community=row.community)
    return take_rows_in(row=row, actor=actor, at=at, most=most)


def take_in_as_operator(*, import_id: str, at: datetime) -> TakenIn:
    """The same for whoever runs the instance, at the command line: every sound row, entered by nobody named."""
    return take_rows_in(row=_found(import_id), actor=None, at=at, most=None)


def take_rows_in(*, row: SheetImport, actor: Person | None, at: datetime, most: int | None) -> TakenIn:
    """The rows themselves, once it is settled who may."""
    if not row.table:
        raise ImportIsOver
    reading = reading_of_import(row=row, at=at)
    areas = {place_key(area.name): area for area in open_areas(community=row.community)}
    ready = reading.ready()
    done = looked_at = 0
    for one in ready[:most]:
        try:
            with transaction.atomic():
                done += _take_row_in(row, one, reading=reading, areas=areas, actor=actor, at=at)
        except _ReadOtherwise:
            break
        except IntegrityError:
            # Somebody took the same row in a moment ago; anything else is for the caller to know of.
            keys = {one.row: reading.keys[one.row]}
            if not recognised(keys=keys, rows=ImportedRow.objects.filter(community=row.community)):
                raise
        looked_at += 1
    if done:
        record(
            scope=row.community.public_id,
            verb="sheet_imported",
            thing="import",
            thing_id=row.public_id,
            actor=actor.public_id if actor else "",
            at=at,
            data={"rows": done},
        )
    return TakenIn(imported=done, left=len(ready) - looked_at)


@transaction.atomic
def close_import(*, import_id: str, actor: Person, at: datetime) -> None:
    """Be done with a sheet: its cells are dropped; what became requests stays, and comes in no second time."""
    row = _open(import_id, actor=actor)
    _drop_cells(row, at=at)


def drop_old_imports(*, at: datetime) -> int:
    """Drop the cells of sheets that waited thirty days for a decision; returns how many."""
    old = SheetImport.objects.filter(closed_at__isnull=True, started_at__lt=at - timedelta(days=KEPT_DAYS))
    for row in old:
        _drop_cells(row, at=at)
    return len(old)


def _drop_cells(row: SheetImport, *, at: datetime) -> None:
    row.table, row.mended, row.closed_at = None, None, at
    row.save(update_fields=["table", "mended", "closed_at"])


def _found(import_id: str) -> SheetImport:
    row = SheetImport.objects.select_related("community").filter(public_id=import_id).first()
    if row is None:
        raise NoSuchImport
    return row


def _open(import_id: str, *, actor: Person) -> SheetImport:
    rows = SheetImport.objects.select_for_update(of=("self",)).select_related("community")
    row = rows.filter(public_id=import_id).first()
    if row is None:
        raise NoSuchImport
    policies.require_coordinator(actor=actor, community=row.community)
    if not row.table:
        raise ImportIsOver
    return row


def _take_row_in(
    sheet: SheetImport,
    row: RowReading,
    *,
    reading: SheetReading,
    areas: Mapping[str, Area],
    actor: Person | None,
    at: datetime,
) -> bool:
    """One row, unless somebody closed the sheet, left the row out or was forgotten since the sheet was read.

    :raises _ReadOtherwise: somebody settled its columns otherwise, its order of days, or mended a cell since.
    """
    community = sheet.community
    # Under the sheet's lock those who take it in go row by row, and whoever closes it goes between two rows.
    held = SheetImport.objects.select_for_update(no_key=True).filter(pk=sheet.pk, closed_at__isnull=True)
    now = held.first()
    if now is None or row.row in now.left_out:
        return False
    if (now.mapping, now.order, now.mended) != (sheet.mapping, sheet.order, sheet.mended):
        raise _ReadOtherwise
    # First the key: whoever comes second with the same row waits here, and fails.
    key, cells, *_ = reading.keys[row.row]
    taken = ImportedRow.objects.create(
        community=community, sheet=sheet, row=row.row, key=key, cells=cells, at=at
    )
    details = details_of(
        row, reading=reading, community=community, areas=areas, by_phone=actor is not None, at=at
    )
    request = post_request(community=community, actor=actor, details=details, at=at).request
    # Who takes a sheet in says that its people told of their need: whether it is still one is asked after a silence.
    request.heard_at = at
    asked = _asked_at(row, community=community)
    request.asked_at = at if asked is None else min(asked, at)
    request.save(update_fields=["asked_at", "heard_at"])
    if asked is not None and asked < at:
        request.lines.update(waiting_since=asked)
        put_request(request=request)
    if row.day is not None:
        # The sheet names the day itself, which says more than the nearest of our answers; one that passed is overdue.
        zone = ZoneInfo(community.time_zone)
        request.lines.update(until_at=datetime.combine(row.day, time(23, 59), tzinfo=zone))
    taken.request = request
    taken.save(update_fields=["request"])
    return True


def _asked_at(row: RowReading, *, community: Community) -> datetime | None:
    return row.asked.replace(tzinfo=ZoneInfo(community.time_zone)) if row.asked else None


def _as_json(mapping: Mapping[int, str]) -> dict[str, str]:
    return {str(place): field for place, field in sorted(mapping.items())}

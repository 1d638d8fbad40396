"""Reading a file of services that a coordinator handed in on a page: at once where it is small, else by the worker."""

from __future__ import annotations

import base64
import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.kernel.errors import TadamunError
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.directory import policies
from tadamun.pillars.aid.directory.adapters.opening import unpacked_size
from tadamun.pillars.aid.directory.cards import plain
from tadamun.pillars.aid.directory.errors import UnsafeDirectoryFile
from tadamun.pillars.aid.directory.models import FileReading
from tadamun.pillars.aid.directory.services.importing import hold_directory, import_services, source_key
from tadamun.pillars.aid.directory.services.jobs import queue
from tadamun.pillars.aid.directory.vocabulary import (
    AT_ONCE_MOST,
    BROKE_OFF,
    CELL_MOST,
    READINGS_KEPT,
    REPORT_ROWS_MOST,
    UPLOAD_MOST,
    ReadingState,
)

log = structlog.get_logger("tadamun.directory")


@transaction.atomic
def hand_in(
    *,
    community: Community,
    actor: Person,
    content: bytes,
    title: str,
    at: datetime,
    source: str = "",
    overwrite: bool = False,
    region: str = "",
) -> FileReading:
    """Keep that a file was handed in, and read it: at once, or in the worker where it is large.

    :param source: what the file is called when it comes again; by default its own name.
    :param region: country whose prefix a phone without one gets; the community's unless given.
    :raises DirectoryForCoordinators: only coordinators.
    :raises UnsafeDirectoryFile: larger than is taken on a page.
    """
    policies.require_keeper(actor=actor, community=community)
    if len(content) > UPLOAD_MOST:
        raise UnsafeDirectoryFile(why="too_large")
    name = clean_line(title)[:200] or "file"
    row = FileReading(
        community=community,
        by=actor,
        handed_in_at=at,
        title=name,
        source=source_key(source.strip() or name.rpartition(".")[0] or name),
        overwrite=overwrite,
        region=region,
    )
    if unpacked_size(io.BytesIO(content)) <= AT_ONCE_MOST:
        _read(row, content, at=at)
        return row
    row.content = base64.b64encode(content).decode()
    row.save()
    queue(row.public_id)
    return row


def read_file(*, reading_id: str, at: datetime) -> FileReading | None:
    """Read a file that waits, in the worker; one that was read already, or is gone, is left alone.

    Whatever goes wrong, the file does not stay: its reading failed, and what was wrong stands in the log.
    """
    try:
        return _read_waiting(reading_id, at=at)
    except Exception:  # the sealed file must not wait for a month
        log.exception("file_not_read", reading=reading_id)
        return _give_up(reading_id, at=at)


@transaction.atomic
def _give_up(reading_id: str, *, at: datetime) -> FileReading | None:
    row = _waiting(reading_id)
    if row is not None:
        row.state, row.read_at, row.problem, row.content = ReadingState.FAILED, at, BROKE_OFF, None
        row.save()
    return row


def _waiting(reading_id: str) -> FileReading | None:
    plain = FileReading.objects.select_related("community").filter(public_id=reading_id).first()
    if plain is None:
        return None
    hold_directory(community=plain.community)
    rows = FileReading.objects.select_for_update(of=("self",)).select_related("community", "by")
    return rows.filter(public_id=reading_id, state=ReadingState.WAITING).first()


@transaction.atomic
def _read_waiting(reading_id: str, *, at: datetime) -> FileReading | None:
    row = _waiting(reading_id)
    if row is None or row.content is None:
        return None
    content, row.content = base64.b64decode(row.content), None
    if row.by is None:
        # Whoever handed it in was forgotten meanwhile: nobody answers for it any more.
        row.state, row.read_at = ReadingState.FAILED, at
        row.save()
        return row
    _read(row, content, at=at)
    return row


def drop_old_readings(*, at: datetime) -> int:
    """Drop what is known of files that were handed in long ago; returns how many. The services stay."""
    return FileReading.objects.filter(handed_in_at__lt=at - READINGS_KEPT).delete()[0]


def _kept(report: dict[str, Any]) -> dict[str, Any]:
    """A report with so many of its rows; how many there are of each kind stays whole."""
    rows = {name: report[name][:REPORT_ROWS_MOST] for name in ("mended", "refused")}
    return report | {
        name: [{key: _storable(value) for key, value in one.items()} for one in some]
        for name, some in rows.items()
    }


def _storable(value: Any) -> Any:
    """A value of somebody's file without what no database takes: zero bytes and halves of letters."""
    if not isinstance(value, str):
        return value
    return value.replace("\0", "").encode(errors="replace").decode()[:CELL_MOST]


def _read(row: FileReading, content: bytes, *, at: datetime) -> None:
    """Take the services in; what keeps the whole file out is kept by its code, never what stood in it."""
    community = row.community
    row.read_at = at
    try:
        with transaction.atomic():
            report = import_services(
                community=community,
                file=io.BytesIO(content),
                source=row.source,
                actor=row.by,
                at=at,
                today=at.astimezone(ZoneInfo(community.time_zone)).date(),
                overwrite=row.overwrite,
                region=row.region,
            )
    except TadamunError as refusal:
        row.state = ReadingState.FAILED
        row.problem = str(refusal.params.get("why") or refusal.code)
    else:
        row.state, row.report = ReadingState.DONE, _kept(plain(report))
    row.save()

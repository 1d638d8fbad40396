"""Taking in a file of services: once or again, in one transaction, with a report of every row."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import IO

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import record
from tadamun.kernel.regions import REGIONS
from tadamun.pillars.aid.directory import policies
from tadamun.pillars.aid.directory.adapters import Drafts, read_directory
from tadamun.pillars.aid.directory.adapters.recognising import recognise
from tadamun.pillars.aid.directory.adapters.storing import Shelf
from tadamun.pillars.aid.directory.cards import ImportReport
from tadamun.pillars.aid.directory.errors import NoServicesInFile
from tadamun.pillars.aid.directory.models import Source

ARABIC_PAGE, WESTERN_PAGE = "cp1256", "cp1252"
KEY_MOST = 60


def source_key(name: str) -> str:
    """The short name under which a file comes again, from its name or what somebody calls it."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:KEY_MOST] or "file"


def import_services(
    *,
    community: Community,
    file: IO[bytes],
    source: str,
    actor: Person | None,
    at: datetime,
    today: date,
    region: str = "",
    overwrite: bool = False,
) -> ImportReport:
    """Take every service of a file that can be taken, and say of every other row why not.

    Read again, a file changes the services that it changed and adds new ones, under the same source or, where they
    are recognised (see `adapters.recognising`), under another; our own export comes back to its own rows. What a
    coordinator corrected here stays as it is, and a service that the file no longer names stays too.

    :param source: a short name under which the file comes again.
    :param actor: a coordinator; None from the command line.
    :param region: country whose prefix a phone without one gets; the community's unless given.
    :param overwrite: take the file's word also where a coordinator corrected it.
    :raises DirectoryForCoordinators: only coordinators.
    :raises UnsafeDirectoryFile: too large, or built to harm.
    :raises NotADirectoryFile: not a form that is known.
    :raises NoServicesInFile: not one service in it could be taken.
    """
    if actor is not None:
        policies.require_keeper(actor=actor, community=community)
    region = (region or community.region).upper()
    legacy = ARABIC_PAGE if community.region.upper() in REGIONS else WESTERN_PAGE
    read = partial(_read, region=region, legacy=legacy, today=today)
    drafts = read(file)
    if not drafts.services:
        raise NoServicesInFile
    return _store(community, drafts, source, read=read, actor=actor, at=at, overwrite=overwrite)


def _read(file: IO[bytes], *, region: str, legacy: str, today: date) -> Drafts:
    return read_directory(file=file, region=region, legacy=legacy, today=today)


def hold_directory(*, community: Community) -> None:
    """Let one file into a community's directory at a time: two at once would both add what is new to both.

    Call it inside a transaction, before anything else of the directory is locked.
    """
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)


@transaction.atomic
def _store(
    community: Community,
    drafts: Drafts,
    source: str,
    *,
    read: Callable[[IO[bytes]], Drafts],
    actor: Person | None,
    at: datetime,
    overwrite: bool,
) -> ImportReport:
    hold_directory(community=community)
    Source.objects.get_or_create(community=community, key=source[:KEY_MOST], defaults={"imported_at": at})
    row = Source.objects.get(community=community, key=source[:KEY_MOST])
    row.imported_at = at
    row.save(update_fields=["imported_at"])
    recognised = recognise(community=community, source=row, drafts=drafts, read=read)
    shelf = Shelf(community=community, source=row, at=at, overwrite=overwrite, recognised=recognised)
    outcomes = shelf.put(drafts)
    absent = shelf.absent(drafts)
    ledger = drafts.ledger
    record(
        scope=community.public_id,
        verb="services_imported",
        thing="directory",
        thing_id=hashlib.sha256(row.key.encode()).hexdigest()[:16],
        actor=actor.public_id if actor else "",
        at=at,
        data={"taken": len(drafts.services), "refused": len(ledger.refused), "mended": len(ledger.mended)},
    )
    return ImportReport(
        source=row.key,
        read=drafts.read,
        taken=drafts.taken,
        outcomes={outcome.value: count for outcome, count in Counter(outcomes).items()},
        absent=absent,
        mended=tuple(ledger.mended),
        refused=tuple(ledger.refused),
        left_out=tuple(dict.fromkeys(ledger.left_out)),
    )

"""Sheets of requests: what each row says to this community, which are here already, which look alike."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import translation

from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.catalogue.queries import all_categories, open_categories
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.queries import phone_hash
from tadamun.foundation.sealed import keyed_hash
from tadamun.kernel.cells.needs import catalogue_with
from tadamun.kernel.intake import (
    Duplicate,
    Header,
    Intake,
    Problem,
    RowReading,
    Settings,
    duplicates_in,
    find_header,
    read_intake,
    repeats_in,
    signature,
    suggested_mapping,
)
from tadamun.kernel.sheets import Sheet, unkept
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import AssumedCard, ImportCard, ProblemCard
from tadamun.pillars.aid.needs.errors import NoSuchImport
from tadamun.pillars.aid.needs.models import ImportedRow, KnownColumns, Request, SheetImport
from tadamun.pillars.aid.needs.queries.import_cards import (
    column_cards,
    guessed_days,
    incoming_card,
    like_cards,
    problem_cards,
)
from tadamun.pillars.aid.needs.vocabulary import NOT_ENDED

LANGUAGES = ("ar", "en", "fr")
SHORTER_MOST = 3
"""So many earlier, shorter forms of a sheet are compared with."""
SHOWN_MOST = 40
"""Rows of a list on the page; the downloaded sheet holds them all."""


@dataclass(frozen=True)
class SheetReading:
    """A sheet as this community reads it.

    `keys` are what each row is recognised by: what it says as its columns are read, all its cells ("" where they tell
    nothing), and its cells in the columns of shorter forms of this sheet that came before. `taken` are the rows that
    became requests already; `known` the open request (number, id) with the phone of a row; `repeats` sound rows that
    say word for word what an earlier one says.
    """

    header: Header
    mapping: Mapping[int, str]
    intake: Intake
    duplicates: tuple[Duplicate, ...]
    keys: Mapping[int, tuple[str, ...]]
    taken: frozenset[int]
    known: Mapping[int, tuple[int, str]]
    left_out: frozenset[int] = frozenset()
    repeats: Mapping[int, int] = field(default_factory=dict)

    def ready(self) -> list[RowReading]:
        """The rows that would become requests now."""
        out = self.taken | self.left_out
        return [row for row in self.intake.rows if row.sound and row.row not in out]

    def head_of(self, field: str) -> str:
        """What the sheet calls a field."""
        places = [place for place, name in self.mapping.items() if name == field]
        names = self.header.names
        return names[places[0]] if places and places[0] < len(names) else ""


def columns_of(*, sheet: Sheet, community: Community, at: datetime) -> tuple[Header, dict[int, str], bool]:
    """The head of a sheet, what its columns are, and whether somebody confirmed that for the same form before."""
    header = find_header(sheet)
    known = KnownColumns.objects.filter(community=community, signature=signature(header)).first()
    if known is not None:
        return header, {int(place): field for place, field in known.mapping.items()}, True
    mapping = suggested_mapping(sheet, header, region=community.region, today=_today(community, at))
    return header, mapping, False


def reading_of(
    *,
    sheet: Sheet,
    community: Community,
    mapping: Mapping[int, str],
    at: datetime,
    order: str = "",
    mended: Mapping[int, Mapping[str, str]] | None = None,
    left_out: frozenset[int] = frozenset(),
) -> SheetReading:
    """Read a sheet for a community, and look up what of it is here already."""
    header = find_header(sheet)
    settings = Settings(
        region=community.region,
        today=_today(community, at),
        catalogue=catalogue_with(_names(community)),
        order=None if order not in ("dmy", "mdy") else order,  # type: ignore[arg-type]
        mended=mended or {},
    )
    intake = read_intake(sheet, header, mapping, settings=settings)
    codes = _codes(community)
    intake = replace(intake, rows=tuple(_offered_here(row, codes=codes) for row in intake.rows))
    keys = _keys(intake, community=community, header=header, mapping=mapping)
    return SheetReading(
        header=header,
        mapping=mapping,
        intake=intake,
        duplicates=tuple(duplicates_in(intake.rows)),
        keys=keys,
        taken=recognised(keys=keys, rows=ImportedRow.objects.filter(community=community)),
        known=_known(intake, community=community),
        left_out=left_out,
        repeats=repeats_in(intake.rows),
    )


def reading_of_import(*, row: SheetImport, at: datetime) -> SheetReading:
    """The sheet of an import as it stands, with what was decided about it (for services of this app)."""
    mended: dict[str, dict[str, str]] = json.loads(row.mended) if row.mended else {}
    return reading_of(
        sheet=unkept(row.table or ""),
        community=row.community,
        mapping={int(place): field for place, field in row.mapping.items()},
        at=at,
        order=row.order,
        mended={int(number): mends for number, mends in mended.items()},
        left_out=frozenset(row.left_out),
    )


def recognised(*, keys: Mapping[int, tuple[str, ...]], rows: QuerySet[ImportedRow]) -> frozenset[int]:
    """Which rows of a sheet are among these, by any of their keys (for services of this app)."""
    asked = {key for some in keys.values() for key in some if key}
    found = set(rows.filter(key__in=asked).values_list("key", flat=True))
    found |= set(rows.filter(cells__in=asked).values_list("cells", flat=True))
    return frozenset(row for row, some in keys.items() if not found.isdisjoint(some))


def imports(*, community: Community, viewer: Any) -> list[tuple[str, str, datetime, bool]]:
    """The last sheets of a community: id, title, when, whether over.

    :raises CoordinatorsOnly: anybody else.
    """
    policies.require_coordinator(actor=viewer, community=community)
    rows = SheetImport.objects.filter(community=community).order_by("-started_at", "-pk")[:20]
    return [(row.public_id, row.title, row.started_at, row.closed_at is not None) for row in rows]


def import_card(*, import_id: str, viewer: Any, community: Community, at: datetime) -> ImportCard:
    """One sheet with its problems, likely doubles and what is ready.

    :raises NoSuchImport: none of this id in the community of the page.
    :raises CoordinatorsOnly: the viewer does not coordinate it.
    """
    row = _import(import_id, viewer=viewer, community=community)
    imported = ImportedRow.objects.filter(sheet=row).count()
    if not row.table:
        return _over(row, imported=imported)
    sheet = unkept(row.table)
    reading = reading_of_import(row=row, at=at)
    by_row = {one.row: one for one in reading.intake.rows}
    names = _shown_names(community)
    ready = reading.ready()
    return ImportCard(
        public_id=row.public_id,
        title=row.title,
        started_at=row.started_at,
        is_over=False,
        mapping_confirmed=row.mapping_confirmed,
        order=row.order,
        columns=tuple(column_cards(sheet, reading)),
        rows=len(reading.intake.rows),
        ready=len(ready),
        imported=len(reading.taken),
        left_out=tuple(sorted(reading.left_out & set(by_row))),
        problems=tuple(problem_cards(reading)),
        guessed=tuple(guessed_days(reading)),
        likes=tuple(like_cards(reading, by_row=by_row, names=names)),
        incoming=tuple(
            incoming_card(one, names=names, region=community.region) for one in ready[:SHOWN_MOST]
        ),
        assumed=tuple(
            AssumedCard(reading.head_of(one.field), one.field, one.order, one.why, one.rows)
            for one in reading.intake.assumed
        ),
        skipped=reading.intake.skipped,
        others=sheet.others,
    )


def rest_of_import(
    *, import_id: str, viewer: Any, community: Community, at: datetime
) -> tuple[list[str], list[tuple[list[Any], list[ProblemCard]]]]:
    """The head of a sheet, and the rows that are kept out with their problems: to be mended elsewhere.

    :raises NoSuchImport: none of this id, or its cells are dropped.
    """
    row = _import(import_id, viewer=viewer, community=community)
    if not row.table:
        raise NoSuchImport
    reading = reading_of_import(row=row, at=at)
    problems: dict[int, list[ProblemCard]] = {}
    for problem in problem_cards(reading):
        problems.setdefault(problem.row, []).append(problem)
    cells = {one.number: list(one.cells) for one in unkept(row.table).rows}
    return list(reading.header.names), [(cells[number], problems[number]) for number in sorted(problems)]


def _import(import_id: str, *, viewer: Any, community: Community) -> SheetImport:
    policies.require_coordinator(actor=viewer, community=community)
    row = SheetImport.objects.select_related("community").filter(public_id=import_id).first()
    if row is None or row.community_id != community.pk:
        raise NoSuchImport
    return row


def _over(row: SheetImport, *, imported: int) -> ImportCard:
    return ImportCard(
        public_id=row.public_id,
        title=row.title,
        started_at=row.started_at,
        is_over=True,
        mapping_confirmed=True,
        order=row.order,
        columns=(),
        rows=imported,
        ready=0,
        imported=imported,
        left_out=(),
        problems=(),
        guessed=(),
        likes=(),
        incoming=(),
        assumed=(),
        skipped=(),
        others=(),
    )


def _today(community: Community, at: datetime) -> Any:
    return at.astimezone(ZoneInfo(community.time_zone)).date()


def _names(community: Community) -> dict[str, list[str]]:
    """The names of the categories in use, in every language, by which a community's own ones are recognised."""
    names: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for main in open_categories(community=community):
                for card in (main, *main.below):
                    names.setdefault(card.code, []).append(str(card.name))
    return names


def _shown_names(community: Community) -> dict[str, str]:
    return {
        card.code: str(card.name)
        for main in open_categories(community=community)
        for card in (main, *main.below)
    }


def _codes(community: Community) -> dict[str, str]:
    """What a code of the shared catalogue is called here: itself, the main one where it is hidden, or nothing."""

    def used(card: CategoryCard) -> bool:
        return not (card.hidden or card.closed)

    codes: dict[str, str] = {}
    for main in all_categories(community=community):
        above = main.code if used(main) else ""
        codes[main.code] = above
        codes |= {card.code: card.code if above and used(card) else above for card in main.below}
    return codes


def _offered_here(row: RowReading, *, codes: Mapping[str, str]) -> RowReading:
    things = {
        codes[thing.code]: replace(thing, code=codes[thing.code])
        for thing in reversed(row.things)
        if codes.get(thing.code)
    }
    gone = tuple(thing.said for thing in row.things if not codes.get(thing.code))
    problems = row.problems
    if row.things and not things:
        problems = (*problems, Problem("need", "need_not_offered", row.said.get("need", "")))
    return replace(
        row,
        things=tuple(reversed(things.values())),
        unknown=(*row.unknown, *gone),
        problems=problems,
    )


def _keys(
    intake: Intake, *, community: Community, header: Header, mapping: Mapping[int, str]
) -> dict[int, tuple[str, ...]]:
    """The keys of each row; rows that say the very same are told apart by which comes first."""
    width = len(header.names)
    shorter = _shorter_forms(header, community=community)
    seen: Counter[tuple[str, ...]] = Counter()

    def key(*words: str) -> str:
        seen[words] += 1
        said = "\x1f".join((community.public_id, *words, str(seen[words])))
        return keyed_hash(said, purpose="imported_row")

    def by_cells(row: RowReading, columns: int) -> str:
        cells = [*row.cells, *[""] * (width - len(row.cells))]
        new = (cells[place] for place in mapping if columns <= place < width)
        # What a new column says of a row is not known yet, so the row is not either.
        if not any(cells[:columns]) or any(new):
            return ""
        return key("cells", signature(Header(header.row, header.names[:columns])), *cells[:columns])

    return {
        row.row: (key(*row.identity), *(by_cells(row, columns) for columns in (width, *shorter)))
        for row in intake.rows
    }


def _shorter_forms(header: Header, *, community: Community) -> list[int]:
    """How many columns forms had that became this one by columns added behind, and of which rows were taken in."""
    widths = {
        signature(Header(header.row, header.names[:columns])): columns
        for columns in range(1, len(header.names))
    }
    before = SheetImport.objects.filter(community=community, signature__in=widths, rows__isnull=False)
    found = {widths[one] for one in before.values_list("signature", flat=True).distinct()}
    return sorted(found, reverse=True)[:SHORTER_MOST]


def _known(intake: Intake, *, community: Community) -> dict[int, tuple[int, str]]:
    hashes = {row.row: phone_hash(phone=row.phone) for row in intake.rows if row.phone}
    requests = (
        Request.objects.filter(
            community=community, phone_hash__in=set(hashes.values()), merged_into__isnull=True
        )
        .filter(lines__state__in=NOT_ENDED)
        .order_by("-number")
        .values_list("phone_hash", "number", "public_id")
        .distinct()
    )
    found = {hashed: (number, public_id) for hashed, number, public_id in requests if hashed}
    return {row: found[hashed] for row, hashed in hashes.items() if hashed in found}

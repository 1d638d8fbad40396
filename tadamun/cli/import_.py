"""Bring requests in from a sheet, XLSX or CSV: every row once, whatever is wrong by row and column."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tadamun.cli.instance import load, migrate
from tadamun.cli.output import counted, emit, json_option, refuse, say

if TYPE_CHECKING:
    from tadamun.kernel.errors import TadamunError
    from tadamun.kernel.intake import Duplicate, Header, Intake, RowReading
    from tadamun.kernel.sheets import Sheet

SHOWN_MOST = 30


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--community", "slug", help="Short name of the community the requests are for.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in; nothing is kept.")
@json_option
def command(file: Path, slug: str | None, dry_run: bool, as_json: bool) -> None:
    """Bring requests in from FILE, an XLSX or CSV sheet, as it really is.

    Sound rows become requests; the others are named by row and column, and wait thirty days for a coordinator to mend
    them on the import page. The same row never comes in twice. With --dry-run and no --community the sheet is read by
    the region of the instance, and nothing of the database is asked.
    """
    from tadamun.kernel.errors import TadamunError

    load()
    try:
        if dry_run and slug is None:
            result = _looked_through(file)
        else:
            migrate()
            result = _for_community(file, slug, dry_run=dry_run)
    except TadamunError as error:
        _refused(error)
    emit(result, as_json=as_json, text=_told(result, dry_run=dry_run))


def _looked_through(file: Path) -> dict[str, Any]:
    """Read without a community: by the instance's region and the shared catalogue."""
    from zoneinfo import ZoneInfo

    from django.conf import settings
    from django.utils import timezone

    from tadamun.kernel.cells.needs import shared_catalogue
    from tadamun.kernel.intake import Settings, duplicates_in, find_header, read_intake, suggested_mapping
    from tadamun.kernel.regions import region
    from tadamun.kernel.sheets import read_sheet

    code = str(settings.REGION)
    today = timezone.now().astimezone(ZoneInfo(region(code).time_zone)).date()
    sheet = read_sheet(file.read_bytes())
    header = find_header(sheet)
    mapping = suggested_mapping(sheet, header, region=code, today=today)
    reading = Settings(region=code, today=today, catalogue=shared_catalogue())
    intake = read_intake(sheet, header, mapping, settings=reading)
    sound = sum(row.sound for row in intake.rows)
    say(f"Read by the ways of {region(code).name} ({code}); --community reads by those of a community.")
    return _result(
        sheet, header, mapping, intake, duplicates=duplicates_in(intake.rows), region=code, imported=sound
    )


def _for_community(file: Path, slug: str | None, *, dry_run: bool) -> dict[str, Any]:
    from django.utils import timezone

    from tadamun.foundation.communities import queries as communities
    from tadamun.kernel.sheets import read_sheet
    from tadamun.pillars.aid.needs import queries, services

    at = timezone.now()
    community = communities.community_of(slug=slug) if slug else communities.home_community(viewer=None)
    if community is None:
        refuse("Please name the community: --community SLUG.", code="community_needed")
    content = file.read_bytes()
    sheet = read_sheet(content)
    header, mapping, _ = queries.columns_of(sheet=sheet, community=community, at=at)
    before = queries.reading_of(sheet=sheet, community=community, mapping=mapping, at=at)
    imported = len(before.ready())
    if not dry_run:
        kept = services.start_import_as_operator(community=community, content=content, title=file.name, at=at)
        imported = services.take_in_as_operator(import_id=kept.public_id, at=at).imported
    result = _result(
        sheet,
        header,
        mapping,
        before.intake,
        duplicates=before.duplicates,
        region=community.region,
        imported=imported,
        taken=before.taken,
    )
    known = {row: number for row, (number, _id) in before.known.items() if row not in before.taken}
    return result | {
        "already": sorted(before.taken),
        "known": [{"row": row, "request": number} for row, number in sorted(known.items())],
    }


def _result(
    sheet: Sheet,
    header: Header,
    mapping: Mapping[int, str],
    intake: Intake,
    *,
    duplicates: list[Duplicate] | tuple[Duplicate, ...],
    region: str,
    imported: int,
    taken: Collection[int] = (),
) -> dict[str, Any]:
    heads = {field: header.names[place] for place, field in mapping.items() if place < len(header.names)}
    if sheet.others:
        say(f"Read the sheet «{sheet.title}»; left aside: {', '.join(sheet.others)}.")
    return {
        "rows": len(intake.rows),
        "imported": imported,
        "rejected": [
            {"row": row.row, "column": problem.field, "code": problem.code}
            for row in intake.rows
            if row.row not in taken
            for problem in row.problems
        ],
        "duplicates": [{"row": one.row, "of": one.of} for one in duplicates],
        "assumed": [
            {
                "column": one.field,
                "head": heads.get(one.field, ""),
                "code": "date_order",
                "order": one.order,
                "why": one.why,
                "rows": one.rows,
            }
            for one in intake.assumed
        ],
        "guessed": [
            {"row": row.row, "said": row.said.get("date", ""), "date": row.day, "why": row.day_guessed}
            for row in intake.rows
            if row.day_guessed
        ],
        "read": [_read(row, region=region) for row in intake.rows],
        "columns": {field: head for field, head in heads.items() if head},
        "skipped": [{"row": row, "why": why} for row, why in intake.skipped],
    }


def _read(row: RowReading, *, region: str) -> dict[str, Any]:
    from tadamun.kernel.cells.phones import dialled_form

    return {
        "row": row.row,
        "phone": dialled_form(row.phone, region=region) if row.phone else None,
        "size": row.size,
        "date": row.day,
        "categories": [thing.code for thing in row.things],
    }


def _told(result: dict[str, Any], *, dry_run: bool) -> list[str]:
    """The same for a person: no name and no phone, only rows and columns."""
    noun = "a request" if result["imported"] == 1 else "requests"
    verb = f"would become {noun}" if dry_run else f"became {noun}"
    lines = [f"{counted(result['rows'], 'row')}, {result['imported']} {verb}."]
    if result.get("already"):
        lines.append(f"{counted(len(result['already']), 'row is', many='rows are')} here already.")
    if result["rejected"]:
        rejected = len({one["row"] for one in result["rejected"]})
        lines += ["", f"{counted(rejected, 'row is', many='rows are')} kept out:"]
        lines += [f"  row {one['row']}, {one['column']}: {one['code']}" for one in result["rejected"]]
    if result["duplicates"]:
        pairs = [f"  row {one['row']} resembles row {one['of']}" for one in result["duplicates"]]
        lines += ["", f"{counted(len(pairs), 'row')} may be of a household named before; nothing was joined:"]
        lines += pairs[:SHOWN_MOST]
    if result["guessed"]:
        days = [
            f"  row {one['row']}: «{one['said']}» read as {_day(one['date'])}" for one in result["guessed"]
        ]
        lines += ["", f"{counted(len(days), 'day')} could be read otherwise:", *days[:SHOWN_MOST]]
    lines += [
        f"Day and month of «{one['head']}» taken as {one['order']} in {counted(one['rows'], 'row')} ({one['why']})."
        for one in result["assumed"]
    ]
    return lines


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _refused(error: TadamunError) -> NoReturn:
    from django.utils import translation

    from tadamun.web.sentences import sentence_for

    with translation.override("en"):
        sentence = sentence_for(error)
    refuse(f"{sentence.title} {sentence.advice}", code=error.code)

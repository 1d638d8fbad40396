"""The directory of services: take a file in, write it out, confirm that a service is still right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from tadamun.cli.demo import welcome
from tadamun.cli.instance import with_instance
from tadamun.cli.output import counted, emit, json_option, refuse, say, table

if TYPE_CHECKING:
    from tadamun.kernel.errors import TadamunError
    from tadamun.pillars.aid.directory.cards import ImportReport

COMMUNITY = click.option(
    "--community", "slug", metavar="SLUG", help="Which community's directory; the only one by default."
)
SHOWN_MOST = 5
"""Refused rows of each reason that are shown to a person; --json has every one."""


@click.group("directory")
def command() -> None:
    """The directory of services: take a file in, write it out, confirm that a service is still right."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@COMMUNITY
@click.option("--source", help="Short name under which the file comes again; its file name by default.")
@click.option(
    "--region", help="Country whose prefix a phone without one gets, such as US; the community's by default."
)
@click.option("--overwrite", is_flag=True, help="Take the file's word also where a coordinator corrected it.")
@json_option
@with_instance
def import_file(
    file: Path, slug: str | None, source: str | None, region: str | None, overwrite: bool, as_json: bool
) -> None:
    """Take in services from an HSDS datapackage (.zip), HSDS JSON, or a flat CSV of a referral line.

    Every row is taken or refused with its reason, and what was set right is said too. The same file again changes only
    what has changed.
    """
    from django.utils import timezone

    from tadamun.kernel.errors import TadamunError
    from tadamun.pillars.aid.directory import services
    from tadamun.pillars.aid.directory.cards import plain

    at = timezone.now()
    community = _community(slug, begin=True)
    try:
        with file.open("rb") as stream:
            report = services.import_services(
                community=community,
                file=stream,
                source=services.source_key(source or file.stem),
                actor=None,
                at=at,
                today=at.astimezone(ZoneInfo(community.time_zone)).date(),
                region=region or "",
                overwrite=overwrite,
            )
    except TadamunError as error:
        _refuse(error)
    emit(
        {"community": community.slug, **plain(report)},
        as_json=as_json,
        text=_told(report, community, region or community.region),
    )


@command.command("export")
@click.option(
    "--hsds",
    "out",
    required=True,
    type=click.Path(path_type=Path),
    help="A folder, or a file ending in .zip.",
)
@COMMUNITY
@json_option
@with_instance
def export(out: Path, slug: str | None, as_json: bool) -> None:
    """Write the open part of the directory as HSDS 3: services.json as its API nests them, and a datapackage.

    Confidential places are left out.
    """
    from tadamun.pillars.aid.directory import services

    community = _community(slug)
    files, report = services.export_hsds(community=community, actor=None)
    try:
        _write(out, files)
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}.", code="not_writable", path=str(out))
    result = {"community": community.slug, "out": out, **vars(report)}
    lines = [
        f"{counted(report.services, 'service')} of {counted(report.organisations, 'organisation')} at "
        f"{counted(report.locations, 'place')}: {out}",
        *([f"{counted(report.left_out, 'confidential place')} left out."] if report.left_out else []),
    ]
    emit(result, as_json=as_json, text=lines)


@command.command("confirm")
@click.argument("service_id")
@COMMUNITY
@json_option
@with_instance
def confirm(service_id: str, slug: str | None, as_json: bool) -> None:
    """Write down that somebody asked the service, and that what the directory says of it is right.

    SERVICE_ID is the last part of its page's address.
    """
    from django.utils import timezone

    from tadamun.kernel.errors import TadamunError
    from tadamun.pillars.aid.directory import services

    at, community = timezone.now(), _community(slug)
    on = at.astimezone(ZoneInfo(community.time_zone)).date()
    try:
        row = services.confirm_service(community=community, service_id=service_id, actor=None, at=at, on=on)
    except TadamunError as error:
        _refuse(error)
    emit(
        {"service": row.public_id, "name": row.name, "confirmed_on": on},
        as_json=as_json,
        text=f"{row.name}: {on}",
    )


def _community(slug: str | None, *, begin: bool = False) -> Any:
    """The community that is named, or the only one; for a file with nowhere to go one is begun, and that is said."""
    from django.conf import settings
    from django.utils import timezone

    from tadamun.foundation.communities import queries, services
    from tadamun.kernel.errors import TadamunError

    if slug is not None:
        try:
            return queries.community_of(slug=slug)
        except TadamunError:
            refuse(f"There is no community {slug}.", code="no_such_community", community=slug)
    known = queries.all_communities()
    if len(known) == 1:
        return known[0]
    if known:
        names = ", ".join(community.slug for community in known)
        refuse(
            f"Which community? --community with one of: {names}.", code="which_community", communities=names
        )
    if not begin:
        refuse("No community yet: tadamun community create", code="no_community")
    if settings.DEMO:
        # Beside the demonstration no community of real people is begun: the file is shown in it.
        welcome()
        return queries.all_communities()[0]
    say("No community yet: «directory» is begun for this file. Its first steward: tadamun community create")
    return services.create_community(
        slug="directory", name="Directory", region=settings.REGION, at=timezone.now()
    )


def _refuse(error: TadamunError) -> None:
    from django.utils import translation

    from tadamun.web.sentences import sentence_for

    with translation.override("en"):
        sentence = sentence_for(error)
    refuse(f"{sentence.title} {sentence.advice}", code=error.code, **error.params)


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    from tadamun.pillars.aid.directory.services import zipped

    if out.suffix.casefold() == ".zip":
        out.write_bytes(zipped(files))
        return
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _told(report: ImportReport, community: Any, region: str) -> Iterator[str]:
    """The report as a person reads it: sums, and the first few of each refusal."""
    changed = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in report.outcomes.items())
    yield (
        f"{report.taken['service']} of {counted(report.read['service'], 'service')} "
        f"{'is' if report.read['service'] == 1 else 'are'} in the directory of "
        f"{community.slug} ({changed}; source {report.source})."
    )
    if report.absent:
        yield f"No longer in the file, and kept: {counted(report.absent, 'service')} of an earlier reading."
    yield ""
    rows = [[name, count, report.taken.get(name, 0)] for name, count in report.read.items()]
    yield from table(heads=["rows of", "read", "taken"], rows=rows)
    if report.mended:
        yield from ("", "Set right:")
        yield from (
            f"  {count:>6}  {code.replace('_', ' ')}" for code, count in report.mended_by_code().items()
        )
    if report.mended_by_code().get("phone_kept_as_written", 0) * 2 > report.taken.get("phone", 0):
        yield f"  Most numbers are none of {region}: with --region they are read as those of another country."
    if report.refused:
        yield from ("", "Not taken:")
        yield from _refusals(report)
    if report.left_out:
        yield from ("", f"Not read: {', '.join(report.left_out)}")


def _refusals(report: ImportReport) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Any]] = {}
    for one in report.refused:
        groups.setdefault((one.table, one.code.value), []).append(one)
    for (name, code), rows in sorted(groups.items(), key=lambda group: -len(group[1])):
        first = ", ".join(
            f"row {one.row}" + (f" ({one.named})" if one.named else "") for one in rows[:SHOWN_MOST]
        )
        more = ", …" if len(rows) > SHOWN_MOST else ""
        yield f"  {len(rows):>6}  {name}: {code.replace('_', ' ')}: {first}{more}"

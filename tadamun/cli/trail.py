"""The record of what was done: check that it is whole."""

from __future__ import annotations

import click

from tadamun.cli.instance import with_instance
from tadamun.cli.output import emit, json_option, refuse


@click.group("trail")
def command() -> None:
    """The record of what was done: check that it is whole."""


@command.command("verify")
@click.option("--scope", metavar="SLUG", help="Only this community, or `instance` for what belongs to none.")
@json_option
@with_instance
@click.pass_context
def verify(ctx: click.Context, scope: str | None, as_json: bool) -> None:
    """Check every chain from its first entry to its head; exit 1 when one is broken."""
    from tadamun.foundation.communities import queries
    from tadamun.foundation.trail.services import verify_chains

    names = {community.public_id: community.slug for community in queries.all_communities()}
    wanted = None
    if scope is not None:
        wanted = {slug: public_id for public_id, slug in names.items()}.get(scope, scope)
        if wanted not in {*names, "instance"}:
            refuse(f"There is no community {scope}.", code="no_such_community", scope=scope)
    reports = list(verify_chains(scope=wanted))
    result = [
        {
            "scope": names.get(report.scope, report.scope),
            "entries": report.entries,
            "digest": report.digest,
            "whole": report.whole,
            "broken_at": report.broken_at,
            "reason": report.reason,
        }
        for report in reports
    ]
    lines = [
        f"{row['scope']}: {row['entries']} entries, whole, head {row['digest']}"
        if row["whole"]
        else f"{row['scope']}: BROKEN at entry {row['broken_at']} ({row['reason']})"
        for row in result
    ]
    emit(
        {"whole": all(report.whole for report in reports), "chains": result},
        as_json=as_json,
        text=lines or "Nothing recorded yet.",
    )
    ctx.exit(0 if all(report.whole for report in reports) else 1)

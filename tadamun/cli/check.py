"""Looks at an instance and explains what is misconfigured, changing nothing."""

from __future__ import annotations

from collections.abc import Iterator

import click

from tadamun.cli.instance import home, know_where_it_listens, load
from tadamun.cli.looks.finding import Finding, Status, error
from tadamun.cli.output import Refusal, emit, json_option

_MARKS = {Status.OK: "ok     ", Status.WARNING: "LOOK   ", Status.ERROR: "WRONG  "}


@click.command("check")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Look at folder, keys, database, clock, web, worker, addresses and mail; exit 1 when something is wrong."""
    found = list(_look())
    sound = all(one.status is not Status.ERROR for one in found)
    lines = [
        f"{_MARKS[one.status]} {one.name}: {one.message}" + (f"\n         {one.remedy}" if one.remedy else "")
        for one in found
    ]
    emit({"sound": sound, "findings": found}, as_json=as_json, text=lines)
    ctx.exit(0 if sound else 1)


def _look() -> Iterator[Finding]:
    if not home().is_dir():
        yield error("folder", f"There is no {home()}.", "Set TADAMUN_HOME, or start once to have it made.")
        return
    know_where_it_listens()
    try:
        load()
    except Refusal as unsafe:
        yield error("settings", unsafe.message, "docs/operating.md lists every setting.")
        return
    from tadamun.cli.looks import database, places, worker

    yield from places.folder(home())
    yield from places.keys(home())
    yield from places.addresses()
    yield from places.web()
    yield from database.database()
    yield from database.sealed()
    yield from database.clock()
    yield from worker.worker()
    yield from worker.messages()

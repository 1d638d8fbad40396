"""Moves an instance from SQLite to PostgreSQL, and proves that everything arrived."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import dj_database_url

from tadamun.cli.backup import refuse_unfit
from tadamun.cli.copies import databases
from tadamun.cli.instance import MOVED, home, load
from tadamun.cli.output import counted, emit, json_option, refuse, say

TARGET = "TARGET_DATABASE_URL"


@click.command("move-to-postgres")
@click.option(
    "--to",
    "target",
    envvar=TARGET,
    show_envvar=True,
    required=True,
    metavar="URL",
    help="postgres://user@host/name of an empty database. Give a password by the variable, not as an argument.",
)
@json_option
def command(target: str, as_json: bool) -> None:
    """Copy every row into an empty PostgreSQL database, compare counts and digests, and put the SQLite file aside.

    The instance must be stopped: nobody can write to it meanwhile. Afterwards set DATABASE_URL to the new address for
    every process. Uploads and keys stay where they are.
    """
    if not target.startswith(("postgres://", "postgresql://")):
        refuse("--to takes the address of a PostgreSQL database: postgres://…", code="not_postgres")
    source = sqlite_file()
    if not source.is_file():
        refuse(f"There is no SQLite database at {source}.", code="database_missing", source=str(source))
    os.environ["DATABASE_URL"] = target
    load()
    try:
        result = _move(source)
    except databases.Unfit as unfit:
        refuse_unfit(unfit)
    lines = [
        f"{counted(result['rows'], 'row')} of {counted(len(result['tables']), 'table')} moved to PostgreSQL, "
        "each count and digest equal.",
        "The trail is whole." if result["trail_whole"] else "THE TRAIL IS NOT WHOLE: tadamun trail verify",
        f"The SQLite file lies at {result['put_aside']}. Set DATABASE_URL for every process before you start.",
    ]
    emit(result, as_json=as_json, text=lines)


def sqlite_file() -> Path:
    """The SQLite file of this instance, as the environment names it.

    :raises Refusal: the instance is on another database already.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return home() / "tadamun.sqlite3"
    if not url.startswith("sqlite:"):
        refuse(
            "DATABASE_URL names another database already: unset it, or name the SQLite file.",
            code="not_sqlite",
        )
    return Path(str(dj_database_url.parse(url)["NAME"]))


def _move(source: Path) -> dict[str, Any]:
    from django.db import OperationalError, connection

    from tadamun.foundation.trail.services import verify_chains

    try:
        empty = databases.is_empty()
    except OperationalError as error:
        refuse(f"The new database does not answer: {error}".strip(), code="database_unreachable")
    if not empty:
        refuse("The new database has tables of an instance in it already.", code="target_not_empty")
    say("Counting …")
    with databases.look_at_sqlite(source, alone=True) as look:
        expected = look.fingerprints()
        say(f"Moving {counted(sum(one.rows for one in expected.values()), 'row')} …")
        read = databases.fill(
            migrations=look.migrations,
            source=look.rows,
            expected=expected,
            columns={table.name: table.names for table in look.tables},
        )
    whole = all(report.whole for report in verify_chains())
    connection.close()
    aside = source.with_name(f"{source.name}{MOVED}{datetime.now(UTC):%Y%m%dT%H%M%S}")
    source.replace(aside)
    return {
        "source": source,
        "put_aside": aside,
        "tables": {
            name: {"rows": one.rows, "digest": one.digest, "equal": expected[name] == one}
            for name, one in read.items()
        },
        "rows": sum(one.rows for one in read.values()),
        "equal": read == expected,
        "trail_whole": whole,
    }

"""Databases as copies need them: one consistent look at everything, and a new database filled with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from tadamun.cli.copies.rows import Counting, Fingerprint, Table, read_row, tables_of, write_row

Migrations = list[tuple[str, str]]
BATCH = 200
SESSIONS = "people_session"
"""Whoever holds a session's key is signed in: a copy leaves this table out, and everybody signs in again."""


class Unfit(Exception):
    """A database cannot be read or filled as asked; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Look:
    """Everything that was committed at one moment, while others go on writing."""

    vendor: str
    migrations: Migrations
    tables: list[Table]
    _cursor: Any

    def rows(self, table: Table) -> Iterator[list[Any]]:
        """The rows of a table in plain form, by key."""
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        self._cursor.execute(f'SELECT {names} FROM "{table.name}" ORDER BY "{table.key}"')  # noqa: S608
        while batch := self._cursor.fetchmany(BATCH * 10):
            for row in batch:
                yield read_row(table, row)

    def fingerprints(self) -> dict[str, Fingerprint]:
        """Counts and digests of all tables."""
        found = {}
        for table in self.tables:
            counting = Counting()
            for row in self.rows(table):
                counting.add(row)
            found[table.name] = counting.fingerprint()
        return found


@contextmanager
def look_at_sqlite(path: Path, *, alone: bool = False) -> Iterator[Look]:
    """Look at a SQLite file without holding its writers up.

    :param alone: nobody else may have it open, and nobody can open it meanwhile.
    :raises Unfit: `database_missing`, `still_running` or `database_unreadable`.
    """
    if not path.is_file():
        raise Unfit("database_missing")
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=1 if alone else 20
        )
        try:
            if alone:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE" if alone else "BEGIN DEFERRED")
            yield _looked("sqlite", connection.cursor())
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise Unfit("still_running" if alone and "locked" in str(error) else "database_unreadable") from error
    except sqlite3.DatabaseError as error:
        raise Unfit("database_unreadable") from error


@contextmanager
def look_at_instance() -> Iterator[Look]:
    """Look at this instance's own database, whichever it is.

    :raises Unfit: it is missing or cannot be read.
    """
    from django.db import DatabaseError, connection

    if connection.vendor == "sqlite":
        with look_at_sqlite(Path(str(connection.settings_dict["NAME"]))) as look:
            yield look
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            with connection.chunked_cursor() as rows:
                yield _looked(connection.vendor, rows)
    except DatabaseError as error:
        raise Unfit("database_unreadable") from error
    finally:
        connection.close()


def _looked(vendor: str, cursor: Any) -> Look:
    from django.db import DatabaseError

    try:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    except (sqlite3.OperationalError, DatabaseError) as error:
        raise Unfit("database_empty") from error
    migrations = [(str(app), str(name)) for app, name in cursor.fetchall()]
    return Look(vendor, migrations, tables_of(_state(migrations)), cursor)


def _state(migrations: Migrations) -> Any:
    """The models as they were after these migrations.

    :raises Unfit: `newer_than_code`, when one of them is unknown here.
    """
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    _refuse_unknown(migrations, loader)
    return loader.project_state(_last_ones(migrations, loader)).apps


def _refuse_unknown(migrations: Migrations, loader: Any) -> None:
    if any(key not in loader.disk_migrations for key in migrations):
        raise Unfit("newer_than_code")


def _last_ones(migrations: Migrations, loader: Any) -> Migrations:
    """Those that none of the others builds on, within their own app."""
    applied = set(migrations) & set(loader.graph.nodes)
    return sorted(
        key
        for key in applied
        if not any(
            child.key in applied and child.key[0] == key[0] for child in loader.graph.node_map[key].children
        )
    )


def refuse_newer(migrations: Migrations) -> None:
    """Refuse a copy of a newer version, before anything is touched.

    :raises Unfit: it has migrations that this code does not know.
    """
    from django.db.migrations.loader import MigrationLoader

    _refuse_unknown(migrations, MigrationLoader(None))


def is_empty() -> bool:
    """Whether this instance's database holds nothing that we would write over."""
    from django.db import connection

    return "django_migrations" not in connection.introspection.table_names()


def make_room() -> None:
    """Drop all tables of ours from the database of this instance (PostgreSQL), and what stands on them."""
    from django.conf import settings
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        ours = {table.name for table in _looked(connection.vendor, cursor).tables}
        ours |= {"django_migrations", str(settings.CACHES["default"]["LOCATION"])}
        for name in sorted(ours & set(connection.introspection.table_names())):
            cursor.execute(f'DROP TABLE "{name}" CASCADE')
        cursor.execute("DROP FUNCTION IF EXISTS trail_is_append_only()")


@contextmanager
def whole_or_not_at_all() -> Iterator[None]:
    """One transaction around tables and rows alike, where the database knows such (PostgreSQL).

    On SQLite a new file is filled instead, which nobody uses until it is whole.
    """
    from django.db import connection, transaction

    if connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # What waits to be checked would keep its table from being changed by the next migration.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield


def others_connected() -> bool:
    """Whether anybody else is connected to this instance's PostgreSQL database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return bool(cursor.fetchone()[0])


def fill(
    *,
    migrations: Migrations,
    source: Callable[[Table], Iterable[list[Any]]],
    expected: Mapping[str, Fingerprint],
    columns: Mapping[str, tuple[str, ...]],
) -> dict[str, Fingerprint]:
    """Make an empty database as it was after these migrations, put the rows in, and bring it up to date.

    What migrations put into a table gives way to its rows. Everything is read back and compared before it counts;
    returns what was read. Tables that are not expected stay empty. On PostgreSQL all of it is one transaction.

    :param source: the rows of a table in plain form, values in the order of `columns`.
    :raises Unfit: `newer_than_code`; `rows_do_not_fit` when the database refuses one; `not_equal`.
    """
    from django.core.management import call_command
    from django.db import DatabaseError, connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    _refuse_unknown(migrations, executor.loader)
    with whole_or_not_at_all():
        executor.migrate(_last_ones(migrations, executor.loader))
        tables = [table for table in tables_of(_state(migrations)) if table.name in expected]
        if {table.name for table in tables} != set(expected):
            raise Unfit("rows_do_not_fit")
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                _put_in(cursor, tables, source, columns=columns)
                read = Look(connection.vendor, migrations, tables, cursor).fingerprints()
                if read != dict(expected):
                    raise Unfit("not_equal")
        except (DatabaseError, ValueError) as error:
            raise Unfit("rows_do_not_fit") from error
        _count_on()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    return read


def _put_in(
    cursor: Any,
    tables: list[Table],
    source: Callable[[Table], Iterable[list[Any]]],
    *,
    columns: Mapping[str, tuple[str, ...]],
) -> None:
    """The rows of all tables instead of those that are there; they may point at rows that come later."""
    from django.db import connection

    postgresql = connection.vendor == "postgresql"
    if postgresql:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in tables:
        cursor.execute(f'DELETE FROM "{table.name}"')  # noqa: S608
    for table in tables:
        _insert(cursor, table.arranged(columns[table.name]), source(table), operations=connection.ops)
    if postgresql:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _insert(cursor: Any, table: Table, rows: Iterable[list[Any]], *, operations: Any) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    places = f"({', '.join(['%s'] * len(table.columns))})"
    waiting = iter(rows)
    while batch := [write_row(table, row, operations=operations) for row in islice(waiting, BATCH)]:
        values = [value for row in batch for value in row]
        many = ", ".join([places] * len(batch))
        cursor.execute(f'INSERT INTO "{table.name}" ({names}) VALUES {many}', values)  # noqa: S608


def _count_on() -> None:
    """Let the next row get the number after the last: PostgreSQL keeps counters of its own."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    present = set(connection.introspection.table_names())
    models = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in present
    ]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)

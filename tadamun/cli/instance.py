"""Prepares the instance in `$TADAMUN_HOME` for commands that need it."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from tadamun.cli.output import refuse, say
from tadamun.cli.translations import compile_catalogs

#: What the name of a SQLite file goes on with after its rows were moved to PostgreSQL.
MOVED = ".moved-"
#: The file in which a site that runs notes its host and its port.
LISTENING = "listening"
P = ParamSpec("P")
R = TypeVar("R")


def home() -> Path:
    """The folder that keeps all an instance has; `var` in the caller's folder where none is named."""
    return Path(os.environ.get("TADAMUN_HOME") or "var").expanduser().resolve()


def know_where_it_listens() -> None:
    """Where host and port are not given, take those of the site that runs here."""
    try:
        host, port = (home() / LISTENING).read_text().split()
    except (OSError, ValueError):
        return
    os.environ.setdefault("HOST", host)
    os.environ.setdefault("PORT", port)


def with_instance(command: Callable[P, R]) -> Callable[P, R]:
    """Decorate a command's function so that settings, apps and an up-to-date database await it.

    Put it nearest to the function, below click's decorators. Import models, services and queries inside the function.
    """

    @functools.wraps(command)
    def prepared(*args: P.args, **kwargs: P.kwargs) -> R:
        prepare()
        return command(*args, **kwargs)

    return prepared


def prepare() -> None:
    """Make the folder, load Django and bring the database up to date. Loads no demonstration.

    :raises Refusal: the folder cannot be written or the settings are unsafe.
    """
    load()
    migrate()


def load() -> None:
    """Make the folder and load Django, leaving the database alone."""
    folder = home()
    os.environ["TADAMUN_HOME"] = str(folder)
    make_home(folder)
    compile_catalogs()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadamun.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    from tadamun.config.environment import UnsafeSetting

    try:
        django.setup()
    except (UnsafeSetting, ImproperlyConfigured) as unsafe:
        refuse(str(unsafe), code="unsafe_setting")


def refuse_left_over_demonstration() -> None:
    """Say it before anything is served, or real people are invited.

    :raises Refusal: the database holds the demonstration, and the instance is not in demo mode.
    """
    from tadamun.config.demonstration import refuse_left_over_demonstration as refuse_it
    from tadamun.config.environment import UnsafeSetting

    try:
        refuse_it()
    except UnsafeSetting as unsafe:
        refuse(str(unsafe), code="demonstration_left")


def make_home(folder: Path) -> None:
    """Make the folder, readable by its owner alone: names and keys lie in it.

    :raises Refusal: it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "static").mkdir(exist_ok=True)
    except OSError as error:
        refuse(
            f"The folder {folder} cannot be made: {error.strerror}.",
            code="home_not_writable",
            folder=str(folder),
        )


def migrate() -> None:
    """Apply the migrations that this database has not seen, and make the cache's table.

    :raises Refusal: the database does not answer.
    """
    from django.core.management import call_command

    if pending_migrations():
        say("Bringing the database up to date …")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


def pending_migrations() -> list[str]:
    """The migrations that this database has not seen, in order.

    :raises Refusal: the database does not answer, or the instance was moved to another.
    """
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    refuse_moved()
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        refuse(f"The database does not answer: {error}".strip(), code="database_unreachable")
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def refuse_moved() -> None:
    """Where the rows are in PostgreSQL by now, a forgotten DATABASE_URL would begin an empty instance.

    :raises Refusal: the SQLite file was put aside by a move, and none is in its place.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    file = Path(str(connection.settings_dict["NAME"]))
    if not file.exists() and any(file.parent.glob(f"{file.name}{MOVED}*")):
        refuse("This instance was moved to PostgreSQL: set DATABASE_URL.", code="moved_to_postgres")

"""The database, the clock, and whether the key opens what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tadamun.cli.looks.finding import Finding, error, fine, warning
from tadamun.cli.output import counted

SKEW = timedelta(seconds=5)


def database() -> Iterator[Finding]:
    """Does it answer, and is it up to date?"""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from tadamun.cli.instance import refuse_moved
    from tadamun.cli.output import Refusal

    try:
        refuse_moved()
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Refusal as moved:
        yield error("database", moved.message, "Set DATABASE_URL to the PostgreSQL it was moved to.")
        return
    except DatabaseError as away:
        yield error(
            "database", f"The database does not answer: {away}".strip(), "Start it, or mend DATABASE_URL."
        )
        return
    yield fine("database", f"The database ({connection.vendor}) answers.")
    known = executor.loader.disk_migrations
    newer = [key for key in executor.loader.applied_migrations if key not in known]
    if newer:
        yield error(
            "migrations",
            f"The database was used by a newer version ({'.'.join(newer[0])}).",
            "Put the newer version in place, or restore a copy made before.",
        )
    elif missing:
        yield warning(
            "migrations",
            f"Not applied: {counted(len(missing), 'migration')}.",
            "They are at the next start; or run: tadamun migrate",
        )
    else:
        yield fine("migrations", "The database is up to date.")


def sealed() -> Iterator[Finding]:
    """Does the key open what is stored?"""
    from cryptography.fernet import InvalidToken
    from django.apps import apps
    from django.db import DatabaseError

    from tadamun.foundation.sealed import SealedTextField

    opened = 0
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, SealedTextField):
                continue
            try:
                values = model._base_manager.exclude(**{f"{field.name}__isnull": True})
                opened += sum(
                    1 for value in values.order_by("-pk").values_list(field.name, flat=True)[:3] if value
                )
            except InvalidToken:
                yield error(
                    "key",
                    f"The sealing key does not open {model._meta.label}.{field.name}.",
                    "Put back the instance's own sealing.key, or name all its keys in SEALING_KEYS.",
                )
                return
            except DatabaseError:
                return
    yield fine("key", "The sealing key opens what is stored." if opened else "Nothing sealed is stored yet.")


def clock() -> Iterator[Finding]:
    """Does the clock run with the database's, and is nothing dated in the future?"""
    from django.db import DatabaseError, connection

    from tadamun.foundation.jobs.queries import pulse

    now = datetime.now(UTC)
    try:
        beat = pulse().last_beat_at
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT now()")
                if abs(cursor.fetchone()[0] - now) > SKEW:
                    yield warning(
                        "clock", "This machine's clock and the database's differ.", "Keep both by NTP."
                    )
                    return
    except DatabaseError:
        return
    if beat is not None and beat > now + SKEW:
        yield warning("clock", "The clock was set back: work is dated in the future.", "Keep it by NTP.")
    else:
        yield fine("clock", f"The clock says {now:%Y-%m-%d %H:%M} UTC.")

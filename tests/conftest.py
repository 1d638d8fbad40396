"""What every test stands on: compiled translations, and the choice of tests that need a database."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from tadamun.cli.translations import compile_catalogs

# Not on the connection: under the browser's event loop Django opens another one.
_KEPT: dict[str, str] = {}
LONG = frozenset({"browser", "slow"})
ONCE = frozenset({"browser", "one_database"})
"""Marks of what is not run again on a second database."""
DATABASE_FIXTURES = frozenset(
    {
        "db",
        "transactional_db",
        "django_db_setup",
        "live_server",
        "client",
        "admin_client",
        "begun",
        "postgres_url",
    }
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="only tests that use the database, without the browser's: for a run on a second database",
    )


def pytest_configure() -> None:
    compile_catalogs()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _long_files_first(items)
    if not config.getoption("--database-only"):
        return
    chosen = [item for item in items if _uses_database(item) and not ONCE & _marks(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _long_files_first(items: list[pytest.Item]) -> None:
    """So that no worker is left with a browser's file when the other has nothing more to do."""
    long = {item.path for item in items if LONG & _marks(item)}
    items.sort(key=lambda item: item.path not in long)


def _marks(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers()}


def _uses_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def _language_of_one_test_does_not_reach_the_next() -> Iterator[None]:
    yield
    if settings.configured:
        translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Remember what migrations put in, to put it back after tests with real transactions."""
    with django_db_blocker.unblock():
        _KEPT["rows"] = connection.creation.serialize_db_to_string()


@pytest.fixture(autouse=True, scope="session")
def _database_is_new_after_each_transactional_test() -> Iterator[None]:
    """Between tests with real transactions Django empties every table.

    Append-only tables refuse that on SQLite, and what migrations put in would be gone for the tests that follow; the
    cache's table is no model and would be left as it is.
    """
    original = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        triggers = _take_triggers()
        # With both of these the flush leaves content types and permissions to what we put back.
        case.serialized_rollback = True
        given: Any = connection
        given._test_serialized_contents = _KEPT["rows"]
        original(case)
        with connection.cursor() as cursor:
            for _, sql in triggers:
                cursor.execute(sql)
        connection.creation.deserialize_db_from_string(_KEPT["rows"])
        cache.clear()

    patch: Any = TransactionTestCase
    patch._fixture_teardown = teardown
    yield
    patch._fixture_teardown = original


def _take_triggers() -> list[tuple[str, str]]:
    """Drop SQLite's triggers and give their definitions; PostgreSQL's row triggers do not mind a TRUNCATE."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers: list[tuple[str, str]] = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
    return triggers

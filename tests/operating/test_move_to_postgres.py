"""Moving an instance from SQLite to PostgreSQL: everything, or nothing. Runs where the tests have a PostgreSQL."""

import psycopg
import pytest

from tests.operating.instances import Instance, drop_database, new_database, server_url
from tests.operating.test_backup import ASKING, FOUND, lines_of


@pytest.fixture
def small(tmp_path):
    """A SQLite instance with the demonstration in it."""
    made = Instance(home=tmp_path / "home", settings={"TADAMUN_DEMO": "1"})
    made.run("demo")
    yield made
    made.end()


@pytest.fixture
def postgres_url():
    if not server_url():
        pytest.skip("no PostgreSQL in this run: DATABASE_URL names none")
    url = new_database()
    yield url
    drop_database(url)


def test_moves_every_row_and_proves_it(small, postgres_url):
    before = small.python(FOUND)
    writer = small.start(script=ASKING.replace("olive", "zaytoun"))
    running = small.run("move-to-postgres", TARGET_DATABASE_URL=postgres_url, code=1)
    small.kill()

    moved = small.run("move-to-postgres", TARGET_DATABASE_URL=postgres_url)

    assert running["error"]["code"] == "still_running"
    assert writer.returncode is not None
    assert (moved["equal"], moved["trail_whole"]) == (True, True)
    assert all(table["equal"] for table in moved["tables"].values())
    assert moved["tables"]["needs_request"]["rows"] >= len(before["requests"]) > 50
    forgot = small.run("community", "list", code=1)
    assert forgot["error"]["code"] == "moved_to_postgres"
    small.settings["DATABASE_URL"] = postgres_url
    after = small.python(FOUND)
    assert before["requests"].items() <= after["requests"].items()
    # New rows get numbers of their own.
    assert lines_of(small.start(script=ASKING.replace("olive", "zaytoun")), least=3)


def test_refuses_a_database_that_has_an_instance_in_it(postgres_url, tmp_path):
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE django_migrations (id integer)")
    here = Instance(home=tmp_path / "home")
    here.home.mkdir()
    (here.home / "tadamun.sqlite3").touch()

    refused = here.run("move-to-postgres", TARGET_DATABASE_URL=postgres_url, code=1)

    assert refused["error"]["code"] == "target_not_empty"
    assert (here.home / "tadamun.sqlite3").is_file()


def test_refuses_another_kind_of_target(tmp_path):
    nowhere = Instance(home=tmp_path / "home")

    assert nowhere.run("move-to-postgres", "--to", "mysql://x/y", code=1)["error"]["code"] == "not_postgres"
    assert (
        nowhere.run("move-to-postgres", "--to", "postgres://x/y", code=1)["error"]["code"]
        == "database_missing"
    )

"""The bench of the site measures every door on an instance of its own, and no answer is wrong."""

import signal

import psycopg
import pytest

from tests.operating.instances import Instance, drop_database, new_database, server_url


@pytest.mark.slow
def test_measures_each_door_without_a_wrong_answer(tmp_path):
    here = Instance(home=tmp_path / "not-touched")

    report = here.run("bench", "web", "--needs", 100, "--requests", 8, "--clients", "8", "--workers", 1)

    doors = [
        "board",
        "page of twenty needs",
        "twenty needs for a program",
        "open needs",
        "asking",
        "accepting",
    ]
    assert [row["door"] for row in report["doors"]] == doors
    assert [(row["requests"], row["wrong"]) for row in report["doors"]] == [(8, 0)] * len(doors)
    assert all(row["cpu_ms"] > 0 for row in report["doors"])
    assert report["largest_process_mb"] > 10
    assert not here.home.exists()


@pytest.fixture
def own_database():
    """An empty database where the run is on PostgreSQL."""
    if not server_url():
        pytest.skip("the run is on SQLite, which takes a folder of its own")
    url = new_database()
    yield url
    drop_database(url)


def tables_in(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()


@pytest.mark.slow
def test_leaves_a_database_as_empty_as_it_was_and_prints_one_document(tmp_path, own_database):
    here = Instance(home=tmp_path / "not-touched", settings={"BENCH_DATABASE_URL": own_database})

    # `run` reads the whole of the standard output as one document, and fails where anything stands beside it.
    report = here.run("bench", "web", "--needs", 100, "--requests", 8, "--clients", "8", "--workers", 1)

    assert report["database"] == "postgresql"
    assert [row["wrong"] for row in report["doors"]] == [0] * 6
    assert tables_in(own_database) == []


@pytest.mark.slow
def test_leaves_nothing_behind_when_it_is_stopped(tmp_path, own_database):
    here = Instance(home=tmp_path / "not-touched", settings={"BENCH_DATABASE_URL": own_database})
    bench = here.start("-m", "tadamun.cli.main", "bench", "web", "--needs", "3000", "--json")
    while "needs in" not in bench.stderr.readline():
        assert bench.poll() is None

    bench.send_signal(signal.SIGTERM)
    told, _ = bench.communicate(timeout=60)

    assert (bench.returncode, told) == (143, "")
    assert tables_in(own_database) == []


def test_a_refusal_is_one_document_too(tmp_path):
    here = Instance(home=tmp_path / "home")
    here.run("community", "list")

    refused = here.run(
        "bench", "web", code=1, BENCH_DATABASE_URL=f"sqlite:///{here.home / 'tadamun.sqlite3'}"
    )

    assert refused["error"]["code"] == "database_not_empty"

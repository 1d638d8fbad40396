"""A copy put back over an instance: wholly, or as if nothing had been tried."""

import json
import signal
import subprocess
import sys

import pytest

from tests.house.plan import ROOT
from tests.operating.instances import server_url

HALFWAY = """
import sys
from tadamun.cli import restore
from tadamun.cli.copies import archive
from tadamun.cli.main import main
read = archive.rows_in
def broken(folder, name):
    if name == "needs_request":
        BREAK
    return read(folder, name)
archive.rows_in = broken
put_key = restore._put_key
def broken_key(*words, **named):
    AT_THE_END
    return put_key(*words, **named)
restore._put_key = broken_key
main(["restore", sys.argv[1], "--replace", "--json"])
"""
WAYS = {
    "a row that does not fit": ("return iter([[None] * 99])", "pass"),
    "a disk that is full": ('raise OSError(28, "No space left on device")', "pass"),
    "being killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "pass"),
    "a disk that is full at the very end": ("pass", 'raise OSError(28, "No space left on device")'),
}
LOOKED_AT = """
import sqlite3, sys
from pathlib import Path
from tadamun.cli.copies import archive
from tadamun.cli.main import main
path, read, seen = Path(sys.argv[2]), archive.rows_in, []
def meanwhile(folder, name):
    if name == "needs_request":
        try:
            sqlite3.connect(path, timeout=0).execute("CREATE TABLE late (id)")
        except sqlite3.OperationalError as error:
            print(error, file=sys.stderr)
    return read(folder, name)
archive.rows_in = meanwhile
main(["restore", sys.argv[1], "--replace", "--json"])
"""
WHAT_IS_THERE = """
import json
from tadamun.foundation.communities.models import Community
from tadamun.foundation.trail.services import verify_chains
from tadamun.pillars.aid.needs.models import Request
print(json.dumps([
    sorted(Community.objects.values_list("slug", flat=True)),
    Request.objects.count(),
    all(chain.whole for chain in verify_chains()),
]))
"""


def restore_brokenly(instance, copy, way):
    in_the_middle, at_the_end = WAYS[way]
    script = HALFWAY.replace("BREAK", in_the_middle).replace("AT_THE_END", at_the_end)
    return subprocess.run(
        [sys.executable, "-c", script, str(copy)],
        cwd=ROOT, env=instance.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def files_of(instance):
    there = {path.relative_to(instance.home) for path in instance.home.rglob("*") if path.is_file()}
    return {path for path in there if not {"static", "cache"} & set(path.parts) and path.suffix != ".mo"} - {
        path
        for path in there
        if path.name.endswith(("-wal", "-shm")) or path.parts[0].startswith(".restoring")
    }


@pytest.mark.parametrize("way", WAYS)
def test_stopped_in_the_middle_leaves_what_was_there_whole(instance, copy, way):
    instance.run(
        "community", "create", "figs", "--name", "حيّ التين", "--region", "JO", "--steward-phone", "0790000009"
    )
    (instance.home / "uploads").mkdir()
    (instance.home / "uploads" / "letter.txt").write_text("kept")
    before, files = instance.python(WHAT_IS_THERE), files_of(instance)

    done = restore_brokenly(instance, copy, way)

    assert done.returncode in {1, -signal.SIGKILL}, done.stderr
    if done.returncode == 1:
        assert json.loads(done.stdout)["error"]["code"] in {"rows_do_not_fit", "disk_full"}
    assert before == [["figs", "olive"], 1, True]
    assert instance.python(WHAT_IS_THERE) == before
    assert files_of(instance) == files
    assert instance.run("restore", copy, "--replace")["equal"]
    assert instance.python(WHAT_IS_THERE)[0] == ["olive"]


def run_meanwhile(instance, copy):
    """Restore, and try to write to the instance's SQLite file once the copy is half in."""
    path = instance.home / "tadamun.sqlite3"
    return subprocess.run(
        [sys.executable, "-c", LOOKED_AT, str(copy), str(path)],
        cwd=ROOT, env=instance.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(bool(server_url()), reason="PostgreSQL holds its tables itself")
class TestMeanwhile:
    def test_nobody_opens_the_file_that_is_put_aside(self, instance, copy):
        done = run_meanwhile(instance, copy)

        assert "database is locked" in done.stderr
        assert json.loads(done.stdout)["equal"]
        assert {path.name for path in instance.home.glob("replaced-*/*.sqlite3*")} == {"tadamun.sqlite3"}

    def test_a_site_begun_where_there_was_none_is_not_replaced(self, begun, copy, elsewhere):
        other = elsewhere()
        (other.home / "keys").mkdir(parents=True)
        (other.home / "keys" / "sealing.key").write_text((begun.home / "keys" / "sealing.key").read_text())

        done = run_meanwhile(other, copy)

        assert json.loads(done.stdout)["error"]["code"] == "still_running"
        assert not list(other.home.glob("replaced-*"))


def test_what_a_killed_restoring_left_is_cleared_by_the_next(instance, copy):
    restore_brokenly(instance, copy, "being killed")
    assert list(instance.home.glob(".restoring-*"))

    instance.run("restore", copy, "--replace")

    assert not list(instance.home.glob(".restoring-*"))


def test_an_empty_database_stays_empty_and_takes_the_copy_the_next_time(begun, copy, elsewhere, tmp_path):
    other = elsewhere()
    (other.home / "keys").mkdir(parents=True)
    (other.home / "keys" / "sealing.key").write_text((begun.home / "keys" / "sealing.key").read_text())

    assert restore_brokenly(other, copy, "a disk that is full").returncode == 1

    assert other.run("restore", copy)["equal"]

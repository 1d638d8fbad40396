"""A copy made while people write: whole, at one moment, and an instance again elsewhere."""

import gzip
import io
import json
import shutil
import tarfile

import pytest

from tadamun.cli.copies.archive import unpack

ASKING = """
from django.utils import timezone
from tadamun.foundation.communities.queries import community_of
from tests.aid import make
community = community_of(slug="olive")
while True:
    print(make.make_request(community, at=timezone.now()).request.public_id, flush=True)
"""
FOUND = """
import json
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.aid.needs.models import Request
print(json.dumps({
    "requests": {row.public_id: [row.lines.count(), row.phone, row.notes] for row in Request.objects.all()},
    "on_the_trail": list(TrailEntry.objects.filter(thing="request").values_list("thing_id", flat=True)),
}))
"""
PASSPHRASE = "four plain words here"  # noqa: S105


def key_of(instance):
    return (instance.home / "keys" / "sealing.key").read_text()


def lines_of(process, *, least):
    return [process.stdout.readline().strip() for _ in range(least)]


def test_a_copy_under_write_load_loses_nothing_and_is_an_instance_again(instance, elsewhere, tmp_path):
    upload = instance.home / "uploads" / "letters" / "one.txt"
    upload.parent.mkdir(parents=True)
    upload.write_text("مرحبا", encoding="utf-8")
    writers = [instance.start(script=ASKING) for _ in range(2)]
    answered = [one for writer in writers for one in lines_of(writer, least=5)]

    made = instance.run("backup", tmp_path / "copy", TADAMUN_PASSPHRASE=PASSPHRASE)
    still_writing = [lines_of(writer, least=2) for writer in writers]

    assert all(still_writing)
    instance.kill()
    other = elsewhere()
    key = instance.home / "keys" / "sealing.key"
    back = other.run("restore", tmp_path / "copy", "--key-file", key, TADAMUN_PASSPHRASE=PASSPHRASE)
    found = other.python(FOUND)
    assert (made["encrypted"], made["with_key"], back["equal"], back["trail_whole"]) == (
        True,
        False,
        True,
        True,
    )
    assert set(answered) <= set(found["requests"])
    assert all(one == [1, "+962791234567", "الباب الخلفي"] for one in found["requests"].values())
    assert set(found["on_the_trail"]) == set(found["requests"])
    assert (other.home / "uploads" / "letters" / "one.txt").read_text(encoding="utf-8") == "مرحبا"


class TestTheKey:
    def test_is_left_out_and_asked_for(self, begun, copy, elsewhere, tmp_path):
        other = elsewhere()
        wrong = tmp_path / "wrong.key"
        wrong.write_text("x" * 64)

        assert other.run("restore", copy, code=1)["error"]["code"] == "key_needed"
        refused = other.run("restore", copy, "--key-file", wrong, code=1)

        assert refused["error"]["code"] == "wrong_key"
        assert key_of(begun).encode() not in gzip.decompress(copy.read_bytes())

    def test_travels_only_under_a_passphrase(self, instance, elsewhere, tmp_path):
        refused = instance.run("backup", tmp_path / "copy", "--with-key", code=1)

        instance.run("backup", tmp_path / "copy", "--with-key", TADAMUN_PASSPHRASE=PASSPHRASE)

        closed = elsewhere(sqlite=True).run(
            "restore", tmp_path / "copy", code=1, TADAMUN_PASSPHRASE="another passphrase"
        )
        assert refused["error"]["code"] == "key_needs_passphrase"
        assert closed["error"]["code"] == "cannot_open"
        (tmp_path / "out").mkdir()
        unpack(tmp_path / "copy", into=tmp_path / "out", passphrase=PASSPHRASE)
        assert (tmp_path / "out" / "keys" / "sealing.key").read_text() == key_of(instance)


class TestWhatIsThere:
    def test_is_not_written_over_unless_told_and_then_put_aside(self, instance, copy, tmp_path):
        again = instance.run("backup", copy, code=1)
        instance.run("backup", tmp_path / "with-key", "--with-key", TADAMUN_PASSPHRASE=PASSPHRASE)
        key, kept = key_of(instance), instance.home / "keys" / "sealing.key"
        kept.write_text("another instance's key, which opens nothing here")
        refused = instance.run("restore", tmp_path / "with-key", code=1, TADAMUN_PASSPHRASE=PASSPHRASE)

        instance.run("restore", tmp_path / "with-key", "--replace", TADAMUN_PASSPHRASE=PASSPHRASE)

        assert again["error"]["code"] == "target_exists"
        assert refused["error"]["code"] == "home_not_empty"
        assert (key_of(instance), kept.stat().st_mode & 0o077) == (key, 0)
        assert [row["slug"] for row in instance.run("community", "list")] == ["olive"]
        aside = {path.name for path in instance.home.glob("replaced-*/*")}
        assert aside == {"sealing.key"} | (set() if instance.database else {"tadamun.sqlite3"})

    def test_is_not_replaced_while_it_runs(self, instance, copy):
        lines_of(instance.start(script=ASKING), least=1)

        refused = instance.run("restore", copy, "--replace", code=1)

        assert refused["error"]["code"] == "still_running"


class TestAnArchiveFromElsewhere:
    @staticmethod
    def changed(copy, target, change):
        """The archive written anew, its members as `change` makes them of a name and its bytes."""
        with tarfile.open(copy) as old, tarfile.open(target, "w:gz") as new:
            members = {member.name: old.extractfile(member).read() for member in old}
            for member, data in change(members):
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
        return target

    def refused(self, elsewhere, target):
        other = elsewhere(sqlite=True)
        code = other.run("restore", target, code=1)["error"]["code"]
        assert [path.name for path in other.home.iterdir()] == ["static"]
        return code

    @pytest.mark.parametrize(
        "name", ["../../escaped", "/escaped", "uploads/../../escaped", "tadamun.sqlite3"]
    )
    def test_writes_nothing_outside_its_place(self, copy, elsewhere, tmp_path, name):
        def with_a_stranger(members):
            yield tarfile.TarInfo(name), b"x"
            yield from ((tarfile.TarInfo(one), data) for one, data in members.items())

        assert (
            self.refused(elsewhere, self.changed(copy, tmp_path / "bad", with_a_stranger)) == "unsafe_member"
        )
        assert not list(tmp_path.rglob("escaped"))

    def test_brings_no_link(self, copy, elsewhere, tmp_path):
        def with_a_link(members):
            link = tarfile.TarInfo("uploads/link")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            yield link, b""
            yield from ((tarfile.TarInfo(one), data) for one, data in members.items())

        assert self.refused(elsewhere, self.changed(copy, tmp_path / "bad", with_a_link)) == "unsafe_member"

    def test_that_was_changed_is_refused(self, copy, elsewhere, tmp_path):
        def with_another_row(members):
            for name, data in members.items():
                yield (
                    tarfile.TarInfo(name),
                    data.replace(b"olive", b"evilo") if "communities" in name else data,
                )

        assert self.refused(elsewhere, self.changed(copy, tmp_path / "bad", with_another_row)) == "damaged"

    def test_that_was_cut_off_or_is_something_else_is_refused(self, copy, elsewhere, tmp_path):
        (tmp_path / "cut").write_bytes(copy.read_bytes()[:-4000])
        (tmp_path / "else").write_bytes(b"hello" * 1000)

        assert self.refused(elsewhere, tmp_path / "cut") == "not_a_backup"
        assert self.refused(elsewhere, tmp_path / "else") == "not_a_backup"

    def test_of_a_newer_version_is_refused(self, copy, elsewhere, tmp_path, begun):
        def from_tomorrow(members):
            for name, data in members.items():
                if name == "manifest.json":
                    manifest = json.loads(data)
                    manifest["migrations"].append(["needs", "0999_tomorrow"])
                    data = json.dumps(manifest).encode()
                yield tarfile.TarInfo(name), data

        other = elsewhere(sqlite=True)
        (other.home / "keys").mkdir(parents=True)
        shutil.copy(begun.home / "keys" / "sealing.key", other.home / "keys")

        refused = other.run("restore", self.changed(copy, tmp_path / "new", from_tomorrow), code=1)

        assert refused["error"]["code"] == "newer_than_code"

"""A file that is built to harm is not read: it neither fills the memory nor writes beside its place."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tadamun.pillars.aid.directory.errors import NotADirectoryFile, UnsafeDirectoryFile
from tadamun.pillars.aid.directory.models import Service
from tests.aid.directory.files import BANK, PANTRY, csv_of, small, zip_of

pytestmark = pytest.mark.django_db


def why(caught):
    return caught.value.params["why"]


def test_refuses_a_zip_bomb(take):
    bomb = zip_of({"data/services.csv": b"id,name\n" + b"0" * 20_000_000})

    with pytest.raises(UnsafeDirectoryFile) as caught:
        take(bomb)

    assert why(caught) == "bursts"


def test_refuses_a_member_larger_than_it_says(take):
    made = bytearray(zip_of({"data/services.csv": b"id,name\n" + b"1,a\n" * 5000}).getvalue())
    start = made.find(b"PK\x01\x02")
    made[start + 24 : start + 28] = struct.pack("<I", 100)

    with pytest.raises((UnsafeDirectoryFile, NotADirectoryFile)):
        take(io.BytesIO(bytes(made)))


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "a\\..\\..\\services.csv", "c:/services.csv"]
)
def test_refuses_names_that_lead_out(take, name):
    with pytest.raises(UnsafeDirectoryFile) as caught:
        take(zip_of({name: csv_of([PANTRY])}))

    assert why(caught) == "path_leads_out"


def test_refuses_too_many_files(take):
    with pytest.raises(UnsafeDirectoryFile):
        take(zip_of({f"{number}.csv": b"" for number in range(201)}))


def test_refuses_a_broken_archive(take):
    broken = zip_of({"data/services.csv": csv_of([PANTRY])}).getvalue()

    with pytest.raises(NotADirectoryFile):
        take(io.BytesIO(broken[:40] + broken[60:]))


def test_reads_no_archive_in_an_archive(take):
    inner = zip_of({"services.csv": csv_of([PANTRY])}).getvalue()

    with pytest.raises(NotADirectoryFile):
        take(zip_of({"inner.zip": inner}))


def test_refuses_json_nested_without_end(take):
    with pytest.raises(NotADirectoryFile):
        take(io.BytesIO(b"[" * 200_000))


def test_a_cell_without_end_costs_its_row_alone(take):
    given = small(organizations=[BANK], services=[PANTRY])
    with zipfile.ZipFile(given) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["data/services.csv"] += (
        b"12,1," + b"x" * 200_000 + b",y\n" + csv_of([PANTRY | {"id": "13"}]).split(b"\n", 1)[1]
    )

    report = take(zip_of(files))

    assert sorted(Service.objects.values_list("outer_id", flat=True)) == ["10", "13"]
    assert [one.code.value for one in report.refused] == ["row_not_readable"]


def test_zero_bytes_are_taken_out(take):
    report = take(small(services=[PANTRY | {"name": "مخ\0زن"}]))

    assert Service.objects.get().name == "مخزن"
    assert report.mended_by_code()["controls_removed"] >= 1


def test_a_formula_stays_a_text(take):
    take(small(services=[PANTRY | {"name": "=cmd|' /C calc'!A0"}]))

    assert Service.objects.get().name == "=cmd|' /C calc'!A0"

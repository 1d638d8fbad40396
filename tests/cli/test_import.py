"""`tadamun import`: a sheet in, what came of every row out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from tadamun.cli.import_ import command
from tadamun.cli.main import cli, command_files
from tadamun.kernel.sheets import xlsx_bytes
from tests.aid import make
from tests.aid.sheets.conftest import HEAD, ROWS, as_csv


@pytest.fixture(autouse=True)
def _nothing_is_loaded_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tadamun.cli.import_.load", lambda: None)
    monkeypatch.setattr("tadamun.cli.import_.migrate", lambda: None)


def run(path: Any, *options: str) -> dict[str, Any]:
    done = CliRunner().invoke(command, [str(path), *options, "--json"])
    assert done.exit_code == 0, (done.output, done.exception)
    return dict(json.loads(done.stdout))


@pytest.fixture
def sheet(tmp_path: Any) -> Any:
    path = tmp_path / "ردود.xlsx"
    path.write_bytes(xlsx_bytes([HEAD, *ROWS], title="ردود"))
    return path


def test_is_a_command_of_its_name() -> None:
    assert "import" in command_files()
    assert cli.get_command(None, "import") is command  # type: ignore[arg-type]


def test_a_dry_run_without_a_community_asks_no_database(sheet: Any) -> None:
    told = run(sheet, "--dry-run")

    assert (told["rows"], told["imported"]) == (5, 3)
    assert told["rejected"] == [
        {"row": 4, "column": "phone", "code": "phone_missing"},
        {"row": 6, "column": "size", "code": "size_not_understood"},
        {"row": 6, "column": "date", "code": "date_not_understood"},
    ]
    assert told["duplicates"] == [{"row": 5, "of": 2}]
    assert told["assumed"] == []
    assert told["read"][1] == {
        "row": 3,
        "phone": "0782223344",
        "size": 4,
        "date": "2026-03-10",
        "categories": ["medicine"],
    }
    assert told["read"][4]["date"] is None
    assert told["skipped"] == [{"row": 7, "why": "total"}]


def test_the_region_s_order_is_listed_where_a_column_contradicts_itself(tmp_path: Any) -> None:
    rows = [
        ("0791234561", "food", "25/3/2026"),
        ("0791234562", "food", "3/26/2026"),
        ("0791234563", "food", "5/4/2026"),
    ]
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv([("phone", "need", "date"), *rows], delimiter=";"))

    told = run(path, "--dry-run")

    assert [row["date"] for row in told["read"]] == ["2026-03-25", "2026-03-26", "2026-04-05"]
    assert told["assumed"] == [
        {
            "column": "date",
            "head": "date",
            "code": "date_order",
            "order": "dmy",
            "why": "contradiction",
            "rows": 1,
        }
    ]


@pytest.mark.django_db
def test_a_dry_run_keeps_nothing_and_a_second_import_adds_nothing(sheet: Any) -> None:
    from tadamun.pillars.aid.needs.models import Request, SheetImport

    community = make.make_community(slug="hay")
    assert run(sheet, "--community", "hay", "--dry-run")["imported"] == 3
    assert not SheetImport.objects.exists()

    first, second = run(sheet, "--community", "hay"), run(sheet, "--community", "hay")

    assert (first["imported"], second["imported"]) == (3, 0)
    assert second["already"] == [2, 3, 5]
    assert second["rejected"] == first["rejected"]
    assert Request.objects.filter(community=community).count() == 3


@pytest.mark.django_db
def test_a_row_that_was_mended_and_taken_in_is_kept_out_no_more(sheet: Any) -> None:
    from tadamun.pillars.aid.needs import services
    from tadamun.pillars.aid.needs.models import SheetImport

    community = make.make_community(slug="hay")
    coordinator = make.make_coordinator(community)
    before = run(sheet, "--community", "hay")["rejected"]
    kept = SheetImport.objects.get().public_id
    services.mend_row(
        import_id=kept, actor=coordinator, row=4, mends={"phone": "0791234567"}, at=timezone.now()
    )
    services.take_in(import_id=kept, actor=coordinator, at=timezone.now())

    after = run(sheet, "--community", "hay", "--dry-run")

    assert after["already"] == [2, 3, 4, 5]
    assert after["rejected"] == [one for one in before if one["row"] != 4]


@pytest.mark.parametrize("content", [b"", b"\x00\x01"])
def test_a_file_that_cannot_be_read_is_refused_with_its_code(tmp_path: Any, content: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)

    done = CliRunner().invoke(command, [str(path), "--dry-run", "--json"])

    assert done.exit_code == 1
    assert done.exception is not None
    assert ("not a sheet" if content else "This file is empty.") in done.output


def test_counts_one_row_as_one_and_names_a_guessed_day(tmp_path: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv((HEAD, (*ROWS[0][:5], "12/13/2026", *ROWS[0][6:]))))

    said = CliRunner().invoke(command, [str(path), "--dry-run"]).stdout

    assert "1 row, 1 would become a request." in said
    assert "1 day could be read otherwise:" in said
    assert "row 2: «12/13/2026» read as 13 December 2026" in said

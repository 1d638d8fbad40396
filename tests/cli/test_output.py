"""Results on stdout, as text or as one JSON document; all else on stderr."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import click
import numpy
import pytest

from tadamun.cli import main
from tadamun.cli.output import counted, emit, json_option, plain, refuse, say, table


class Tier(StrEnum):
    SEVERE = "severe"


@dataclass(frozen=True)
class Row:
    tier: Tier
    share: Fraction
    at: datetime


@click.command("example")
@click.option("--refused", is_flag=True)
@json_option
def example(refused: bool, as_json: bool) -> None:
    say("looking …")
    if refused:
        refuse("There is nothing here.", code="nothing_here", looked_at=3)
    emit({"units": numpy.int64(7), "kinds": numpy.array([1, 2])}, as_json=as_json, text=["units  7"])


def run(capsys, monkeypatch, *words):
    monkeypatch.setattr(
        main.cli, "get_command", lambda _context, name: example if name == "example" else None
    )
    with pytest.raises(SystemExit) as left:
        main.main(["example", *words])
    return left.value.code, capsys.readouterr()


def test_json_is_the_only_thing_on_stdout(capsys, monkeypatch):
    code, captured = run(capsys, monkeypatch, "--json")

    assert code == 0
    assert json.loads(captured.out) == {"units": 7, "kinds": [1, 2]}
    assert captured.err == "looking …\n"


def test_a_person_reads_text(capsys, monkeypatch):
    code, captured = run(capsys, monkeypatch)

    assert (code, captured.out) == (0, "units  7\n")


def test_a_refusal_is_a_sentence_and_a_code(capsys, monkeypatch):
    code, captured = run(capsys, monkeypatch, "--refused", "--json")

    assert code == 1
    assert json.loads(captured.out) == {
        "error": {"code": "nothing_here", "message": "There is nothing here.", "looked_at": 3}
    }
    assert "There is nothing here." in captured.err


def test_a_refusal_leaves_stdout_empty_for_a_person(capsys, monkeypatch):
    code, captured = run(capsys, monkeypatch, "--refused")

    assert (code, captured.out) == (1, "")


def test_an_unknown_option_is_exit_code_two(capsys, monkeypatch):
    code, captured = run(capsys, monkeypatch, "--nonsense")

    assert (code, captured.out) == (2, "")


def test_dataclasses_enums_dates_and_fractions_have_a_plain_form():
    row = Row(Tier.SEVERE, Fraction(1, 3), datetime(2026, 1, 2, tzinfo=UTC))

    assert plain([row]) == [{"tier": "severe", "share": "1/3", "at": "2026-01-02T00:00:00+00:00"}]


def test_what_is_no_number_becomes_null():
    assert plain({"km": float("nan"), "path": Path("a/b")}) == {"km": None, "path": "a/b"}


def test_figures_stand_to_the_right():
    assert table(heads=["name", "s"], rows=[["ours", 1.5], ["theirs", 12]]) == [
        "name      s",
        "------  ---",
        "ours    1.5",
        "theirs   12",
    ]


def test_listing_the_commands_imports_none_of_them(capsys):
    with pytest.raises(SystemExit) as left:
        main.main(["--help"])

    shown = capsys.readouterr().out
    assert left.value.code == 0
    assert all(f"  {name} " in shown for name in main.command_files())
    assert {"serve", "translations", "worker"} <= set(main.command_files())


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 rows are kept"), (1, "1 row is kept"), (2, "2 rows are kept")]
)
def test_a_number_agrees_with_its_noun(count, said):
    assert counted(count, "row is kept", many="rows are kept") == said
    assert counted(count, "row") == said.removesuffix(" are kept").removesuffix(" is kept")

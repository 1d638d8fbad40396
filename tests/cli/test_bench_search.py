"""`tadamun bench search`: what search promises, measured on what was written before it learnt a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tadamun.cli.bench import command

RECALL, PRECISION = 0.90, 0.93


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["search", *arguments])


def test_finds_what_it_should_and_little_else() -> None:
    report = json.loads(run("--no-speed", "--json").stdout)

    assert report["docs"] >= 150
    assert report["queries"] >= 60
    assert report["unknown_ids"] == 0
    assert report["recall"] >= RECALL
    assert report["precision"] >= PRECISION


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    docs, queries = tmp_path / "docs.jsonl", tmp_path / "queries.jsonl"
    docs.write_text('{"id": 1, "text": "بطّانيات"}\n\n{"id": 2, "text": "خيمة كبيرة"}\n', encoding="utf-8")
    queries.write_text(
        '{"query": "بطانية", "relevant": [1]}\n{"query": "خيام", "relevant": [2, 1]}\n', encoding="utf-8"
    )
    return ["--docs", str(docs), "--queries", str(queries)]


def test_measures_files_of_ones_own(files: list[str]) -> None:
    report = json.loads(run(*files, "--json").stdout)

    assert (report["docs"], report["queries"]) == (2, 2)
    assert report["recall"] == pytest.approx(2 / 3)
    assert report["precision"] == 1.0
    assert report["differs"] == [{"query": "خيام", "missed": ["1"], "wrong": []}]
    assert "databases" not in report
    assert "recall 0.667, precision 1.000" in run(*files).stdout


def test_refuses_a_line_that_is_no_document(files: list[str]) -> None:
    Path(files[1]).write_text('{"id": 1}\n', encoding="utf-8")
    refused = run(*files)

    assert refused.exit_code == 2
    assert "docs.jsonl, line 1" in refused.output


def test_documents_and_queries_belong_together(files: list[str]) -> None:
    assert run(*files[:2]).exit_code == 2


def test_measures_a_database_of_its_own(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "TEST_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    (each,) = json.loads(run(*files, "--speed", "--documents", "100", "--json").stdout)["databases"]

    assert each["database"] == "sqlite"
    assert each["documents"] == 100
    assert 0 < each["milliseconds"]["p50"] <= each["milliseconds"]["p95"] <= each["milliseconds"]["most"]

"""Search: what it finds of what it should, and how fast among many documents, on both databases."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tadamun.cli.output import Refusal, emit, json_option, say, table

if TYPE_CHECKING:
    from tadamun.kernel.arabic import Analyser

_DATA = Path(__file__).resolve().parent / "data"
_MICROSECONDS = 1_000_000
_MISSES_SHOWN = 20
_AGAIN = 20
_File = click.Path(exists=True, dir_okay=False, path_type=Path)


class LineNotUnderstood(Refusal):
    """A line of a given file is not what is asked for: exit code 2."""

    exit_code = 2


@click.command("search")
@click.option("--docs", type=_File, help='Lines {"id", "text"}; ours when none is given.')
@click.option("--queries", type=_File, help='Lines {"query", "relevant": [ids]}.')
@click.option("--documents", default=50_000, show_default=True, type=click.IntRange(100, 2_000_000))
@click.option(
    "--speed/--no-speed", default=None, help="Measure the databases too; by default with our own files."
)
@json_option
def command(
    docs: Path | None, queries: Path | None, documents: int, speed: bool | None, as_json: bool
) -> None:
    """Print recall and precision, all words of a query required, and the speed on each database.

    SQLite is measured in a temporary file; PostgreSQL in a temporary database beside the one that DATABASE_URL or
    TEST_DATABASE_URL names.
    """
    if (docs is None) != (queries is None):
        raise click.UsageError("--docs and --queries belong together.")
    texts = dict(_documents(docs or _DATA / "search_docs.jsonl"))
    asked = list(_queries(queries or _DATA / "search_queries.jsonl"))
    report = {"bench": "search", **_quality(texts, asked)}
    if speed or (speed is None and docs is None):
        report["databases"] = [
            _speed_apart(url, list(texts.values()), [query for query, _ in asked], documents)
            for url in _databases()
        ]
    emit(report, as_json=as_json, text=_lines(report))


def _documents(path: Path) -> Iterable[tuple[str, str]]:
    for number, line in _json_lines(path):
        if not isinstance(line.get("text"), str) or "id" not in line:
            _refuse_line(path, number)
        yield str(line["id"]), line["text"]


def _queries(path: Path) -> Iterable[tuple[str, frozenset[str]]]:
    for number, line in _json_lines(path):
        if not isinstance(line.get("query"), str) or not isinstance(line.get("relevant"), list):
            _refuse_line(path, number)
        yield line["query"], frozenset(map(str, line["relevant"]))


def _json_lines(path: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            read = json.loads(line)
        except ValueError:
            _refuse_line(path, number)
        if not isinstance(read, dict):
            _refuse_line(path, number)
        yield number, read


def _refuse_line(path: Path, number: int) -> None:
    raise LineNotUnderstood(
        f"{path.name}, line {number}: not the JSON that is asked for.",
        code="line_not_understood",
        params={"file": path.name, "line": number},
    )


def _quality(texts: dict[str, str], asked: list[tuple[str, frozenset[str]]]) -> dict[str, Any]:
    """Recall and precision over all answers of all queries together, and as the mean of the queries."""
    from tadamun.kernel.arabic import Analyser

    analyser = Analyser()
    begun = time.process_time()
    tokens = {about: frozenset(analyser.tokens(text)) for about, text in texts.items()}
    first = time.process_time() - begun
    begun = time.process_time()
    for _ in range(_AGAIN):
        for text in texts.values():
            analyser.tokens(text)
    later = (time.process_time() - begun) / _AGAIN
    rows = [
        (query, relevant, _answers(analyser, tokens, query), relevant & tokens.keys())
        for query, relevant in asked
    ]
    right = sum(len(found & relevant) for _, relevant, found, _ in rows)
    wanted = sum(len(relevant) for _, relevant, _, _ in rows)
    given = sum(len(found) for _, _, found, _ in rows)
    recalls = [len(found & relevant) / len(relevant) for _, relevant, found, _ in rows if relevant]
    precisions = [len(found & relevant) / len(found) for _, relevant, found, _ in rows if found]
    return {
        "docs": len(texts),
        "queries": len(asked),
        "recall": right / wanted if wanted else 1.0,
        "precision": right / given if given else 1.0,
        "mean_recall": sum(recalls) / len(recalls) if recalls else 1.0,
        "mean_precision": sum(precisions) / len(precisions) if precisions else 1.0,
        "unknown_ids": sum(len(relevant - known) for _, relevant, _, known in rows),
        "microseconds_a_document": later * _MICROSECONDS / max(1, len(texts)),
        "microseconds_a_document_of_new_words": first * _MICROSECONDS / max(1, len(texts)),
        "differs": [
            {"query": query, "missed": sorted(relevant - found), "wrong": sorted(found - relevant)}
            for query, relevant, found, _ in rows
            if found != relevant
        ],
    }


def _answers(analyser: Analyser, tokens: dict[str, frozenset[str]], query: str) -> frozenset[str]:
    wanted = analyser.query(query)
    return frozenset(about for about, kept in tokens.items() if analyser.finds(wanted, tokens=kept))


def _databases() -> list[str]:
    """SQLite always; PostgreSQL when the environment names one."""
    named = [os.environ.get(name, "") for name in ("DATABASE_URL", "TEST_DATABASE_URL")]
    return ["sqlite", *[url for url in named if url.startswith("postgres")][:1]]


def _speed_apart(url: str, texts: list[str], queries: list[str], documents: int) -> dict[str, Any]:
    """Measure in a process of its own, as one process knows one database."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from tadamun.cli.benches.stores.search import measure

    say(f"Putting {documents} documents into {'SQLite' if url == 'sqlite' else 'PostgreSQL'} …")
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as apart:
        return apart.submit(measure, url=url, texts=texts, queries=queries, documents=documents).result()


def _lines(report: dict[str, Any]) -> list[str]:
    lines = [
        f"{report['docs']} documents, {report['queries']} queries, all words required:",
        f"recall {report['recall']:.3f}, precision {report['precision']:.3f}; "
        f"mean of the queries {report['mean_recall']:.3f} and {report['mean_precision']:.3f}; "
        f"{report['microseconds_a_document']:.0f} µs a document "
        f"({report['microseconds_a_document_of_new_words']:.0f} µs where every word is new).",
    ]
    for one in report["differs"][:_MISSES_SHOWN]:
        parts = [f"{word} {', '.join(one[word])}" for word in ("missed", "wrong") if one[word]]
        lines.append(f"  {one['query']}: {'; '.join(parts)}")
    if report.get("databases"):
        heads = ("", "documents", "index s", "queries", "p50 ms", "p95 ms", "p99 ms", "most ms")
        rows = [
            (
                each["database"],
                each["documents"],
                f"{each['seconds_to_index']:.1f}",
                each["queries"],
                *(f"{each['milliseconds'][part]:.2f}" for part in ("p50", "p95", "p99", "most")),
            )
            for each in report["databases"]
        ]
        lines += ["", *table(heads=heads, rows=rows)]
        if len({each["found"] for each in report["databases"]}) > 1:
            lines.append("The databases do NOT find the same.")
    return lines

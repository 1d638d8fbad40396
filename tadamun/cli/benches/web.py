"""The site under load: looking, asking and accepting among thousands of needs, by many at once."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from datetime import UTC, datetime
from typing import Any

import click

from tadamun.cli.output import emit, json_option, refuse, say, table


@click.command("web")
@click.option("--needs", default=20_000, show_default=True, type=click.IntRange(100, 1_000_000))
@click.option("--requests", default=96, show_default=True, type=click.IntRange(8), help="At each door.")
@click.option("--clients", default="8,32", show_default=True, help="How many at once, separated by commas.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="Web processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1), help="Threads of each.")
@click.option(
    "--database-url",
    envvar="BENCH_DATABASE_URL",
    default="",
    help="An empty PostgreSQL database, emptied again afterwards; SQLite in a temporary folder otherwise.",
)
@json_option
def command(
    needs: int, requests: int, clients: str, workers: int, threads: int, database_url: str, as_json: bool
) -> None:
    """Fill an instance of its own, serve it, and measure each door: processor time, p95, wrong answers.

    Processor time is the server's alone: web processes, without the database's where that is PostgreSQL.
    """
    try:
        crowds = [int(word) for word in clients.split(",")]
    except ValueError:
        raise click.BadParameter("numbers separated by commas", param_hint="--clients") from None
    with tempfile.TemporaryDirectory(prefix="tadamun-bench-") as folder:
        os.environ |= {
            "TADAMUN_HOME": folder,
            "TADAMUN_DEMO": "1",
            "TADAMUN_ENV": "",
            "TRUSTED_PROXIES": "1",
            "LOG_LEVEL": "WARNING",
            "DATABASE_URL": database_url,
        }
        report = _measure(needs, requests, crowds, workers=workers, threads=threads)
    lines = table(
        heads=["door", "clients", "requests", "wrong", "CPU ms", "p50 ms", "p95 ms", "a second"],
        rows=[
            [
                row["door"], row["clients"], row["requests"], row["wrong"], f"{row['cpu_ms']:.1f}",
                f"{row['p50_ms'] or 0:.0f}", f"{row['p95_ms'] or 0:.0f}", f"{row['per_second']:.0f}",
            ]
            for row in report["doors"]
        ],
    )  # fmt: skip
    emit(
        report, as_json=as_json, text=[*lines, f"largest web process: {report['largest_process_mb']:.0f} MB"]
    )


def _measure(needs: int, requests: int, crowds: list[int], *, workers: int, threads: int) -> dict[str, Any]:
    from tadamun.cli.benches.doors.instance import lay_out
    from tadamun.cli.benches.doors.people import doors, warm_up
    from tadamun.cli.benches.doors.server import running
    from tadamun.cli.copies import databases
    from tadamun.cli.instance import load, migrate

    load()
    if not databases.is_empty():
        refuse("The database is not empty: a bench uses one of its own.", code="database_not_empty")
    from django.db import connection

    # Told to stop, we end as after an error: nothing of ours is left in somebody's database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        migrate()
        say(f"Putting {needs} needs in …")
        invitations = sum(-(-requests // one) * one for one in crowds)
        measured = lay_out(needs=needs, invitations=invitations, at=datetime.now(UTC))
        connection.close()
        rows, first = [], {door.name: 0 for door in doors(measured)}
        with running(workers=workers, threads=threads) as server:
            warm_up(port=server.port, measured=measured)
            for door in doors(measured):
                for number in crowds:
                    say(f"{door.name}, {number} at once …")
                    rows.append(_row(door, server, number, requests, first=first[door.name]))
                    first[door.name] += rows[-1]["requests"]
            largest = server.largest_worker_mb()
        return {
            "bench": "web",
            "needs": needs,
            "database": connection.vendor,
            "workers": workers,
            "threads": threads,
            "doors": rows,
            "largest_process_mb": largest,
        }
    finally:
        if connection.vendor != "sqlite" and not databases.is_empty():
            databases.make_room()


def _row(door: Any, server: Any, clients: int, requests: int, *, first: int) -> dict[str, Any]:
    from tadamun.cli.benches.doors.people import crowd

    spent: list[float] = []

    def pause(begins: bool) -> None:
        spent.append(-server.cpu_seconds() if begins else server.cpu_seconds())

    met = crowd(door=door, port=server.port, clients=clients, requests=requests, first=first, pause=pause)
    return {
        "door": door.name,
        "clients": clients,
        "requests": met.requests,
        "wrong": met.wrong,
        "cpu_ms": 1000 * sum(spent) / met.requests,
        "p50_ms": 1000 * met.seconds[len(met.seconds) // 2] if met.seconds else None,
        "p95_ms": 1000 * met.seconds[int(len(met.seconds) * 0.95)] if met.seconds else None,
        "per_second": met.requests / met.lasted,
    }

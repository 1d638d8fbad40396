"""Work of this instance: the queue, the outbox, repeated jobs, and a run by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from tadamun.cli.instance import with_instance
from tadamun.cli.output import emit, json_option, table


@click.group("jobs", invoke_without_command=True)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Show what waits, what runs and what failed: queued jobs, messages to people, repeated jobs."""
    if ctx.invoked_subcommand is None:
        show(as_json=as_json)


@with_instance
def show(*, as_json: bool) -> None:
    """Queue, outbox and repeated jobs in one look."""
    from tadamun.foundation.jobs.queries import queue
    from tadamun.foundation.jobs.services import schedules
    from tadamun.foundation.notices.queries import outbox

    found, messages, repeated = queue(), outbox(), schedules()
    emit(
        {"queue": found, "outbox": messages, "repeated": repeated},
        as_json=as_json,
        text=[*_queue_lines(found), "", *_outbox_lines(messages), "", *_repeated_lines(repeated)],
    )


@command.command("list")
@json_option
@with_instance
def list_jobs(as_json: bool) -> None:
    """List repeated jobs, when they run next and how often they failed in a row."""
    from tadamun.foundation.jobs.services import schedules

    rows = schedules()
    emit(rows, as_json=as_json, text=_repeated_lines(rows))


@command.command("run")
@json_option
@with_instance
def run(as_json: bool) -> None:
    """Run what is due now, once, without the worker."""
    from django.utils import timezone

    from tadamun.foundation.jobs.services import run_due

    names = run_due(at=timezone.now())
    emit({"run": names}, as_json=as_json, text=names or "Nothing is due.")


def _queue_lines(found: Any) -> Iterator[str]:
    since = f", the oldest since {_short(found.waiting_since)}" if found.waiting_since else ""
    yield f"Queued jobs: {found.waiting} wait{since}; {found.running} run; {found.failed} failed."
    if found.jobs:
        yield from table(
            heads=["job", "state", "queued", "begun", "tries", "error"],
            rows=[
                [job.name, job.state, _short(job.queued_at), _short(job.started_at), job.tries, job.error]
                for job in found.jobs
            ],
        )


def _outbox_lines(messages: dict[str, dict[str, int]]) -> Iterator[str]:
    if not messages:
        yield "Messages: none waits."
    for channel, states in sorted(messages.items()):
        told = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
        yield f"Messages by {channel}: {told}."


def _repeated_lines(rows: list[Any]) -> list[str]:
    return table(
        heads=["job", "every (s)", "next", "last done", "failures", "running since"],
        rows=[
            [
                row.name,
                row.every_seconds,
                _short(row.next_run_at) or "at once",
                _short(row.last_finished_at) or "never",
                row.failures,
                _short(row.running_since),
            ]
            for row in rows
        ],
    )


def _short(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""

"""Queueing work for the worker, repeating it, and trying again when it fails.

The only module that knows which task library is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus, task

from tadamun.foundation.jobs.cards import Standing
from tadamun.foundation.jobs.models import Schedule

log = structlog.get_logger("tadamun.jobs")
job = task
"""Decorator that makes a function a job; queue it with `enqueue` inside the transaction that needs it."""
MOST_DOUBLINGS = 12
CUT_OFF_AFTER = timedelta(minutes=15)
"""What has run for so long belongs to a worker that was killed, or to a clock that was moved."""
MOST_BEGINNINGS = 4
CUT_OFF = "builtins.InterruptedError"
"""What stands beside a job that ended its worker once too often."""


@dataclass(frozen=True)
class Repeated:
    """A function that the worker runs every so often; it receives `at`."""

    name: str
    every: timedelta
    run: Callable[..., Any]


_repeated: dict[str, Repeated] = {}


def every(*, name: str, interval: timedelta) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function `run(*, at)` to be run by the worker at least every `interval`."""

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        _repeated[name] = Repeated(name, interval, run)
        return run

    return register


def run_due(*, at: datetime) -> list[str]:
    """Run every repeated job that is due, each in its own right; returns the names of those run.

    Two workers never run the same one: the row's next time is moved under its lock before the work begins.
    A failed run is tried again after one, two, four … minutes, at most the job's own interval.
    """
    rows = {row.name: row for row in Schedule.objects.all()}
    due = [
        one for name, one in sorted(_repeated.items()) if name not in rows or _is_due(rows[name], one, at=at)
    ]
    return [one.name for one in due if _run_if_due(one, at=at)]


def _run_if_due(repeated: Repeated, *, at: datetime) -> bool:
    with transaction.atomic():
        Schedule.objects.get_or_create(name=repeated.name, defaults={"next_run_at": at})
        schedule = Schedule.objects.select_for_update().get(name=repeated.name)
        if not _is_due(schedule, repeated, at=at):
            return False
        schedule.next_run_at = at + repeated.every
        schedule.last_started_at = schedule.running_since = at
        schedule.save()
    try:
        repeated.run(at=at)
    except Exception:  # whatever a job raises, the others must still run
        delay = min(timedelta(minutes=2 ** min(schedule.failures, MOST_DOUBLINGS)), repeated.every)
        Schedule.objects.filter(pk=schedule.pk).update(
            failures=schedule.failures + 1, next_run_at=at + delay, running_since=None
        )
        log.exception("job_failed", job=repeated.name)
    else:
        Schedule.objects.filter(pk=schedule.pk).update(failures=0, last_finished_at=at, running_since=None)
    return True


def _is_due(schedule: Schedule, repeated: Repeated, *, at: datetime) -> bool:
    """Whether its time has come, its worker was killed in the middle, or the clock was set back since."""
    if schedule.next_run_at <= at or schedule.next_run_at > at + repeated.every:
        return True
    return schedule.running_since is not None and schedule.running_since < at - CUT_OFF_AFTER


@every(name="jobs.take_up_cut_off", interval=timedelta(minutes=5))
def take_up_cut_off(*, at: datetime) -> int:
    """Queue again what a worker began and was killed over; how many. A job therefore has to bear a second beginning.

    One that ended its worker several times is given up and stands among the failed.
    """
    from django_tasks_db.models import DBTaskResult

    cut_off = DBTaskResult.objects.running().filter(
        Q(started_at__lt=at - CUT_OFF_AFTER) | Q(started_at__gt=at + CUT_OFF_AFTER)
    )
    taken_up = 0
    for row in list(cut_off):
        same = DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at)
        if len(row.worker_ids) < MOST_BEGINNINGS:
            taken_up += same.update(status=TaskResultStatus.READY, started_at=None)
        else:
            same.update(status=TaskResultStatus.FAILED, finished_at=at, exception_class_path=CUT_OFF)
            log.error("job_given_up", job=row.task_name)
    return taken_up


def schedules() -> list[Standing]:
    """Every repeated job by name, and how its last runs went; one that never ran has no times yet."""
    rows = {row.name: row for row in Schedule.objects.all()}
    return [_standing(_repeated[name], rows.get(name)) for name in sorted(_repeated)]


def _standing(repeated: Repeated, row: Schedule | None) -> Standing:
    return Standing(
        name=repeated.name,
        every_seconds=int(repeated.every.total_seconds()),
        next_run_at=row.next_run_at if row else None,
        last_finished_at=row.last_finished_at if row else None,
        failures=row.failures if row else 0,
        running_since=row.running_since if row else None,
    )

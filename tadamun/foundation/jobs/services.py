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
REST_AT_LEAST = timedelta(minutes=5)
"""So far apart the tries of a failing job may grow, however often it is repeated otherwise."""
CUT_OFF_AFTER = timedelta(minutes=15)
"""What has run for so long belongs to a worker that was killed, or to a clock that was moved."""
FREQUENT_CUT_OFF_AFTER = timedelta(minutes=2)
"""The same for what is repeated often: letters and codes do not wait a quarter of an hour for a power cut."""
MOST_BEGINNINGS = 4
CUT_OFF = "builtins.InterruptedError"
"""What stands beside a job that ended its worker once too often."""
NOTED_EVERY = timedelta(minutes=1)
"""How often it is written down of a job with nothing to do that somebody looked."""


@dataclass
class Repeated:
    """A function that the worker runs every so often; it receives `at`.

    Where there is `only_if`, it is asked first, and as long as it says no hardly anything is written.
    """

    name: str
    every: timedelta
    run: Callable[..., Any]
    only_if: Callable[..., bool] | None = None
    looked_at: datetime | None = None
    """When this process last found nothing to do for it."""


_repeated: dict[str, Repeated] = {}


def every(
    *, name: str, interval: timedelta, only_if: Callable[..., bool] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function `run(*, at)` to be run by the worker at least every `interval`.

    :param only_if: `only_if(*, at)` reads whether there is anything to do, and writes nothing.
    """

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        _repeated[name] = Repeated(name, interval, run, only_if)
        return run

    return register


def run_due(*, at: datetime) -> list[str]:
    """Run every repeated job that is due, each in its own right; returns the names of those run.

    Two workers never run the same one: under the row's lock it is written down who runs it since when, and nobody else
    begins it before it ends, or has run for so long (two minutes to a quarter of an hour, by how often it is repeated)
    that it counts as cut off.
    A failed run, or a failed look whether there is anything to do, is tried again after one, two, four … minutes, at
    most the job's own interval or five minutes, the longer of them. What has nothing to do is not run, and that is
    written down once a minute at most.
    """
    rows = {row.name: row for row in Schedule.objects.all()}
    due = [
        one for name, one in sorted(_repeated.items()) if name not in rows or _is_due(rows[name], one, at=at)
    ]
    return [one.name for one in due if _looked(one, rows.get(one.name), at=at) and _run_if_due(one, at=at)]


def _looked(repeated: Repeated, row: Schedule | None, *, at: datetime) -> bool:
    """Whether there is anything to do; a look that fails is a failure of this job, and of no other."""
    try:
        return _has_work(repeated, row, at=at)
    except Exception:  # whatever a look raises, the others must still run
        held = row or Schedule.objects.get_or_create(name=repeated.name, defaults={"next_run_at": at})[0]
        _put_off(held, repeated, at=at)
        log.exception("job_look_failed", job=repeated.name)
        return False


def _has_work(repeated: Repeated, row: Schedule | None, *, at: datetime) -> bool:
    """Ask a job that can tell whether there is anything to do, once an interval; note now and then that we did."""
    if repeated.only_if is None:
        return True
    looked = repeated.looked_at
    if looked is not None and timedelta(0) <= at - looked < repeated.every:
        return False
    if repeated.only_if(at=at):
        repeated.looked_at = None
        return True
    repeated.looked_at = at
    if row is None:
        # Its first run is written down whole, so that there is a row to come back to.
        return True
    if row.last_started_at is None or not timedelta(0) <= at - row.last_started_at < NOTED_EVERY:
        nobody_runs_it = Q(running_since=None) | Q(running_since__lt=at - _cut_off_after(repeated))
        Schedule.objects.filter(nobody_runs_it, pk=row.pk).update(
            last_started_at=at, last_finished_at=at, next_run_at=at, running_since=None, failures=0
        )
    return False


def _run_if_due(repeated: Repeated, *, at: datetime) -> bool:
    with transaction.atomic():
        Schedule.objects.get_or_create(name=repeated.name, defaults={"next_run_at": at})
        schedule = Schedule.objects.select_for_update().get(name=repeated.name)
        if not _is_due(schedule, repeated, at=at):
            return False
        schedule.next_run_at = at + repeated.every
        schedule.last_started_at = schedule.running_since = at
        schedule.save()
    # Who was taken for cut off, and ends after all, leaves the row to whoever began meanwhile.
    mine = Schedule.objects.filter(pk=schedule.pk, running_since=at)
    try:
        repeated.run(at=at)
    except Exception:  # whatever a job raises, the others must still run
        if mine.exists():
            _put_off(schedule, repeated, at=at)
        mine.update(running_since=None)
        log.exception("job_failed", job=repeated.name)
    except BaseException:  # this worker is being stopped: another may begin at once
        mine.update(running_since=None, next_run_at=at)
        raise
    else:
        mine.update(failures=0, last_finished_at=at, running_since=None)
    return True


def _put_off(schedule: Schedule, repeated: Repeated, *, at: datetime) -> None:
    delay = min(timedelta(minutes=2 ** min(schedule.failures, MOST_DOUBLINGS)), _longest_wait(repeated))
    Schedule.objects.filter(pk=schedule.pk).update(failures=schedule.failures + 1, next_run_at=at + delay)


def _is_due(schedule: Schedule, repeated: Repeated, *, at: datetime) -> bool:
    """Whether its time has come, its worker was killed in the middle, or the clock was set back since.

    What somebody runs is not due before it would count as cut off, however short its interval is.
    """
    since = schedule.running_since
    if since is not None:
        return abs(at - since) > _cut_off_after(repeated)
    return schedule.next_run_at <= at or schedule.next_run_at > at + _longest_wait(repeated)


def _cut_off_after(repeated: Repeated) -> timedelta:
    return min(CUT_OFF_AFTER, max(FREQUENT_CUT_OFF_AFTER, 4 * repeated.every))


def _longest_wait(repeated: Repeated) -> timedelta:
    return max(repeated.every, REST_AT_LEAST)


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

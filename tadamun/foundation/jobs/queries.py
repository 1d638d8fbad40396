"""Looking at work: the queue, and whether the worker is alive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tadamun.foundation.jobs.cards import Pulse, Queue, QueuedJob
from tadamun.foundation.jobs.models import Schedule

SHOWN_MOST = 50
_STATES = {
    TaskResultStatus.READY: "waiting",
    TaskResultStatus.RUNNING: "running",
    TaskResultStatus.FAILED: "failed",
}


def pulse() -> Pulse:
    """Since when a job waits that is due, and when the clock last started anything; None where there is nothing."""
    waiting = DBTaskResult.objects.ready()
    return Pulse(
        waiting_since=waiting.aggregate(since=Min("enqueued_at"))["since"],
        last_beat_at=Schedule.objects.aggregate(last=Max("last_started_at"))["last"],
    )


def queue() -> Queue:
    """What waits, runs and has failed; the first fifty of them, oldest first, failed ones last."""
    of = {state: Count("pk", filter=Q(status=state)) for state in TaskResultStatus.values}
    counts = DBTaskResult.objects.aggregate(**of)
    open_ones = DBTaskResult.objects.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    rows = [
        *open_ones.order_by("enqueued_at")[:SHOWN_MOST],
        *DBTaskResult.objects.failed().order_by("-enqueued_at")[:SHOWN_MOST],
    ]
    return Queue(
        waiting=counts[TaskResultStatus.READY],
        running=counts[TaskResultStatus.RUNNING],
        failed=counts[TaskResultStatus.FAILED],
        waiting_since=pulse().waiting_since,
        jobs=[_queued(row) for row in rows[:SHOWN_MOST]],
    )


def waits(*, job: Any, **arguments: Any) -> bool:
    """Whether this job waits for a worker with these arguments, not begun yet."""
    return _of(job, arguments).filter(status=TaskResultStatus.READY).exists()


def failures_since(moment: datetime | None, *, job: Any, **arguments: Any) -> int:
    """How often this job failed with these arguments after a moment; without one, as far as is known."""
    rows = _of(job, arguments).filter(status=TaskResultStatus.FAILED)
    return (rows if moment is None else rows.filter(finished_at__gt=moment)).count()


def _of(job: Any, arguments: dict[str, Any]) -> QuerySet[Any]:
    same = {f"args_kwargs__kwargs__{name}": value for name, value in arguments.items()}
    return DBTaskResult.objects.filter(task_path=job.module_path, **same).order_by()


def _queued(row: Any) -> QueuedJob:
    return QueuedJob(
        name=row.task_path.removeprefix("tadamun."),
        state=_STATES[TaskResultStatus[row.status]],
        queued_at=row.enqueued_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        tries=len(row.worker_ids),
        error=row.exception_class_path.rpartition(".")[2],
    )

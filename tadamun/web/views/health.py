"""Whether the process answers, and whether the instance is able to serve."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tadamun.foundation.jobs.queries import pulse

LATE_AFTER_SECONDS = 300
_applied: set[str] = set()


@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """The process answers. It asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers and is up to date; how far behind the worker is.

    A late worker is said, but the site still serves: only a database that is away or too old makes it unready.
    """
    at = timezone.now()
    try:
        found: dict[str, Any] = {"database": True, "migrations": _up_to_date(), **_worker(at)}
    except DatabaseError:
        found = {"database": False, "migrations": False, "worker": "unknown"}
    ready = found["database"] and found["migrations"]
    status = "ok" if ready and found["worker"] != "late" else "degraded" if ready else "unready"
    return JsonResponse({"status": status, **found}, status=200 if ready else 503)


def _worker(at: datetime) -> dict[str, Any]:
    beat = pulse()
    waiting = _age(beat.waiting_since, at)
    silent = _age(beat.last_beat_at, at)
    late = silent is None or silent > LATE_AFTER_SECONDS or (waiting or 0) > LATE_AFTER_SECONDS
    return {
        "oldest_job_seconds": waiting,
        "schedule_heartbeat_seconds": silent,
        "worker": "late" if late else "ok",
    }


def _age(since: datetime | None, at: datetime) -> int | None:
    return None if since is None else max(0, int((at - since).total_seconds()))


def _up_to_date() -> bool:
    """Whether every migration is applied. Once they are, they stay so for this process, which cannot load others."""
    if DEFAULT_DB_ALIAS not in _applied:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _applied.add(DEFAULT_DB_ALIAS)
    return True

"""Numbers for whoever looks after the machine, as Prometheus reads them: how requests, work and storage stand.

They speak of the whole instance, never of a person, a community or what somebody asked for. Requests are counted by
every web process; those of one `tadamun serve` keep their counts in files of a folder they share, so that any of them
answers with the sums of all. Everything else is read off the database at the moment of asking.

The library is loaded only where somebody asks for these numbers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from tadamun import __version__
from tadamun.foundation.jobs import queries as jobs
from tadamun.foundation.notices.queries import outbox

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own name for the folder of the counts; it is read when the library is loaded."""
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
MESSAGE_STATES = ("pending", "unsure", "failed")


def note_request(*, door: str, method: str, status: int, seconds: float) -> None:
    """Count one request by its door's name, never its address."""
    if not settings.METRICS_TOKEN:
        return
    _, requests, lasted = _meters()
    known = method if method in METHODS else "other"
    requests.labels(door=door, method=known, status=str(status)).inc()
    lasted.labels(door=door).observe(seconds)


def exposition(*, at: datetime) -> bytes:
    """All numbers in the text format of Prometheus."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    counted = _meters()[0]
    if os.environ.get(SHARED_FOLDER):
        counted = CollectorRegistry()
        sums: Any = MultiProcessCollector  # the library does not say its types here
        sums(counted)
    read = CollectorRegistry()
    read.register(_Facts(at))
    return generate_latest(counted) + generate_latest(read)


@cache
def _meters() -> tuple[Any, Any, Any]:
    from prometheus_client import CollectorRegistry, Counter, Histogram

    registry = CollectorRegistry()
    return (
        registry,
        Counter(
            "tadamun_requests", "Requests by door, method and status.", ["door", "method", "status"],
            registry=registry,
        ),
        Histogram(
            "tadamun_request_seconds", "How long requests took, by door.", ["door"], buckets=SECONDS,
            registry=registry,
        ),
    )  # fmt: skip


class _Facts:
    """What the database says at one moment; without it, that it does not answer."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Any]:
        """The library asks for this, by this name."""
        yield _gauge("tadamun_info", "The version that answers.", {"version": __version__}, 1)
        try:
            found = [*self._work(), *_messages(), *_storage()]
        except DatabaseError:
            found = []
        yield _gauge(
            "tadamun_database_up", "Whether the database answers.", {"kind": connection.vendor}, bool(found)
        )
        yield from found
        yield from self._copies()

    def _work(self) -> Iterator[Any]:
        queue, pulse = jobs.queue(), jobs.pulse()
        states = _family("tadamun_jobs", "Queued jobs by state.", "state")
        for state in ("waiting", "running", "failed"):
            states.add_metric([state], getattr(queue, state))
        yield states
        since = pulse.waiting_since
        yield _gauge(
            "tadamun_oldest_job_seconds",
            "How long the oldest job waits; 0 when none does.",
            {},
            self._age(since),
        )
        if pulse.last_beat_at is not None:
            yield _gauge(
                "tadamun_worker_beat_age_seconds", "Since the worker's clock last looked.", {},
                self._age(pulse.last_beat_at),
            )  # fmt: skip

    def _copies(self) -> Iterator[Any]:
        try:
            made = (Path(settings.HOME) / settings.LAST_BACKUP).stat().st_mtime
        except OSError:
            return
        age = max(0.0, self.at.timestamp() - made)
        yield _gauge("tadamun_backup_age_seconds", "Since the last copy was made whole.", {}, age)

    def _age(self, since: datetime | None) -> float:
        return 0.0 if since is None else max(0.0, (self.at - since).total_seconds())


def _messages() -> Iterator[Any]:
    messages = _family("tadamun_messages", "Messages under way by channel and state.", "channel", "state")
    for channel, states in sorted(outbox().items()):
        for state in MESSAGE_STATES:
            messages.add_metric([channel, state], states.get(state, 0))
    yield messages


def _storage() -> Iterator[Any]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    yield _gauge("tadamun_database_bytes", "The size of the database.", {}, size)


def _family(name: str, told: str, *labels: str) -> Any:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, told, labels=list(labels))


def _gauge(name: str, told: str, labels: dict[str, str], value: float) -> Any:
    family = _family(name, told, *labels)
    family.add_metric(list(labels.values()), value)
    return family

"""How work stands: repeated jobs, queued ones, and the worker as a whole; for the command line and for health."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Standing:
    """How a repeated job stands."""

    name: str
    every_seconds: int
    next_run_at: datetime | None
    last_finished_at: datetime | None
    failures: int
    running_since: datetime | None = None


@dataclass(frozen=True)
class Pulse:
    """How the worker is doing: since when the oldest job waits, and when repeated work last began."""

    waiting_since: datetime | None
    last_beat_at: datetime | None


@dataclass(frozen=True)
class QueuedJob:
    """One queued job: what it is, where it stands, how often it was begun; `error` names what ended it."""

    name: str
    state: str
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    tries: int
    error: str = ""


@dataclass(frozen=True)
class Queue:
    """Queued jobs: how many wait, run and failed, and those that somebody may have to look at, oldest first."""

    waiting: int
    running: int
    failed: int
    waiting_since: datetime | None
    jobs: list[QueuedJob] = field(default_factory=list)

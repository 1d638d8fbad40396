"""The worker's clock: looks twice a second for what is due, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from tadamun.foundation.jobs import services

log = structlog.get_logger("tadamun.jobs")


class Command(BaseCommand):
    """Run repeated jobs when they are due."""

    help = "Run repeated jobs when they are due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if not options["once"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            try:
                services.run_due(at=timezone.now())
            except DatabaseError as error:
                # The database went away for a moment: the worker waits for it instead of ending.
                log.error("schedules_not_read", error=type(error).__name__)
                if options["once"]:
                    raise
            if options["once"]:
                return
            close_old_connections()
            stop.wait(options["interval"])

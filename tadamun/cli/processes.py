"""Starts the processes of an instance, starts those again that end, and stops all of them together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tadamun.cli.output import say

#: A process that lived this long (seconds) starts again at once; shorter lives wait longer each time.
STEADY = 60.0
LONGEST_WAIT = 30.0
#: Seconds that processes have to finish what they are doing.
GRACE = 10.0


@dataclass
class Process:
    """One long-running command of the instance."""

    name: str
    command: Sequence[str]
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    start_at: float = field(default=0.0, init=False)
    failures: int = field(default=0, init=False)

    def start(self) -> None:
        """Start it in a session of its own: only we decide when it stops, not the terminal's Ctrl-C."""
        self.running = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=True)
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Notice that it ended, and start it again when its turn has come."""
        now = time.monotonic()
        if self.running is not None and self.running.poll() is not None:
            self.failures = 0 if now - self.started > STEADY else self.failures + 1
            wait = min(2.0**self.failures / 2, LONGEST_WAIT)
            say(f"The {self.name} ended (exit {self.running.returncode}); starting it again in {wait:.0f} s.")
            self.running, self.start_at = None, now + wait
        elif self.running is None and now >= self.start_at:
            self.start()

    def tell(self, number: signal.Signals) -> None:
        """Send a signal to the process and all that it started."""
        if self.running is not None and self.running.poll() is None:
            try:
                os.killpg(self.running.pid, number)
            except ProcessLookupError:
                return


def django_command(*words: str) -> list[str]:
    """A management command, run by this Python."""
    return [sys.executable, "-P", "-m", "django", *words]


def supervise(processes: Sequence[Process], *, when_started: Callable[[threading.Event], bool]) -> int:
    """Run the processes until we are told to stop; gives the exit code.

    `when_started` is called once with the event that is set when somebody asks to stop; when it says no,
    everything is stopped and the exit code is 1.
    """
    with _stop_signals() as stop:
        try:
            for process in processes:
                process.start()
            if not when_started(stop):
                return 0 if stop.is_set() else 1
            while not stop.wait(0.5):
                for process in processes:
                    process.look_after()
        finally:
            stop_all(processes)
    return 0


def stop_all(processes: Sequence[Process]) -> None:
    """Ask every process to end, and end those that do not within the grace."""
    for process in processes:
        process.tell(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for process in processes:
        if process.running is None:
            continue
        try:
            process.running.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"The {process.name} does not end by itself; it is ended now.")
            process.tell(signal.SIGKILL)
            process.running.wait()


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda *_: stop.set())
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

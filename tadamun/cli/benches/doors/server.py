"""The web process under measurement, and what the machine says of it: processor time and memory (Linux)."""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tadamun.cli.output import refuse
from tadamun.cli.processes import stop_all
from tadamun.cli.serve import web_process

TICKS = os.sysconf("SC_CLK_TCK")
FIRST_ANSWER = 60.0
_USER, _SYSTEM = 13, 14


@dataclass(frozen=True)
class Server:
    """A running web process with its workers."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time of it and its workers so far."""
        return sum(_ticks(pid) for pid in self._pids()) / TICKS

    def largest_worker_mb(self) -> float:
        """The most memory that one of its processes ever held."""
        return max(_peak_kb(pid) for pid in self._pids()) / 1024

    def _pids(self) -> list[int]:
        return [self.pid, *_children(self.pid)]


@contextmanager
def running(*, workers: int, threads: int) -> Iterator[Server]:
    """Serve the instance of this process's environment on a free port."""
    if not Path("/proc/self/stat").exists():
        refuse("Processor time is read from /proc, which is Linux's.", code="not_linux")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    process = web_process(host="127.0.0.1", port=port, workers=workers, threads=threads)
    process.start()
    try:
        _wait_for(port)
        yield Server(port=port, pid=process.running.pid if process.running else 0)
    finally:
        stop_all([process])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + FIRST_ANSWER
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/livez")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    refuse("The web process does not answer.", code="no_answer")


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_children(int(child))]
    return found


def _ticks(pid: int) -> int:
    # The name of a process stands in brackets and may hold blanks: the figures come after it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[_USER - 2]) + int(fields[_SYSTEM - 2])


def _peak_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)

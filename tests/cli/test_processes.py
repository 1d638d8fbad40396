"""Processes that end are started again, and all stop together."""

import signal
import sys
import threading
import time

from tadamun.cli.processes import Process, stop_all, supervise

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""


def wait_until(true_of, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not true_of() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true_of()


def test_starts_again_what_ended_and_says_so(capsys):
    process = Process("worker", [sys.executable, "-c", "raise SystemExit(3)"])
    process.start()
    assert process.running is not None
    first = process.running
    first.wait(timeout=10)

    process.look_after()
    process.start_at = 0.0
    process.look_after()

    assert process.running is not None
    assert process.running.pid != first.pid
    assert "The worker ended (exit 3); starting it again in 1 s." in capsys.readouterr().err
    process.running.wait(timeout=10)


def test_waits_longer_each_time_it_ends_at_once():
    process = Process("worker", [sys.executable, "-c", ""])
    waits = []
    for _ in range(8):
        process.start()
        assert process.running is not None
        process.running.wait(timeout=10)
        process.look_after()
        waits.append(round(process.start_at - time.monotonic()))

    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (1, 30)


def test_stops_everything_when_the_start_failed():
    processes = [Process("web process", SLEEPER), Process("worker", SLEEPER)]

    code = supervise(processes, when_started=lambda _: False)

    assert code == 1
    assert all(process.running and process.running.poll() is not None for process in processes)


def test_leaves_with_zero_when_told_to_stop():
    processes = [Process("web process", SLEEPER)]

    def told_to_stop(stop: threading.Event) -> bool:
        stop.set()
        return True

    assert supervise(processes, when_started=told_to_stop) == 0


def test_ends_a_process_that_will_not_go(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("tadamun.cli.processes.GRACE", 0.3)
    process = Process("worker", [sys.executable, "-c", STUBBORN, str(tmp_path / "ready")])
    process.start()
    assert wait_until((tmp_path / "ready").exists)

    stop_all([process])

    assert process.running is not None
    assert process.running.returncode == -signal.SIGKILL
    assert "The worker does not end by itself" in capsys.readouterr().err

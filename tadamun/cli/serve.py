"""Serves the site: web processes, the worker and its clock, started and stopped together."""

from __future__ import annotations

import http.client
import importlib
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from tadamun.cli.instance import LISTENING, home, prepare, refuse_left_over_demonstration
from tadamun.cli.main import command_files
from tadamun.cli.output import refuse
from tadamun.cli.processes import Process, django_command, supervise

#: Seconds the site may take to answer for the first time.
FIRST_ANSWER = 90.0
SERVER_ERROR = 500


def web_process(*, host: str, port: int, workers: int, threads: int) -> Process:
    """Granian over our WSGI door.

    Without the kill time-out a SIGTERM that comes just after the start would hang.
    """
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(threads),
        "--workers-kill-timeout": "3",
        "--log-level": "warning",
    }
    flat = [word for pair in options.items() for word in pair]
    command = [sys.executable, "-P", "-m", "granian", *flat, "--respawn-failed-workers"]
    return Process("web process", [*command, "tadamun.config.wsgi:application"])


def worker_processes() -> list[Process]:
    """The worker, which takes queued jobs, and its clock, which runs repeated ones when they are due."""
    return [
        Process(
            "worker",
            django_command(
                "db_worker", "--queue-name", "*", "--interval", "0.5", "--no-reload", "--verbosity", "0"
            ),
        ),
        Process("clock", django_command("run_schedules")),
    ]


def refuse_taken_port(*, host: str, port: int) -> None:
    """Say it before anything starts.

    :raises Refusal: somebody else listens there, or the address is not ours.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        refuse(
            f"Nothing can be served at {host}, port {port}: {error.strerror or error}. "
            f"Another port: PORT={port + 1} ./run",
            code="port_taken",
            host=host,
            port=port,
        )


def answers(*, host: str, port: int, stop: threading.Event, web: Process) -> bool:
    """Wait until the site answers; no, when it ended first, took too long or somebody asked to stop."""
    where = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    for _ in range(int(FIRST_ANSWER / 0.2)):
        if stop.is_set() or web.running is None or web.running.poll() is not None:
            return False
        connection = http.client.HTTPConnection(where, port, timeout=10)
        try:
            connection.request("GET", "/livez")
            return connection.getresponse().status < SERVER_ERROR
        except OSError:
            stop.wait(0.2)
        finally:
            connection.close()
    return False


@click.command("serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, show_envvar=True)
@click.option(
    "--port", envvar="PORT", default=8000, show_default=True, show_envvar=True, type=click.IntRange(1, 65535)
)
@click.option("--workers", default=2, show_default=True, help="Web processes.", type=click.IntRange(1))
@click.option(
    "--threads", default=4, show_default=True, help="Threads of each web process.", type=click.IntRange(1)
)
@click.option(
    "--web-only", is_flag=True, help="Leave the worker to `tadamun worker`, on this machine or another."
)
@click.option(
    "--demo-if-new", is_flag=True, help="In demo mode, fill an empty instance with the demonstration."
)
@click.pass_context
def command(
    ctx: click.Context, host: str, port: int, workers: int, threads: int, web_only: bool, demo_if_new: bool
) -> None:
    """Serve the site until Ctrl-C or SIGTERM."""
    refuse_taken_port(host=host, port=port)
    os.environ |= {"HOST": host, "PORT": str(port)}  # the settings make links from them
    prepare()
    refuse_left_over_demonstration()
    greeting = _demonstration() if demo_if_new else []
    web = web_process(host=host, port=port, workers=workers, threads=threads)
    processes = [web, *([] if web_only else worker_processes())]

    def welcome(stop: threading.Event) -> bool:
        if not answers(host=host, port=port, stop=stop, web=web):
            if not stop.is_set():
                click.echo("The site did not start; the reason stands above.", err=True)
            return False
        from django.conf import settings

        for line in [f"Tadamun (تضامن) is at {settings.PUBLIC_URL}", *greeting, "Ctrl-C stops it."]:
            click.echo(line)
        sys.stdout.flush()
        return True

    with shared_counts(), noted(host=host, port=port):
        ctx.exit(supervise(processes, when_started=welcome))


@contextmanager
def shared_counts() -> Iterator[None]:
    """A folder in which the web processes keep their counts together, where somebody asks for numbers at /metrics."""
    from django.conf import settings

    if not settings.METRICS_TOKEN:
        yield
        return
    from tadamun.web.metrics import SHARED_FOLDER

    with tempfile.TemporaryDirectory(prefix="tadamun-metrics-", ignore_cleanup_errors=True) as folder:
        os.environ[SHARED_FOLDER] = folder
        yield


@contextmanager
def noted(*, host: str, port: int) -> Iterator[None]:
    """Note in TADAMUN_HOME where the site listens, for `tadamun check` in another terminal, as long as it does."""
    note, here = home() / LISTENING, f"{host} {port}"
    with suppress(OSError):
        note.write_text(here)
    try:
        yield
    finally:
        with suppress(OSError):
            if note.read_text() == here:
                note.unlink()


def _demonstration() -> list[str]:
    """Load the demonstration where the instance is empty and in demo mode; the lines that tell how to enter."""
    from django.conf import settings

    if not settings.DEMO or "demo" not in command_files():
        return []
    lines: list[str] = importlib.import_module("tadamun.cli.demo").welcome()
    return lines

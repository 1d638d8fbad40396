"""Instances for tests: a folder and a database of their own, and the real `tadamun` in processes of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.house.plan import ROOT

SETUP = "import django; django.setup()\n"


@dataclass
class Instance:
    """One instance: `run` its commands, `python` a script inside it, `start` a process that stays."""

    home: Path
    database: str = ""
    """URL of its PostgreSQL database; empty: SQLite in its folder."""
    settings: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see: nothing of the tests' own settings."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TADAMUN_")}
        for name in ("DATABASE_URL", "SEALING_KEYS", "SECRET_KEY"):
            clean.pop(name, None)
        given = {"DATABASE_URL": self.database} if self.database else {}
        return clean | given | {
            "TADAMUN_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "tadamun.config.settings",
            "LOG_LEVEL": "INFO",
            "PYTHONPATH": str(ROOT),
            **self.settings,
        }  # fmt: skip

    def run(self, *words: Any, code: int = 0, **settings: str) -> Any:
        """Run a command with `--json`; its document, after a look at its exit code."""
        done = subprocess.run(
            [sys.executable, "-m", "tadamun.cli.main", *map(str, words), "--json"],
            cwd=ROOT,
            env=self.environment | settings,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr + done.stdout
        return json.loads(done.stdout)

    def python(self, script: str) -> Any:
        """Run a script with Django loaded; what it prints last, as JSON."""
        done = subprocess.run(
            [sys.executable, "-c", SETUP + script],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, *words: str, script: str = "", silent: bool = False) -> subprocess.Popen[str]:
        """Start a process that stays: words for Python, or a script with Django loaded.

        :param silent: nobody reads what it says.
        """
        said = subprocess.DEVNULL if silent else subprocess.PIPE
        process = subprocess.Popen(
            [sys.executable, *(["-c", SETUP + script] if script else words)],
            cwd=ROOT,
            env=self.environment,
            stdout=said,
            stderr=said,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def kill(self) -> None:
        """End all that was started here at once, without a word."""
        for process in self.started:
            for pid in [process.pid, *descendants(process.pid)]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.communicate(timeout=20)
        self.started.clear()

    def end(self) -> None:
        """End what still runs, and drop the database."""
        self.kill()
        if self.database:
            drop_database(self.database)


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    found: list[int] = []
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def server_url() -> str:
    """The PostgreSQL that this run of the tests is on; empty on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def new_database(*, template: str = "") -> str:
    """Make a database on the tests' server, empty or like another; its URL."""
    name = f"tadamun_instance_{uuid.uuid4().hex[:12]}"
    like = f' TEMPLATE "{urlsplit(template).path[1:]}"' if template else ""
    _on_server(f'CREATE DATABASE "{name}"{like}')
    return urlunsplit(urlsplit(server_url())._replace(path=f"/{name}"))


def drop_database(url: str) -> None:
    """Drop a database that `new_database` made."""
    _on_server(f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    maintenance = urlunsplit(urlsplit(server_url())._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(statement.encode())


def copy_of(template: Instance, *, home: Path) -> Instance:
    """An instance like another, which nobody uses at the moment."""
    shutil.copytree(template.home, home)
    database = new_database(template=template.database) if template.database else ""
    return Instance(home=home, database=database)

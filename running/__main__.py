"""`./run`: prepares the environment, then hands over to what was asked for."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from running.environment import ROOT, CannotPrepare, child_environment, prepare, say

HELP = """\
usage: ./run                  start Tadamun with a demonstration community, kept in var/
       ./run tadamun …        the command line (`./run tadamun --help`)
       ./run setup            install everything developers need, start nothing
       ./run check            formatting, types, contracts, migrations, translations, templates
       ./run test             check, then all tests; TEST_DATABASE_URL adds a run on PostgreSQL
       ./run test tests/…     only these tests; the words go to pytest
       ./run help             this text

HOST, PORT, DATABASE_URL, TADAMUN_HOME and other settings come from the environment: docs/operating.md"""


def main(arguments: list[str]) -> int:
    """Do what the first word says; without one, start."""
    asked, rest = (arguments[0], arguments[1:]) if arguments else ("start", [])
    tasks: dict[str, Callable[[], int]] = {
        "start": lambda: start(rest),
        "tadamun": lambda: command_line(rest),
        "setup": setup,
        "check": lambda: check(rest),
        "test": lambda: test(rest),
    }
    if asked in {"help", "-h", "--help"}:
        print(HELP)
        return 0
    if asked not in tasks:
        say(f"run: there is no “{asked}”.\n{HELP}")
        return 2
    try:
        return tasks[asked]()
    except CannotPrepare as refused:
        say(f"run: {refused}")
        return 1


def start(arguments: list[str]) -> int:
    """Web and worker over the instance; the demonstration only where the instance is our own `var/`."""
    python = prepare("base")
    return _become(
        [python, "-P", "-m", "tadamun.cli.main", "serve", "--demo-if-new", *arguments], _instance()
    )


def command_line(arguments: list[str]) -> int:
    """The `tadamun` command, in the caller's folder."""
    python = prepare("base")
    return _become([python, "-P", "-m", "tadamun.cli.main", *arguments], _instance())


def setup() -> int:
    """The development lock and the oracles."""
    prepare("dev", "oracles")
    say("Everything is installed. Next: ./run test, or ./run to see it.")
    return 0


def check(arguments: list[str]) -> int:
    """Every check that needs no test run."""
    python = prepare("dev", "oracles")
    return subprocess.run(
        [python, "-m", "checks", *arguments], cwd=ROOT, env=child_environment(), check=False
    ).returncode


def test(arguments: list[str]) -> int:
    """The checks, then the tests on every database that is to be had."""
    python = prepare("dev", "oracles")
    return _become([python, "-m", "checks.tests", *arguments], child_environment(), folder=ROOT)


def _instance() -> dict[str, str]:
    """Without a folder named, the instance lives in `var/` beside the code and is a demonstration."""
    environment = child_environment()
    if not environment.get("TADAMUN_HOME"):
        environment["TADAMUN_HOME"] = str(ROOT / "var")
        if environment.get("TADAMUN_ENV") != "production":
            environment.setdefault("TADAMUN_DEMO", "1")
    return environment


def _become(command: list[str | Path], environment: dict[str, str], folder: Path | None = None) -> int:
    """Replace this process, so that signals reach what is running."""
    if folder is not None:
        os.chdir(folder)
    sys.stdout.flush()
    os.execve(command[0], [os.fspath(part) for part in command], environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`./run test`: the checks, then all tests on SQLite, then those that use a database on PostgreSQL too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from checks.__main__ import check
from checks.browser import find_chromium

ROOT = Path(__file__).resolve().parent.parent


def run_pytest(*arguments: str, database: str | None) -> bool:
    """One run over one database (a URL; none is SQLite); gives whether all passed."""
    environment = dict(os.environ)
    environment.pop("DATABASE_URL", None)
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def browser_choice() -> list[str]:
    """Leave the browser's tests out where there is none, and say so."""
    if find_chromium():
        return []
    told = "No Chromium was found: the browser tests are left out. On Debian: apt-get install chromium"
    if os.environ.get("CI"):
        sys.exit(f"{told}\nWith CI set they must run.")
    print(told, file=sys.stderr)
    return ["-m", "not browser"]


def postgres_run(*arguments: str) -> bool:
    """The tests that use a database, on the one that TEST_DATABASE_URL names."""
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        print("TEST_DATABASE_URL is not set: PostgreSQL was not tested.", file=sys.stderr)
        return True
    announce("Tests on PostgreSQL")
    return run_pytest("--database-only", *arguments, database=url)


def announce(title: str) -> None:
    """A line that tells one run from the next."""
    print(f"\n── {title} ──", flush=True)


def main(arguments: list[str]) -> int:
    """Everything; with arguments for pytest only the tests they choose, on SQLite."""
    if arguments:
        return 0 if run_pytest(*arguments, database=os.environ.get("DATABASE_URL")) else 1
    announce("Checks")
    results = {"checks": check([])}
    announce("Tests on SQLite")
    # In the order of collection: the long files come first (tests/conftest.py).
    together = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    results["SQLite"] = run_pytest(*together, *browser_choice(), database=None)
    results["PostgreSQL"] = postgres_run(*together)
    failed = [name for name, passed in results.items() if not passed]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll is well.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

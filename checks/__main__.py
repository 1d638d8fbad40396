"""`./run check`: every question that needs no test run, two at a time, one line each."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("tadamun", "running", "checks", "tests")
PYTHON = sys.executable


@dataclass(frozen=True)
class Step:
    """One question, the command that answers it, and what to do about a no."""

    name: str
    command: tuple[str, ...]
    remedy: str = ""


#: The longest first, so that two at a time end soonest.
STEPS = (
    Step("types", (PYTHON, "-m", "mypy")),
    Step("templates", (PYTHON, "-m", "djlint", "tadamun", "--lint", "--quiet")),
    Step(
        "contracts",
        (PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c(['--no-logo'])"),
    ),
    Step("migrations", (PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run")),
    Step("translations", (PYTHON, "-m", "checks.translations")),
    Step(
        "lint", (PYTHON, "-m", "ruff", "check", *CODE), "ruff check --fix mends what can be mended by itself"
    ),
    Step("format", (PYTHON, "-m", "ruff", "format", "--check", "--quiet", *CODE), "ruff format"),
)


def answer(step: Step, *, home: str) -> bool:
    """Run one step, tell how it went, and give whether all is well."""
    began = time.monotonic()
    environment = os.environ | {"TADAMUN_HOME": home, "DJANGO_SETTINGS_MODULE": "tadamun.config.settings"}
    for name in ("TADAMUN_DEMO", "TADAMUN_ENV", "DATABASE_URL"):
        environment.pop(name, None)
    done = subprocess.run(
        step.command, cwd=ROOT, env=environment, check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    seconds = time.monotonic() - began
    if done.returncode == 0:
        print(f"ok      {step.name} ({seconds:.1f} s)", flush=True)
        return True
    remedy = f"  To mend: .venv/bin/{step.remedy}\n" if step.remedy else ""
    print(f"FAILED  {step.name} ({seconds:.1f} s)\n{done.stdout.rstrip()}\n{remedy}", end="\n", flush=True)
    return False


def check(names: list[str]) -> bool:
    """Run the named steps, or all of them; gives whether every one is well."""
    steps = [step for step in STEPS if not names or step.name in names]
    with tempfile.TemporaryDirectory(prefix="tadamun-check-") as home, ThreadPoolExecutor(2) as pool:
        return all(list(pool.map(partial(answer, home=home), steps)))


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - {step.name for step in STEPS}
    if unknown:
        sys.exit(
            f"There is no check “{', '.join(sorted(unknown))}”; there are {', '.join(s.name for s in STEPS)}."
        )
    sys.exit(0 if check(sys.argv[1:]) else 1)

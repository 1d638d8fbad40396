"""The one command needs nothing but Python, and says so where there is none."""

import os
import subprocess
from pathlib import Path

import pytest

from running import environment
from tests.house.plan import ROOT


def run(*words, path=None, folder=ROOT):
    environment = os.environ | ({"PATH": path} if path is not None else {})
    return subprocess.run(
        [ROOT / "run", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_tells_what_it_can_do_from_any_folder(tmp_path):
    done = run("help", folder=tmp_path)

    assert done.returncode == 0
    assert "./run tadamun" in done.stdout


def test_an_unknown_word_is_refused_on_stderr():
    done = run("nonsense")

    assert done.returncode == 2
    assert done.stdout == ""
    assert "nonsense" in done.stderr


def test_asks_for_a_newer_python_where_there_is_only_an_old_one(tmp_path):
    """A copy of the script in a folder without `.venv`, with an old Python alone on the path."""
    (tmp_path / "run").write_bytes((ROOT / "run").read_bytes())
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "sh"):
        (programs / name).symlink_to(
            next(p for p in (f"/usr/bin/{name}", f"/bin/{name}") if os.path.exists(p))
        )
    old = programs / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = subprocess.run(
        ["/bin/sh", tmp_path / "run"],
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr


def test_the_locks_name_no_registry():
    named = [
        path.name
        for path in (ROOT / "requirements").iterdir()
        if "://" in (text := path.read_text(encoding="utf-8")) or "index-url" in text or "find-links" in text
    ]

    assert named == []


def test_says_what_to_do_where_packages_are_missing_and_this_user_may_not_install_them(monkeypatch, tmp_path):
    def shut(*_words, **_named):
        raise PermissionError

    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(Path, "open", shut)

    with pytest.raises(environment.CannotPrepare, match="owner of the folder"):
        environment.prepare("base")

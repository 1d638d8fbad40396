"""The cache folder is chosen before numba looks for one, and always one that can be written."""

from __future__ import annotations

import os
import subprocess
import sys

from tadamun.engines import jit


def test_the_variable_wins_when_it_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "mine"))

    assert jit.prepare_cache() == tmp_path / "mine"


def test_the_instances_own_folder_comes_next(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/dev/null/nowhere")
    monkeypatch.setenv("TADAMUN_HOME", str(tmp_path))

    assert jit.prepare_cache() == tmp_path / "cache" / "numba"
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "cache" / "numba")


def test_a_temporary_folder_is_the_last_resort(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/dev/null/nowhere")
    monkeypatch.setenv("TADAMUN_HOME", "/dev/null/nowhere")

    chosen = jit.prepare_cache()

    assert chosen.is_dir()
    assert "tadamun-numba-" in chosen.name


def test_numba_finds_the_folder_standing(tmp_path):
    code = (
        "import tadamun.engines.jit, numba, os;"
        "assert numba.config.CACHE_DIR == os.environ['NUMBA_CACHE_DIR'] != '', numba.config.CACHE_DIR"
    )
    environment = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}

    subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment | {"TADAMUN_HOME": str(tmp_path)}
    )

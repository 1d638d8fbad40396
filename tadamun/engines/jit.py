"""Where compiled code is kept: numba's cache folder, chosen and proven before numba is first imported.

Numba writes what it compiled to a folder, so that the next process starts in a moment instead of seconds. A folder
that cannot be written makes the import itself fail, so every engine module that needs numba imports it from here.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any


def _is_writable(folder: Path) -> bool:
    """Make the folder and write one file into it; the answer is what happened, not what permissions promise."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _wanted() -> list[Path]:
    wanted = []
    if os.environ.get("NUMBA_CACHE_DIR"):
        wanted.append(Path(os.environ["NUMBA_CACHE_DIR"]))
    if os.environ.get("TADAMUN_HOME"):
        wanted.append(Path(os.environ["TADAMUN_HOME"]) / "cache" / "numba")
    else:
        wanted.append(Path("var") / "cache" / "numba")
    return wanted


def prepare_cache() -> Path:
    """Set ``NUMBA_CACHE_DIR`` to the first folder that can be written, else to a new temporary one.

    The order is: the variable itself, ``$TADAMUN_HOME/cache/numba``, ``./var/cache/numba``, a temporary folder.
    Must run before numba is imported; running it again changes nothing.
    """
    for folder in _wanted():
        if _is_writable(folder):
            chosen = folder.resolve()
            break
    else:
        chosen = Path(tempfile.mkdtemp(prefix="tadamun-numba-"))
    os.environ["NUMBA_CACHE_DIR"] = str(chosen)
    return chosen


def is_cached(function: Any) -> bool:
    """Whether an earlier process has left compiled code of a function, newer than its source."""
    if not hasattr(function, "stats"):  # compiling is switched off
        return True
    module = sys.modules[function.__module__]
    written = Path(module.__file__ or "").stat().st_mtime
    kept = Path(function.stats.cache_path).glob(f"*.{function.__qualname__}-*.nbi")
    return any(index.stat().st_mtime >= written for index in kept)


prepare_cache()

from numba import njit  # noqa: E402 - the folder must stand before numba looks at it

__all__ = ["is_cached", "njit", "prepare_cache"]

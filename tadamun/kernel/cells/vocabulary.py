"""The words that sheets are read by, from the data files beside: folded once, when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from tadamun.kernel.cells.folding import fold


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """One file of words: `numbers`, `months`, `headers`, `money` or `needs`."""
    text = files("tadamun.kernel").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    given: dict[str, Any] = _folded(tomllib.loads(text))
    return given


def _folded(given: Any) -> Any:
    """Every word in the form by which cells are compared; the names of the entries stay."""
    if isinstance(given, dict):
        return {name: _folded(inner) for name, inner in given.items()}
    return [fold(word) for word in given] if isinstance(given, list) else given

"""The shape of what an error says."""

from __future__ import annotations

from typing import Any, NamedTuple


class Sentence(NamedTuple):
    """What happened, and what to do next."""

    title: Any
    advice: Any

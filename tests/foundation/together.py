"""Doing several things at the same moment, each with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection


def together(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all at once; returns each one's result, or the exception it raised."""
    outcomes: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int) -> None:
        try:
            start.wait(timeout=10)
            outcomes[place] = works[place]()
        except Exception as error:  # noqa: BLE001  # the test looks at it
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes

"""Moving files inside one folder, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Move = Callable[[Path, Path], None]
"""Moves the first to the second, whose folder is made where it is missing; what is not there is passed over."""


@contextmanager
def moved_back_on_error() -> Iterator[Move]:
    """A way to move files, each at once; when what follows fails, all of them are where they were."""
    moved: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        if source.exists():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            source.rename(target)
            moved.append((source, target))

    try:
        yield move
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
            with suppress(OSError):  # only where it is empty
                target.parent.rmdir()
        raise

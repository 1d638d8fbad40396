"""What is wrong with a file: a line, a column and a code, no wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tadamun.kernel.errors import TadamunError

MOST_LISTED: Final = 50
_SHOWN: Final = 40


@dataclass(frozen=True)
class Problem:
    """One mistake. ``line`` counts from 1 with the header, 0 for the file as a whole."""

    code: str
    line: int = 0
    column: str = ""
    value: str = ""
    params: dict[str, int | float | str] = field(default_factory=dict)


class BadFile(TadamunError):
    """A file that cannot be used. ``params``: ``path``, ``problems`` (the first fifty) and ``count`` (all).

    ``also`` is what was wrong with another file that was read with it.
    """

    def __init__(
        self,
        path: Path,
        problems: Sequence[Problem],
        count: int | None = None,
    ) -> None:
        self.also: BadFile | None = None
        super().__init__(
            path=str(path), problems=tuple(problems), count=len(problems) if count is None else count
        )


class Problems:
    """Mistakes of one file as they are met; the first fifty are kept, all are counted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._listed: list[Problem] = []

    def add(
        self, code: str, *, line: int = 0, column: str = "", value: str = "", **params: int | float | str
    ) -> None:
        """Note one mistake; the value is shortened and freed of control characters."""
        self.count += 1
        if len(self._listed) < MOST_LISTED:
            shown = "".join(
                letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in value[:_SHOWN]
            )
            shown += "…" if len(value) > _SHOWN else ""
            self._listed.append(Problem(code, line, column, shown, dict(params)))

    def raise_if_any(self) -> None:
        """Refuse the file when anything was wrong.

        :raises BadFile: with what was noted.
        """
        if self.count:
            raise BadFile(self.path, self._listed, self.count)

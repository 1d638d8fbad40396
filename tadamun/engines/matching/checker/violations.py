"""What a checker finds wrong: a code, the rows it concerns, and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_OF_A_KIND: Final = 1_000
"""How many violations of one code are listed one by one; the rest of them are counted in a last entry."""


@dataclass(frozen=True)
class Violation:
    """One broken rule. ``need`` and ``offer`` are rows, -1 where none is meant; ``more`` counts others alike."""

    code: str
    need: int = -1
    offer: int = -1
    more: int = 0
    params: dict[str, int | float | str] = field(default_factory=dict)


class Findings:
    """Violations as they are found."""

    def __init__(self) -> None:
        self._listed: dict[str, list[Violation]] = {}
        self._more: dict[str, int] = {}

    def add(self, code: str, *, need: int = -1, offer: int = -1, **params: int | float | str) -> None:
        """Note one violation."""
        listed = self._listed.setdefault(code, [])
        if len(listed) < MOST_OF_A_KIND:
            listed.append(Violation(code, int(need), int(offer), params=params))
        else:
            self._more[code] = self._more.get(code, 0) + 1

    def add_rows(
        self, code: str, *, need: NDArray[np.integer] | None = None, offer: NDArray[np.integer] | None = None
    ) -> None:
        """Note one violation a row."""
        rows: Iterable[tuple[int, int]]
        if need is None:
            rows = ((-1, int(each)) for each in (offer if offer is not None else ()))
        elif offer is None:
            rows = ((int(each), -1) for each in need)
        else:
            rows = zip(need.tolist(), offer.tolist(), strict=True)
        for each_need, each_offer in rows:
            self.add(code, need=each_need, offer=each_offer)

    def all(self) -> list[Violation]:
        """Everything found, by code in the order of discovery."""
        found = []
        for code, listed in self._listed.items():
            found += listed
            if self._more.get(code):
                found.append(Violation(code, more=self._more[code]))
        return found


def count(violations: Iterable[Violation]) -> int:
    """How many rules are broken in all, those merely counted included."""
    return sum(violation.more or 1 for violation in violations)

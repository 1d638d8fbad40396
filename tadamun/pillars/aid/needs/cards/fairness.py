"""How the needs of a community fared: by area, by category, and all together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fared:
    """How the lines of one area, of one category, or all of them fared; None where they are too few to say.

    `met`, `part_met`, `still_open` and `ended` are parts of `asked` that add up to it.
    """

    key: str
    """Public id of the area or code of the category; empty for no area, and for all together."""
    name: str
    asked: int
    met: int | None = None
    part_met: int | None = None
    """Something has arrived and not all of it, whether more is still to come or not."""
    still_open: int | None = None
    """Nothing has arrived yet."""
    ended: int | None = None
    """Ended without anything from here: withdrawn, met by others, referred, run out."""
    share: float | None = None
    """Units that arrived, of those asked for."""
    half: float | None = None
    """Hours that half of those met or still open have waited at most."""
    most: float | None = None
    """Hours that nine in ten of them have waited at most."""
    kept_back: bool = False
    """Not few, but what adds up is not said: with the total it would tell what is hidden of others."""
    elsewhere: float | None = None
    """What half of the other areas' lines have waited at most, where this area waits at least twice as long."""

    @property
    def few(self) -> bool:
        """Whether there are too few lines to say anything but how many."""
        return self.share is None and not self.kept_back

    @property
    def twice(self) -> bool:
        """Whether this area waits at least twice as long as the others."""
        return self.elsewhere is not None


@dataclass(frozen=True)
class Fairness:
    """The lines that came in within a span; areas and categories with the longest wait first."""

    areas: tuple[Fared, ...]
    categories: tuple[Fared, ...]
    whole: Fared

    @property
    def slow(self) -> tuple[Fared, ...]:
        """The areas that wait at least twice as long as the others."""
        return tuple(area for area in self.areas if area.twice)

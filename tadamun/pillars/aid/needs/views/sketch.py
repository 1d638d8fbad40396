"""A sketch of a neighbourhood: approximate places as positions on a small drawing, to scale, without a base map."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from tadamun.pillars.aid.needs.cards import MapMark

WIDTH, HEIGHT, EDGE = 360, 300, 46
KM_PER_DEGREE = 111.195
LEAST_KM = 0.8
"""What the drawing shows at least, so that one street does not fill it."""
NEAR = 33
"""Marks nearer than this on the drawing would cover each other."""
PUSHES = 40
SCALES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class Dot:
    """A mark at its place on the drawing."""

    mark: MapMark
    x: int
    y: int
    current: bool


@dataclass(frozen=True)
class Sketch:
    """The drawing: its dots, the radius of an approximate cell, and a scale bar."""

    dots: list[Dot]
    cell: int
    scale_km: float
    scale_length: int
    width: int = WIDTH
    height: int = HEIGHT


def sketch_of(*, marks: Sequence[MapMark], current: str) -> Sketch | None:
    """Lay marks out, north up; `current` is the id of the line in hand."""
    if not marks:
        return None
    middle = (max(m.latitude for m in marks) + min(m.latitude for m in marks)) / 2
    east = math.cos(math.radians(middle)) * KM_PER_DEGREE
    across = [m.longitude * east for m in marks]
    up = [m.latitude * KM_PER_DEGREE for m in marks]
    per_km = min(
        (WIDTH - 2 * EDGE) / max(max(across) - min(across), LEAST_KM),
        (HEIGHT - 2 * EDGE) / max(max(up) - min(up), LEAST_KM),
    )
    centre = (max(across) + min(across)) / 2, (max(up) + min(up)) / 2
    places = [
        (WIDTH / 2 + (x - centre[0]) * per_km, HEIGHT / 2 - (y - centre[1]) * per_km)
        for x, y in zip(across, up, strict=True)
    ]
    scale = max((km for km in SCALES if km * per_km <= WIDTH / 3), default=SCALES[0])
    return Sketch(
        dots=[
            Dot(mark=mark, x=round(x), y=round(y), current=bool(current) and mark.line_id == current)
            for mark, (x, y) in zip(marks, _apart(places), strict=True)
        ],
        cell=max(20, round(0.2 * per_km)),
        scale_km=scale,
        scale_length=round(scale * per_km),
    )


def _apart(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Push marks that would cover each other apart, a little at a time; the places are approximate anyway."""
    moved = [list(place) for place in places]
    for _ in range(PUSHES):
        settled = True
        for first, second in itertools.combinations(range(len(moved)), 2):
            one, other = moved[first], moved[second]
            far = math.dist(one, other)
            if far < NEAR:
                settled = False
                # Marks on the very same spot go apart in directions of their own.
                turn = math.atan2(other[1] - one[1], other[0] - one[0]) if far > 1 else 2.4 * second
                step = (NEAR - far) / 2
                for mark, way in ((one, -step), (other, step)):
                    mark[0] = min(max(mark[0] + way * math.cos(turn), EDGE / 2), WIDTH - EDGE / 2)
                    mark[1] = min(max(mark[1] + way * math.sin(turn), EDGE / 2), HEIGHT - EDGE / 2)
        if settled:
            break
    return [(x, y) for x, y in moved]

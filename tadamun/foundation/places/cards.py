"""Positions, and what is shown of an area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """A position in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class AreaCard:
    """A named part of a community; its middle is public, nobody's door."""

    public_id: str
    name: str
    latitude: float
    longitude: float
    position: int
    closed: bool

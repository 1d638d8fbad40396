"""Distances between arrays of points: haversine on a sphere of mean radius."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from tadamun.engines.jit import njit
from tadamun.engines.matching.instance import Floats
from tadamun.kernel.geo import EARTH_RADIUS_KM

STEPS_PER_KM: Final = 100
"""Distances are summed as whole decametres, so that sums and comparisons are exact."""

RADIUS: Final = EARTH_RADIUS_KM


def unit_vectors(lat: Floats, lon: Floats) -> Floats:
    """Points of the unit sphere, shape (points, 3), for degrees."""
    phi, lam = np.radians(lat), np.radians(lon)
    across = np.cos(phi)
    return np.column_stack([across * np.cos(lam), across * np.sin(lam), np.sin(phi)])


def chord(km: float) -> float:
    """The straight line through the unit sphere that spans an arc of so many kilometres."""
    return 2 * math.sin(min(math.pi / 2, km / RADIUS / 2))


@njit(cache=True, nogil=True)
def arc_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Haversine distance in kilometres of two points given in radians."""
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def distances_km(lat_a: Floats, lon_a: Floats, lat_b: Floats, lon_b: Floats) -> Floats:
    """Haversine distances in kilometres, pair by pair, of points given in degrees."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half = np.sin((phi_b - phi_a) / 2) ** 2
    half += np.cos(phi_a) * np.cos(phi_b) * np.sin((np.radians(lon_b) - np.radians(lon_a)) / 2) ** 2
    return 2 * RADIUS * np.arcsin(np.minimum(1.0, np.sqrt(half)))

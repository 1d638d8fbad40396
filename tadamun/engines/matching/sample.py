"""Instances drawn from real places, for benchmarks and tests: the same seed gives the same instance.

Places are populated places of the GeoNames gazetteer (CC BY 4.0, see ``tadamun/kernel/data``). Offers are more urban
than needs, and their mix of categories differs, as it does in life.
"""

from __future__ import annotations

import csv
import functools
import gzip
import io
from dataclasses import dataclass
from importlib import resources
from typing import Final

import numpy as np

from tadamun.engines.matching.instance import Floats, Instance, Ints, Needs, Offers

_CATEGORIES: Final = 20
_MARGIN: Final = 0.25  # of the needs come from the margins of their division, a community of its own
_PARTICULAR: Final = 0.2  # of the needs require something
_DAY: Final = 86_400
_EPOCH: Final = 1_767_225_600  # 2026-01-01 UTC


@dataclass(frozen=True, eq=False)
class Places:
    """Where people live: degrees, inhabitants, and a code of the first-level division."""

    lat: Floats
    lon: Floats
    people: Floats
    division: Ints


@functools.cache
def places() -> Places:
    """The shipped extract."""
    packed = resources.files("tadamun.kernel").joinpath("data", "places_fr.csv.gz").read_bytes()
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(packed).decode("utf-8"))))
    division = np.unique([row["admin1"] for row in rows], return_inverse=True)[1]
    return Places(
        lat=np.array([float(row["lat"]) for row in rows]),
        lon=np.array([float(row["lon"]) for row in rows]),
        people=np.maximum(200.0, [float(row["population"]) for row in rows]),
        division=division.astype(np.int64),
    )


def _settle(draw: np.random.Generator, rows: int, urban: float) -> tuple[Floats, Floats, Ints]:
    """Points around places drawn by inhabitants to a power, scattered by 1 to 5 km."""
    land = places()
    weight = land.people**urban
    at = draw.choice(len(weight), rows, p=weight / weight.sum())
    spread = 0.01 + 0.01 * np.log10(land.people[at] / 200)
    lat = land.lat[at] + draw.normal(0, spread)
    lon = land.lon[at] + draw.normal(0, spread) / np.cos(np.radians(land.lat[at]))
    return lat, lon, land.division[at]


def draw_instance(
    *, needs: int, offers: int | None = None, seed: int = 0, divisible: float = 0.8
) -> Instance:
    """Draw an instance.

    :param offers: how many offers; as many as needs when not given.
    :param divisible: the share of offers that may be shared out.
    """
    draw = np.random.default_rng(seed)
    offers = needs if offers is None else offers
    share = 1 / np.arange(1, _CATEGORIES + 1)
    share /= share.sum()
    lat, lon, division = _settle(draw, needs, 0.85)
    start = draw.integers(0, 10, needs)
    asked = Needs(
        category=draw.choice(_CATEGORIES, needs, p=share),
        quantity=np.minimum(20, draw.geometric(0.25, needs)),
        tier=draw.choice(3, needs, p=[0.15, 0.35, 0.5]),
        waiting=draw.integers(0, 30, needs),
        community=division * 2 + (draw.random(needs) < _MARGIN),
        lat=lat,
        lon=lon,
        start=_EPOCH + start * _DAY,
        end=_EPOCH + (start + draw.integers(2, 15, needs)) * _DAY,
        requires=np.where(draw.random(needs) < _PARTICULAR, 1 << draw.integers(0, 6, needs), 0)[:, None],
    )
    mix = share * draw.uniform(0.6, 1.4, _CATEGORIES)
    lat, lon, _ = _settle(draw, offers, 1.05)
    start = draw.integers(0, 15, offers)
    given = Offers(
        category=draw.choice(_CATEGORIES, offers, p=mix / mix.sum()),
        quantity=np.minimum(20, draw.geometric(0.25, offers)),
        divisible=draw.random(offers) < divisible,
        lat=lat,
        lon=lon,
        reach_km=draw.choice([5.0, 15.0, 30.0, 60.0], offers, p=[0.2, 0.4, 0.3, 0.1]),
        start=_EPOCH + start * _DAY,
        end=_EPOCH + (start + draw.integers(3, 20, offers)) * _DAY,
        provides=(draw.integers(0, 64, offers) | draw.integers(0, 64, offers))[:, None],
    )
    return Instance(needs=asked, offers=given)

"""Neighbours side by side: an instance in the order that makes searching it fast.

Rows are sorted by category, then along a space-filling curve (Morton 1966), so that a search that stays in one
neighbourhood stays in one stretch of memory. Results are carried back to the caller's rows.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from tadamun.engines.matching.instance import Floats, Instance, Ints, Needs, Offers

Part = TypeVar("Part", Needs, Offers)


@dataclass(frozen=True, kw_only=True, eq=False)
class Layout:
    """An instance in search order; ``need_row[k]`` and ``offer_row[k]`` are the caller's rows of entry ``k``."""

    instance: Instance
    need_row: Ints
    offer_row: Ints
    need_at: Ints
    offer_at: Ints


def lay_out(instance: Instance) -> Layout:
    """Put an instance into search order."""
    need_row, offer_row = _curve(instance.needs), _curve(instance.offers)
    return Layout(
        instance=replace(
            instance, needs=_taken(instance.needs, need_row), offers=_taken(instance.offers, offer_row)
        ),
        need_row=need_row,
        offer_row=offer_row,
        need_at=_inverse(need_row),
        offer_at=_inverse(offer_row),
    )


def _curve(part: Needs | Offers) -> Ints:
    return np.lexsort((_spread(part.lat, 180) | (_spread(part.lon, 360) << 1), part.category)).astype(
        np.int64
    )


def _spread(degrees: Floats, span: float) -> Ints:
    """Degrees as 20 bits with a gap after each."""
    bits = ((degrees / span + 0.5) * ((1 << 20) - 1)).astype(np.int64)
    bits = (bits | bits << 16) & 0x0000FFFF0000FFFF
    bits = (bits | bits << 8) & 0x00FF00FF00FF00FF
    bits = (bits | bits << 4) & 0x0F0F0F0F0F0F0F0F
    bits = (bits | bits << 2) & 0x3333333333333333
    spread: Ints = (bits | bits << 1) & 0x5555555555555555
    return spread


def _taken(part: Part, rows: Ints) -> Part:
    return type(part)(**{field.name: getattr(part, field.name)[rows] for field in fields(part)})


def _inverse(rows: Ints) -> Ints:
    at = np.empty(len(rows), np.int64)
    at[rows] = np.arange(len(rows))
    return at

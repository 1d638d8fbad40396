"""The checker's own test of single pairs, in arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tadamun.engines.matching.instance import Flags, Instance, Ints

_RADIUS_KM = 6371.0088


def _km(instance: Instance, need: Ints, offer: Ints) -> NDArray[np.float64]:
    needs, offers = instance.needs, instance.offers
    lat_a, lat_b = np.radians(needs.lat)[need], np.radians(offers.lat)[offer]
    lon = (np.radians(offers.lon)[offer] - np.radians(needs.lon)[need]) / 2
    share = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(lon) ** 2
    km: NDArray[np.float64] = 2 * _RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(share)))
    return km


def pair_steps(instance: Instance, need: Ints, offer: Ints) -> Ints:
    """Whole decametres of each pair."""
    return np.rint(_km(instance, need, offer) * 100).astype(np.int64)


def feasible_pairs(instance: Instance, need: Ints, offer: Ints, quantity: Ints | None) -> dict[str, Flags]:
    """For every rule of a pair, which pairs break it.

    :param quantity: units given, or ``None`` when only the possibility counts.
    """
    needs, offers = instance.needs, instance.offers
    whole = ~offers.divisible[offer]
    missing = (needs.requires[need] & ~offers.provides[offer]) != 0
    apart = np.maximum(needs.start[need], offers.start[offer]) > np.minimum(
        needs.end[need], offers.end[offer]
    )
    broken = {
        "category_differs": needs.category[need] != offers.category[offer],
        "out_of_reach": ~(_km(instance, need, offer) <= offers.reach_km[offer]),
        "windows_apart": apart,
        "words_missing": missing.any(axis=1),
        "too_small": whole & (offers.quantity[offer] < needs.quantity[need]),
    }
    if quantity is not None:
        broken["not_positive"] = quantity <= 0
        broken["whole_offer_in_part"] = whole & (quantity != needs.quantity[need])
    return broken

"""What is handed from whom to whom, in the caller's rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from tadamun.engines.matching.geodesy import distances_km
from tadamun.engines.matching.graph import to_steps
from tadamun.engines.matching.instance import Floats, Instance, Ints


class NeedState(IntEnum):
    """How a need came out of a round."""

    MET = 0
    PART_MET = 1
    OUT_RANKED = 2
    NOTHING_IN_REACH = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Matches:
    """Units given, one entry a pair, sorted by need, then offer."""

    need: Ints
    offer: Ints
    quantity: Ints

    def __len__(self) -> int:
        return len(self.need)

    def digest(self) -> str:
        """SHA-256 (hex) over the pairs in their order."""
        seal = hashlib.sha256(b"tadamun-matching-matches/1\n")
        for values in (self.need, self.offer, self.quantity):
            seal.update(np.ascontiguousarray(values, "<i8").tobytes())
        return seal.hexdigest()


def matches_of(need: Ints, offer: Ints, quantity: Ints) -> Matches:
    """Sort pairs into their canonical order."""
    order = np.lexsort((quantity, offer, need))
    need, offer, quantity = (np.asarray(values, np.int64)[order] for values in (need, offer, quantity))
    return Matches(need=need, offer=offer, quantity=quantity)


def match_km(instance: Instance, matches: Matches) -> Floats:
    """Distance of every match in kilometres."""
    needs, offers = instance.needs, instance.offers
    return distances_km(
        needs.lat[matches.need], needs.lon[matches.need], offers.lat[matches.offer], offers.lon[matches.offer]
    )


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A round in numbers; tiers are those of the inputs, before any escalation, tier 0 first.

    ``distance_steps`` is what the engine minimises: decametres, each match times its units (a whole offer counts
    once). ``km`` is the sum over matches, each once.
    """

    units_asked_by_tier: tuple[int, ...]
    units_met_by_tier: tuple[int, ...]
    needs_met: int
    needs_part_met: int
    matches: int
    distance_steps: int
    km: float

    @property
    def units_asked(self) -> int:
        """Units asked for in all."""
        return sum(self.units_asked_by_tier)

    @property
    def units_met(self) -> int:
        """Units given in all."""
        return sum(self.units_met_by_tier)


def figures_of(instance: Instance, matches: Matches) -> Figures:
    """Count a round."""
    needs = instance.needs
    tiers = int(needs.tier.max(initial=-1)) + 1
    met = np.zeros(len(needs), np.int64)
    np.add.at(met, matches.need, matches.quantity)
    km = match_km(instance, matches)
    weight = np.where(instance.offers.divisible[matches.offer], matches.quantity, 1)
    return Figures(
        units_asked_by_tier=_by_tier(needs.tier, needs.quantity, tiers),
        units_met_by_tier=_by_tier(needs.tier, met, tiers),
        needs_met=int((met == needs.quantity).sum()),
        needs_part_met=int(((met > 0) & (met < needs.quantity)).sum()),
        matches=len(matches),
        distance_steps=int((to_steps(km).astype(np.int64) * weight).sum()),
        km=round(float(km.sum()), 3),
    )


def _by_tier(tier: Ints, units: NDArray[np.int64], tiers: int) -> tuple[int, ...]:
    return tuple(int(units[tier == each].sum()) for each in range(tiers))

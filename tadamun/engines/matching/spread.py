"""How evenly communities were served: rates by counted tier and community."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tadamun.engines.matching.instance import Instance, Ints
from tadamun.engines.matching.policy import Policy
from tadamun.engines.matching.priority import counted_tiers


@dataclass(frozen=True, kw_only=True)
class Spread:
    """One community in one tier: units asked for and met."""

    tier: int
    community: int
    asked: int
    met: int

    @property
    def rate(self) -> float:
        """Units met of units asked."""
        return self.met / self.asked


def spread_of(*, instance: Instance, met: Ints, policy: Policy | None = None) -> list[Spread]:
    """Rates by counted tier and community, in this order.

    :param met: units by need.
    """
    needs = instance.needs
    tiers = counted_tiers(needs, policy or Policy())
    keys, group = np.unique(np.column_stack([tiers, needs.community]), axis=0, return_inverse=True)
    asked = np.bincount(group.ravel(), weights=needs.quantity, minlength=len(keys))
    got = np.bincount(group.ravel(), weights=met, minlength=len(keys))
    return [
        Spread(tier=int(tier), community=int(community), asked=int(wanted), met=int(given))
        for (tier, community), wanted, given in zip(keys.tolist(), asked, got, strict=True)
    ]

"""Who goes first: the published order of needs. An order, never a weight."""

from __future__ import annotations

import numpy as np

from tadamun.engines.matching.instance import Ints, Needs
from tadamun.engines.matching.policy import Policy


def counted_tiers(needs: Needs, policy: Policy) -> Ints:
    """The tier each need counts in after waiting has escalated it.

    A need of tier t that has waited ``escalation_days[t]`` days or more counts in tier t - 1, and the days beyond
    those count there. Without escalation it is the tier as given.
    """
    tiers = needs.tier.copy()
    waited = needs.waiting.copy()
    for tier in range(len(policy.escalation_days) - 1, 0, -1):
        days = policy.escalation_days[tier]
        if days is None:
            continue
        rises = (tiers == tier) & (waited >= days)
        tiers[rises] -= 1
        waited[rises] -= days
    return tiers


def needs_in_order(needs: Needs, tiers: Ints) -> Ints:
    """Rows of the needs, first to be helped first: counted tier, then longest waiting, then id (row)."""
    return np.lexsort((-needs.waiting, tiers)).astype(np.int64)

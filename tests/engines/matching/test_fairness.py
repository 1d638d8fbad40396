"""Fairness decides who within a tier, and takes no unit from the tier."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from tadamun.engines import matching
from tests.engines.matching.worlds import Ask, Give, taken, verdict, world

FAIR = matching.Policy(fair=True)
ENOUGH = 40  # units below which a community's rate says little


def rates(instance, result):
    by_tier = defaultdict(list)
    for each in matching.spread_of(instance=instance, met=result.met, policy=result.certificate.policy):
        if each.asked >= ENOUGH:
            by_tier[each.tier].append(each.rate)
    return by_tier


def test_two_communities_share_what_one_would_have_taken():
    asks = [Ask(0, waiting=9, community=1)] * 4 + [Ask(0, waiting=1, community=2)] * 4
    instance = world(asks, [Give(0, quantity=4)])

    strict, fair = matching.solve(instance=instance), matching.solve(instance=instance, policy=FAIR)

    assert strict.met.tolist() == [1, 1, 1, 1, 0, 0, 0, 0]
    assert fair.met.tolist() == [1, 1, 0, 0, 1, 1, 0, 0]
    assert verdict(instance, fair) == []


def test_within_a_community_the_order_holds():
    asks = [Ask(0, waiting=1, community=1), Ask(0, waiting=8, community=1), Ask(0, waiting=8, community=2)]
    instance = world(asks, [Give(0, quantity=2)])

    assert taken(matching.solve(instance=instance, policy=FAIR)) == [(1, 0, 1), (2, 0, 1)]


def test_a_milder_tier_never_goes_before_for_fairness():
    asks = [Ask(0, tier=0, community=1), Ask(0, tier=1, community=2)]

    assert matching.solve(instance=world(asks, [Give(0)]), policy=FAIR).met.tolist() == [1, 0]


@pytest.mark.parametrize("seed", range(8))
def test_tier_totals_are_identical_and_the_spread_is_not_worse(seed):
    instance = matching.draw_instance(needs=2500, seed=seed, divisible=0.8 if seed % 2 else 1.0)

    strict, fair = matching.solve(instance=instance), matching.solve(instance=instance, policy=FAIR)

    assert fair.figures.units_met_by_tier == strict.figures.units_met_by_tier
    before, after = rates(instance, strict), rates(instance, fair)
    # The severest tier is shared out first, so nothing above it can disturb the comparison.
    step = 1 / FAIR.fair_step + 1 / ENOUGH
    assert min(after[0]) >= min(before[0]) - step
    assert np.std(after[0]) <= np.std(before[0]) + step
    assert verdict(instance, fair) == []


def test_fairness_moves_help_to_the_least_served():
    # One community sits where all the offers are, the other a little way off and waits less.
    asks = [Ask(at / 10, waiting=20, community=1) for at in range(60)]
    asks += [Ask(5 + at / 10, waiting=3, community=2) for at in range(60)]
    instance = world(asks, [Give(1, quantity=60)])

    fair = rates(instance, matching.solve(instance=instance, policy=FAIR))[1]

    assert fair == [0.5, 0.5]


def test_a_coarser_step_is_still_proven():
    instance = matching.draw_instance(needs=1200, seed=4)

    for step in (1, 7, 100_000):
        result = matching.solve(instance=instance, policy=matching.Policy(fair=True, fair_step=step))
        assert verdict(instance, result) == []

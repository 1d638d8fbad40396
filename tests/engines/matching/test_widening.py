"""Widening: whoever is stuck in a full neighbourhood looks farther, within reach."""

from __future__ import annotations

import numpy as np
import pytest

from tadamun.engines import matching
from tests.engines.matching.worlds import Ask, Give, taken, verdict, world

NARROW = matching.Policy(complete_pairs=0, nearest=(1,))
WIDE = matching.Policy(complete_pairs=0, nearest=(1,), widen=True, widen_by=2)


def test_a_need_finds_the_free_offer_behind_the_taken_ones():
    instance = world([Ask(0, tier=0), Ask(0, tier=1)], [Give(1), Give(5)])

    narrow, wide = (matching.solve(instance=instance, policy=policy) for policy in (NARROW, WIDE))

    assert taken(narrow) == [(0, 0, 1)]
    assert wide.met.tolist() == [1, 1]
    assert verdict(instance, narrow) == verdict(instance, wide) == []
    beyond = matching.explain(instance=instance, result=narrow)[1]
    assert beyond.params["open_offer_beyond_km"] == 5.0


def test_widening_never_goes_beyond_an_offers_reach():
    instance = world([Ask(0, tier=0), Ask(0, tier=1)], [Give(1), Give(5, reach=4)])

    assert matching.solve(instance=instance, policy=WIDE).met.tolist() == [1, 0]


@pytest.mark.parametrize("seed", range(4))
def test_widening_reaches_the_most_units_any_plan_could_give(seed):
    instance = matching.draw_instance(needs=3000, seed=seed, divisible=1.0)
    narrow = matching.Policy(complete_pairs=0, nearest=(2,))
    wide = matching.Policy(complete_pairs=0, nearest=(2,), widen=True, widen_by=3)

    less, more, most = (
        matching.solve(instance=instance, policy=policy) for policy in (narrow, wide, matching.Policy())
    )

    assert less.figures.units_met < more.figures.units_met == most.figures.units_met
    part = more.certificate.parts[0]
    assert part.saturated
    assert len(part.widened) > 0
    assert verdict(instance, more) == []


def test_widening_and_fairness_go_together():
    instance = matching.draw_instance(needs=2000, seed=9)
    policy = matching.Policy(
        complete_pairs=0, nearest=(3,), widen=True, fair=True, escalation_days=(None, 10, 20)
    )

    result = matching.solve(instance=instance, policy=policy)

    assert verdict(instance, result) == []
    assert np.all(result.met <= instance.needs.quantity)

"""What holds for any instance, however odd."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tadamun.engines import matching
from tests.engines.matching.oracle import best_flow, feasible_pairs
from tests.engines.matching.worlds import Ask, Give, verdict, world

WINDOWS = st.sampled_from([(matching.OPEN_FROM, matching.OPEN_UNTIL), (0, 5), (5, 9), (6, 6)])
ASKS = st.lists(
    st.builds(
        Ask,
        at=st.integers(0, 12),
        quantity=st.integers(1, 6),
        tier=st.integers(0, 2),
        waiting=st.integers(0, 40),
        community=st.integers(0, 2),
        category=st.integers(0, 1),
        window=WINDOWS,
        requires=st.integers(0, 3),
    ),
    max_size=14,
)
GIVES = st.lists(
    st.builds(
        Give,
        at=st.integers(0, 12),
        quantity=st.integers(0, 7),
        reach=st.sampled_from([0.0, 2.0, 5.5, 30.0]),
        divisible=st.booleans(),
        category=st.integers(0, 1),
        window=WINDOWS,
        provides=st.integers(0, 3),
    ),
    max_size=14,
)
POLICIES = st.builds(
    matching.Policy,
    escalation_days=st.sampled_from([(), (None, 10, 20)]),
    fair=st.booleans(),
    fair_step=st.sampled_from([1, 3, 200]),
    widen=st.booleans(),
    widen_by=st.integers(1, 3),
    nearest=st.sampled_from([(64, 16), (2, 1), (1,)]),
    complete_pairs=st.sampled_from([0, 1000]),
)
ODD = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@ODD
@given(asks=ASKS, gives=GIVES, policy=POLICIES)
def test_every_result_stands_before_the_checker(asks, gives, policy):
    instance = world(asks, gives)

    result = matching.solve(instance=instance, policy=policy)

    assert verdict(instance, result) == []
    again = matching.certificate_from_json(result.certificate.to_json())
    assert not matching.check(instance=instance, matches=result.matches, certificate=again)


@ODD
@given(asks=ASKS, gives=GIVES)
def test_shared_offers_are_given_out_as_well_as_can_be(asks, gives):
    instance = world(asks, [Give(**(vars(give) | {"divisible": True})) for give in gives])
    needs = instance.needs
    rank = np.empty(len(needs), np.int64)
    rank[np.lexsort((np.arange(len(needs)), -needs.waiting, needs.tier))] = np.arange(len(needs))

    result = matching.solve(instance=instance)

    pairs = feasible_pairs(instance, divisible=True)
    met, steps = (
        best_flow(pairs, asked=needs.quantity, given=instance.offers.quantity, rank=rank)
        if len(pairs[0])
        else (np.zeros(len(needs), np.int64), 0)
    )
    assert result.met.tolist() == met.tolist()
    assert result.figures.distance_steps == steps


@ODD
@given(asks=ASKS, gives=GIVES, step=st.sampled_from([1, 2, 200]))
def test_fairness_takes_no_unit_from_a_tier(asks, gives, step):
    instance = world(asks, gives)

    strict = matching.solve(instance=instance)
    fair = matching.solve(instance=instance, policy=matching.Policy(fair=True, fair_step=step))

    assert strict.figures.units_met_by_tier == fair.figures.units_met_by_tier


@ODD
@given(asks=ASKS, gives=GIVES, more=st.builds(Give, at=st.integers(0, 12), quantity=st.integers(1, 5)))
def test_another_shared_offer_never_leaves_the_first_in_line_with_less(asks, gives, more):
    gives = [Give(**(vars(give) | {"divisible": True})) for give in gives]
    before = matching.solve(instance=world(asks, gives))
    after = matching.solve(instance=world(asks, [*gives, more]))

    order = np.lexsort((np.arange(len(asks)), [-ask.waiting for ask in asks], [ask.tier for ask in asks]))
    assert before.met[order].tolist() <= after.met[order].tolist()
    assert before.figures.units_met <= after.figures.units_met

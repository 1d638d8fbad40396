"""A plan that stands serves, after every change, whom a new round would serve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.engines import matching
from tests.engines.matching.test_properties import ASKS, GIVES, ODD
from tests.engines.matching.worlds import Ask, Give, world

ESCALATING = matching.Policy(escalation_days=(None, 10, 20))
DEEDS = st.lists(
    st.tuples(st.sampled_from(["need", "offer", "fewer", "confirm"]), st.integers(0, 13), st.integers(0, 9)),
    max_size=25,
)


def anew(asks: list[Ask], present: list[bool], gives: list[Give], given_now: list[int]) -> list[int]:
    """By need, what a new round over those present serves."""
    rows = [row for row, here in enumerate(present) if here]
    met = np.zeros(len(asks), np.int64)
    if rows:
        instance = world(
            [asks[row] for row in rows],
            [replace(give, quantity=units) for give, units in zip(gives, given_now, strict=True)],
        )
        met[rows] = matching.solve(instance=instance, policy=ESCALATING).met
    return met.tolist()


def flags(present: list[bool]) -> np.ndarray:
    return ~np.array(present, np.bool_)


@ODD
@given(asks=ASKS, gives=GIVES, deeds=DEEDS, start=st.lists(st.booleans(), min_size=28, max_size=28))
def test_serves_after_every_change_whom_a_new_round_would_serve(asks, gives, deeds, start):
    here = start[: len(asks)]
    open_now = [each.quantity if start[14 + row] and each.quantity else 0 for row, each in enumerate(gives)]
    standing = matching.Standing(
        instance=world(asks, gives),
        policy=ESCALATING,
        absent_needs=flags(here),
        absent_offers=~np.array(open_now, np.bool_),
    )
    assert standing.met().tolist() == anew(asks, here, gives, open_now)

    for deed, row, units in deeds:
        if deed == "need" and row < len(asks):
            (standing.withdraw if here[row] else standing.admit)(row)
            here[row] = not here[row]
        elif deed == "offer" and row < len(gives):
            open_now[row] = 0 if open_now[row] else gives[row].quantity
            (standing.open_offer if open_now[row] else standing.close_offer)(row)
        elif deed == "fewer" and row < len(gives) and gives[row].divisible and gives[row].quantity:
            open_now[row] = units
            standing.change_offer(row, units)
        else:
            continue
        assert standing.met().tolist() == anew(asks, here, gives, open_now)
        assert adds_up(standing, asks, open_now)


def adds_up(standing: matching.Standing, asks: list[Ask], given_now: list[int]) -> bool:
    """No need gets more than it asked, no offer gives more than it has, and matches are what is met."""
    plan = standing.matches()
    met = np.bincount(plan.need, weights=plan.quantity, minlength=len(asks))
    given = np.bincount(plan.offer, weights=plan.quantity, minlength=len(given_now))
    return met.tolist() == standing.met().tolist() and all(given <= given_now) and (plan.quantity > 0).all()


@ODD
@given(asks=ASKS, gives=GIVES, chosen=st.lists(st.integers(0, 50), max_size=6))
def test_what_is_agreed_never_moves_and_the_rest_is_as_a_new_round_of_the_rest(asks, gives, chosen):
    gives = [replace(give, divisible=True) for give in gives]
    standing = matching.Standing(instance=world(asks, gives), policy=ESCALATING)
    wanted, left = [ask.quantity for ask in asks], [give.quantity for give in gives]
    for pick in chosen:
        plan = standing.matches()
        if not len(plan):
            break
        at = pick % len(plan)
        need, offer = int(plan.need[at]), int(plan.offer[at])
        agreed = standing.confirm(need, offer)
        assert agreed == plan.quantity[at]
        wanted[need] -= agreed
        left[offer] -= agreed
        assert standing.confirm(need, offer) == 0

    rest = [replace(ask, quantity=units or 1) for ask, units in zip(asks, wanted, strict=True)]
    assert standing.met().tolist() == anew(rest, [units > 0 for units in wanted], gives, left)


@ODD
@given(asks=ASKS, gives=GIVES)
def test_goes_on_from_any_plan_and_ends_with_the_best_one(asks, gives):
    instance = world(asks, gives)
    reversed_order = [replace(ask, tier=2 - ask.tier, waiting=40 - ask.waiting) for ask in asks]
    poor = matching.solve(instance=world(reversed_order, gives)).matches

    standing = matching.Standing(instance=instance, policy=ESCALATING, matches=poor)

    assert standing.met().tolist() == anew(asks, [True] * len(asks), gives, [g.quantity for g in gives])


def test_a_good_plan_is_left_as_it_is():
    instance = matching.draw_instance(needs=400, seed=3, divisible=0.8)
    result = matching.solve(instance=instance)

    standing = matching.Standing(instance=instance, matches=result.matches)

    assert standing.matches().digest() == result.matches.digest()


def test_a_newcomer_moves_a_neighbour_over_instead_of_waiting():
    # The kitchen nearby is taken; who uses it can be led to the far one, which the newcomer cannot reach.
    asks = [Ask(at=0, tier=2), Ask(at=1, tier=0)]
    gives = [Give(at=1, reach=2.0), Give(at=-3, reach=3.0)]
    standing = matching.Standing(
        instance=world(asks, gives),
        absent_needs=np.array([False, True]),
        absent_offers=np.array([False, True]),
    )
    assert standing.matches().offer.tolist() == [0]

    standing.open_offer(1)
    standing.admit(1)

    plan = standing.matches()
    assert list(zip(plan.need.tolist(), plan.offer.tolist(), strict=True)) == [(0, 1), (1, 0)]


def test_insertions_one_by_one_end_with_the_set_of_the_batch_over_nearest_offers():
    instance = matching.draw_instance(needs=3_000, seed=11, divisible=1.0)
    policy = matching.Policy(complete_pairs=0)
    late = np.zeros(3_000, np.bool_)
    late[np.random.default_rng(1).choice(3_000, 400, replace=False)] = True
    standing = matching.Standing(instance=instance, policy=policy, absent_needs=late)

    for need in np.flatnonzero(late).tolist():
        standing.admit(need)

    assert (standing.met() == matching.solve(instance=instance, policy=policy).met).all()


@pytest.mark.parametrize("policy", [matching.Policy(fair=True), matching.Policy(widen=True)])
def test_refuses_what_only_a_round_can_give(policy):
    with pytest.raises(matching.InvalidPolicy) as refused:
        matching.Standing(instance=world([Ask(at=0)], [Give(at=0)]), policy=policy)
    assert refused.value.params["reason"] == "only_in_a_round"


def test_refuses_a_negative_quantity():
    standing = matching.Standing(instance=world([Ask(at=0)], [Give(at=0)]))
    with pytest.raises(matching.InvalidInstance):
        standing.change_offer(0, -1)

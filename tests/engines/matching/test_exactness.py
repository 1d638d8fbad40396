"""The plan is the best there is: against a general solver on random instances drawn from real places."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack

from tadamun.engines import matching
from tests.engines.matching.oracle import best_flow, feasible_pairs, nearest_only
from tests.engines.matching.worlds import verdict

SIZES = [(300, seed) for seed in range(22)] + [(1000, seed) for seed in range(8)] + [(3000, 1), (10_000, 2)]


def expected(instance, limits=None):
    """What every need gets of whole and of shared offers, and both distances, by the oracle."""
    needs, offers = instance.needs, instance.offers
    order = np.lexsort((np.arange(len(needs)), -needs.waiting, needs.tier))
    rank = np.empty(len(needs), np.int64)
    rank[order] = np.arange(len(needs))
    whole = feasible_pairs(instance, divisible=False)
    shared = feasible_pairs(instance, divisible=True)
    if limits is not None:
        whole, shared = nearest_only(whole, limits), nearest_only(shared, limits)
    one = np.ones(len(needs), np.int64)
    chosen, whole_steps = best_flow(whole, asked=one, given=np.where(offers.divisible, 0, 1), rank=rank)
    rest = np.where(chosen > 0, 0, needs.quantity)
    got, steps = best_flow(
        shared, asked=rest, given=np.where(offers.divisible, offers.quantity, 0), rank=rank
    )
    return chosen * needs.quantity + got, whole_steps + steps


@pytest.mark.parametrize(("size", "seed"), SIZES)
def test_serves_the_best_vector_at_the_least_distance(size, seed):
    instance = matching.draw_instance(needs=size, seed=seed, divisible=1.0 if seed % 2 else 0.8)

    result = matching.solve(instance=instance)

    met, steps = expected(instance)
    assert (result.met == met).all()
    assert result.figures.distance_steps == steps
    assert verdict(instance, result) == []


@pytest.mark.parametrize("seed", range(6))
def test_is_exact_over_the_nearest_when_lists_are_cut(seed):
    instance = matching.draw_instance(needs=900, seed=seed, divisible=0.7)
    policy = matching.Policy(complete_pairs=0, nearest=(5, 2))

    result = matching.solve(instance=instance, policy=policy)

    met, steps = expected(instance, limits=np.where(instance.needs.tier == 0, 5, 2))
    assert (result.met == met).all()
    assert result.figures.distance_steps == steps
    assert verdict(instance, result) == []


def test_severity_first_costs_no_unit_of_help():
    instance = matching.draw_instance(needs=1500, seed=7, divisible=1.0)
    need, offer, _ = feasible_pairs(instance, divisible=True)
    arcs = np.arange(len(need))
    sums = [csr_matrix((np.ones(len(arcs)), (rows, arcs)), shape=(1500, len(arcs))) for rows in (need, offer)]
    most = linprog(
        -np.ones(len(arcs)),
        A_ub=vstack(sums),
        b_ub=np.concatenate([instance.needs.quantity, instance.offers.quantity]),
    )

    result = matching.solve(instance=instance)

    assert result.figures.units_met == round(-most.fun)


def test_the_same_inputs_give_the_same_result():
    instance = matching.draw_instance(needs=2000, seed=3)

    first = matching.solve(instance=instance)
    second = matching.solve(instance=instance)

    assert first.matches.digest() == second.matches.digest()
    assert first.certificate.to_json() == second.certificate.to_json()

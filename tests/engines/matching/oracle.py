"""An independent exact solver: every feasible pair by brute force, strict ranks as weights, a general solver.

A unit for the need of rank r is worth (needs - r) times more than any detour could cost, so the cheapest flow serves
the lexicographically best vector and then travels least. This works for small instances only: the weights overflow.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from tadamun.engines.matching import Instance

Ints = NDArray[np.int64]


def feasible_pairs(instance: Instance, *, divisible: bool) -> tuple[Ints, Ints, Ints]:
    """Need, offer and decametres of every feasible pair, found by looking at all of them."""
    needs, offers = instance.needs, instance.offers
    found = []
    of_kind = offers.divisible == divisible
    for category in np.unique(needs.category).tolist():
        rows = np.flatnonzero(needs.category == category)
        mine = np.flatnonzero((offers.category == category) & of_kind & (offers.quantity > 0))
        i, j = (side.ravel() for side in np.meshgrid(rows, mine, indexing="ij"))
        dlat = np.radians(offers.lat)[j] - np.radians(needs.lat)[i]
        dlon = np.radians(offers.lon)[j] - np.radians(needs.lon)[i]
        a = np.sin(dlat / 2) ** 2
        a += np.cos(np.radians(needs.lat))[i] * np.cos(np.radians(offers.lat))[j] * np.sin(dlon / 2) ** 2
        km = 2 * 6371.0088 * np.arcsin(np.sqrt(a))
        good = (
            (km <= offers.reach_km[j]) & (needs.start[i] <= offers.end[j]) & (offers.start[j] <= needs.end[i])
        )
        good &= ((needs.requires[i] & offers.provides[j]) == needs.requires[i]).all(axis=1)
        if not divisible:
            good &= offers.quantity[j] >= needs.quantity[i]
        found.append(np.stack([i[good], j[good], np.rint(km[good] * 100).astype(np.int64)]))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    need, offer, steps = np.concatenate(found, axis=1)
    return need, offer, steps


def nearest_only(pairs: tuple[Ints, Ints, Ints], limits: Ints) -> tuple[Ints, Ints, Ints]:
    """The nearest of each need, by decametres, then offer."""
    order = np.lexsort((pairs[1], pairs[2], pairs[0]))
    need = pairs[0][order]
    place = np.arange(len(need)) - np.searchsorted(need, need)
    keep = order[place < limits[need]]
    return pairs[0][keep], pairs[1][keep], pairs[2][keep]


def best_flow(pairs: tuple[Ints, Ints, Ints], *, asked: Ints, given: Ints, rank: Ints) -> tuple[Ints, int]:
    """What every need gets, and the least distance at which it can."""
    need, offer, steps = pairs
    needs, offers = len(asked), len(given)
    worth = (needs - rank) * (int(steps.max(initial=1)) * (2 * needs + 2))
    sink = needs + offers
    tail = np.concatenate([need, needs + np.arange(offers), np.arange(needs)]).astype(np.int32)
    head = np.concatenate([needs + offer, np.full(offers + needs, sink)]).astype(np.int32)
    room = np.concatenate([np.minimum(asked[need], given[offer]), given, asked])
    cost = np.concatenate([steps - worth[need], np.zeros(offers + needs, np.int64)])
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    supply = np.concatenate([asked, np.zeros(offers, np.int64), [-asked.sum()]])
    solver.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    assert solver.solve() == solver.OPTIMAL
    flow = np.asarray(solver.flows(np.arange(len(need), dtype=np.int32)), np.int64)
    return np.bincount(need, weights=flow, minlength=needs).astype(np.int64), int((flow * steps).sum())

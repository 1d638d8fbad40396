"""Rivals of the matching engine: three general solvers, and the obvious way.

The solvers minimise distance plus a penalty for every unit not served, so large by tier that no detour outweighs it;
they know tiers but not waiting, which makes their problem the easier one. Each returns what flows on every arc and the
seconds of its solve on the ready graph.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tadamun.engines.jit import njit
from tadamun.engines.matching.graph import Ints32
from tadamun.engines.matching.instance import Ints

_CHAIN: Final = 32
"""The penalty outweighs a chain of so many longest detours; units by tier show whether that was enough."""

Solved = tuple[NDArray[np.int64], float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Market:
    """A graph of arcs sorted by need, then distance, with units asked and given, tiers, and the order of needs."""

    need: Ints32
    offer: Ints32
    steps: Ints32
    first: Ints
    asked: Ints
    given: Ints
    tier: Ints
    order: Ints

    def penalties(self) -> Ints:
        """By need, what a unit not served costs, in decametres."""
        far = int(self.steps.max(initial=1)) * _CHAIN
        penalties: Ints = far * (int(self.tier.max(initial=0)) + 1 - self.tier)
        return penalties


def is_installed(name: str) -> bool:
    """Whether a rival can be asked."""
    return name == "greedy" or importlib.util.find_spec(name) is not None


def solve_with_ortools(market: Market) -> Solved:
    """OR-Tools' cost-scaling push-relabel."""
    from ortools.graph.python import min_cost_flow

    needs, offers, arcs = len(market.asked), len(market.given), len(market.need)
    sink = needs + offers
    solver = min_cost_flow.SimpleMinCostFlow()
    tail = np.concatenate([market.need, needs + np.arange(offers), np.arange(needs)]).astype(np.int32)
    head = np.concatenate([needs + market.offer, np.full(offers + needs, sink)]).astype(np.int32)
    room = np.concatenate(
        [np.minimum(market.asked[market.need], market.given[market.offer]), market.given, market.asked]
    )
    cost = np.concatenate([market.steps, np.zeros(offers, np.int64), market.penalties()])
    supply = np.concatenate([market.asked, np.zeros(offers, np.int64), [-market.asked.sum()]])
    solver.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    solver.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    begun = time.perf_counter()
    status = solver.solve()
    seconds = time.perf_counter() - begun
    if status != solver.OPTIMAL:
        raise RuntimeError(f"ortools: {status}")
    return np.asarray(solver.flows(np.arange(arcs, dtype=np.int32)), np.int64), seconds


def solve_with_networkx(market: Market) -> Solved:
    """networkx's network simplex."""
    import networkx

    graph = networkx.DiGraph()
    for need, units in enumerate(market.asked.tolist()):
        graph.add_node(("need", need), demand=-units)
    graph.add_node("sink", demand=int(market.asked.sum()))
    for need, offer, steps in zip(
        market.need.tolist(), market.offer.tolist(), market.steps.tolist(), strict=True
    ):
        graph.add_edge(("need", need), ("offer", offer), weight=steps)
    for offer, units in enumerate(market.given.tolist()):
        graph.add_edge(("offer", offer), "sink", capacity=units, weight=0)
    for need, penalty in enumerate(market.penalties().tolist()):
        graph.add_edge(("need", need), "sink", weight=penalty)
    begun = time.perf_counter()
    _, flow = networkx.network_simplex(graph)
    seconds = time.perf_counter() - begun
    units = [
        flow[("need", need)][("offer", offer)]
        for need, offer in zip(market.need.tolist(), market.offer.tolist(), strict=True)
    ]
    return np.array(units, np.int64), seconds


def solve_with_pulp(market: Market) -> Solved:
    """PuLP's linear program, solved by CBC."""
    import pulp

    program = pulp.LpProblem("matching", pulp.LpMinimize)
    arcs = [pulp.LpVariable(f"x{arc}", 0) for arc in range(len(market.need))]
    reward = (market.steps - market.penalties()[market.need]).tolist()
    program += pulp.LpAffineExpression(zip(arcs, reward, strict=True))
    for sums, limits in ((market.need, market.asked), (market.offer, market.given)):
        members: list[list[pulp.LpVariable]] = [[] for _ in range(len(limits))]
        for variable, at in zip(arcs, sums.tolist(), strict=True):
            members[at].append(variable)
        for variables, limit in zip(members, limits.tolist(), strict=True):
            if variables:
                program += pulp.LpAffineExpression((variable, 1) for variable in variables) <= limit
    begun = time.perf_counter()
    program.solve(pulp.PULP_CBC_CMD(msg=False))
    seconds = time.perf_counter() - begun
    if pulp.LpStatus[program.status] != "Optimal":
        raise RuntimeError(f"pulp: {pulp.LpStatus[program.status]}")
    return np.rint([variable.value() or 0 for variable in arcs]).astype(np.int64), seconds


@njit(cache=True, nogil=True)
def _take_nearest(first, offer, asked, given, order, flow):  # type: ignore[no-untyped-def]
    for need in order:
        wanted = asked[need]
        for arc in range(first[need], first[need + 1]):
            units = min(wanted, given[offer[arc]])
            flow[arc] = units
            given[offer[arc]] -= units
            wanted -= units


def solve_greedily(market: Market) -> Solved:
    """Every need in its order takes its nearest offers with something left."""
    flow = np.zeros(len(market.need), np.int64)
    none = np.zeros(0, np.int64)
    _take_nearest(market.first, market.offer, market.asked, market.given.copy(), none, flow)
    begun = time.perf_counter()
    _take_nearest(market.first, market.offer, market.asked, market.given.copy(), market.order, flow)
    return flow, time.perf_counter() - begun


SOLVERS: Final[dict[str, Callable[[Market], Solved]]] = {
    "ortools": solve_with_ortools,
    "networkx": solve_with_networkx,
    "pulp": solve_with_pulp,
    "greedy": solve_greedily,
}

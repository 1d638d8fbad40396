"""The numbers a solution is proven by: a cut-off for every offer, a price for every need and offer.

*Cut-offs* are ordinal. The cut-off of an offer is the latest turn that any unit which could be traded for one of its
units was given in; an offer from which something left over can be reached is open. Nobody is left waiting before an
offer with a later cut-off, so nobody is passed over.

*Prices* are the dual values of distance, in decametres. No pair is nearer than the difference of its prices, and pairs
in use are exactly that far, so no other plan that serves the same needs is shorter.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from tadamun.engines.jit import njit
from tadamun.engines.matching.graph import Graph
from tadamun.engines.matching.instance import Ints
from tadamun.engines.matching.paths import FAR, PRICE, STAGE, Net

OPEN: Final = 1 << 60
"""The cut-off of an offer that anyone in reach could still use."""
UNUSED: Final = -1


@njit(cache=True, nogil=True)
def _backwards(first, offer, last, offers):  # type: ignore[no-untyped-def]
    """For every offer the needs in use that could turn to it, in compressed rows."""
    needs = len(first) - 1
    rows = np.zeros(offers + 1, np.int64)
    for need in range(needs):
        if last[need] >= 0:
            for arc in range(first[need], first[need + 1]):
                rows[offer[arc] + 1] += 1
    for at in range(offers):
        rows[at + 1] += rows[at]
    fill = rows[:offers].copy()
    back = np.empty(rows[offers], np.int32)
    for need in range(needs):
        if last[need] >= 0:
            for arc in range(first[need], first[need + 1]):
                back[fill[offer[arc]]] = need
                fill[offer[arc]] += 1
    return rows, back


@njit(cache=True, nogil=True)
def _spread(first, offer, flow, rows, back, cut, seen, stack, size, value):  # type: ignore[no-untyped-def]
    """Give ``value`` to all offers whose users could turn to the offers on the stack."""
    while size > 0:
        size -= 1
        at = stack[size]
        for entry in range(rows[at], rows[at + 1]):
            need = back[entry]
            if seen[need]:
                continue
            seen[need] = True
            for arc in range(first[need], first[need + 1]):
                if flow[arc] > 0 and cut[offer[arc]] == UNUSED:
                    cut[offer[arc]] = value
                    stack[size] = offer[arc]
                    size += 1


@njit(cache=True, nogil=True)
def _cut(first, offer, flow, left, last, latest_first):  # type: ignore[no-untyped-def]
    offers = len(left)
    rows, back = _backwards(first, offer, last, offers)
    cut = np.empty(offers, np.int64)
    cut[:] = UNUSED
    seen = np.zeros(len(first) - 1, np.bool_)
    stack = np.empty(offers + 1, np.int64)
    size = 0
    for at in range(offers):
        if left[at] > 0:
            cut[at] = OPEN
            stack[size] = at
            size += 1
    _spread(first, offer, flow, rows, back, cut, seen, stack, np.int64(size), np.int64(OPEN))
    for need in latest_first:
        size = 0
        for arc in range(first[need], first[need + 1]):
            if flow[arc] > 0 and cut[offer[arc]] == UNUSED:
                cut[offer[arc]] = last[need]
                stack[size] = offer[arc]
                size += 1
        if size > 0:
            _spread(first, offer, flow, rows, back, cut, seen, stack, np.int64(size), last[need])
    return cut


def cutoffs(graph: Graph, net: Net, left: Ints, last: Ints) -> Ints:
    """The cut-off of every offer: a turn, :data:`OPEN`, or -1 for an offer with nothing to give.

    :param last: by need, the turn of its last unit, or -1.
    """
    used = np.flatnonzero(last >= 0)
    latest_first = used[np.argsort(-last[used], kind="stable")]
    cut: Ints = _cut(graph.first, graph.offer, net.flow, left, last, latest_first)
    return cut


@njit(cache=True, nogil=True)
def _lower(first, offer, steps, needs, offers, served, by_stage):  # type: ignore[no-untyped-def]
    """How far each frozen set's prices must sink to hold against the needs that were searched after it froze."""
    sink = np.zeros(len(needs) + len(offers) + 2, np.int64)
    for need in by_stage:
        if served[need] == 0:
            continue
        stage = needs[need, STAGE]
        price = needs[need, PRICE] - sink[stage]
        for arc in range(first[need], first[need + 1]):
            at = offer[arc]
            frozen = offers[at, STAGE]
            if frozen not in (0, stage):
                sink[frozen] = max(sink[frozen], offers[at, PRICE] - steps[arc] - price)
    return sink


@njit(cache=True, nogil=True)
def _idle_prices(first, offer, steps, need_price, offer_price, served):  # type: ignore[no-untyped-def]
    for need in range(len(need_price)):
        if served[need] == 0:
            best = -FAR
            for arc in range(first[need], first[need + 1]):
                best = max(best, offer_price[offer[arc]] - steps[arc])
            need_price[need] = 0 if best == -FAR else best


def prices(graph: Graph, net: Net, served: Ints) -> tuple[Ints, Ints]:
    """Prices that hold on every arc at once, frozen sets included.

    A set that froze keeps its prices from that moment while those searched later go on falling. Nothing leads out of a
    frozen set, so its prices may all sink together; they sink as little as makes the arcs into it hold.

    :returns: prices of needs and of offers, in decametres.
    """
    stage = net.needs[:, STAGE]
    by_stage = np.argsort(-np.where(stage == 0, np.iinfo(np.int64).max, stage), kind="stable")
    sink = _lower(graph.first, graph.offer, graph.steps, net.needs, net.offers, served, by_stage)
    need_price = net.needs[:, PRICE] - sink[stage]
    offer_price = net.offers[:, PRICE] - sink[net.offers[:, STAGE]]
    _idle_prices(graph.first, graph.offer, graph.steps, need_price, offer_price, served)
    return need_price, offer_price

"""Looking farther where a neighbourhood is full: more candidates for those who need them, within the offers' reach.

A need whose nearest offers are all in use, or who competes for such offers, gets its nearest offers that are still
open, and the market is solved again, until nobody finds anything new. Then no plan could give more units in all, over
every feasible pair and not only over the nearest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from tadamun.engines.matching.candidates import nearest_pairs
from tadamun.engines.matching.graph import Graph, Kind, with_more
from tadamun.engines.matching.instance import Ints
from tadamun.engines.matching.layout import Layout
from tadamun.engines.matching.market import Market
from tadamun.engines.matching.proof import OPEN, cutoffs

MOST_ROUNDS: Final = 40


def widen(
    layout: Layout, market: Market, *, kind: Kind, by: int, run: Callable[[Graph], Market]
) -> tuple[Market, Ints, bool]:
    """Add candidates and solve again until nothing is found.

    :param by: how many offers a need gets more at a time.
    :returns: the last market, the pairs added (shape (pairs, 2)) and whether the search ran dry.
    """
    first = market.graph
    mine = layout.instance.offers.divisible == (kind is Kind.SHARED)
    saturated = False
    for _ in range(MOST_ROUNDS):
        cut = cutoffs(market.graph, market.net, market.left, market.last)
        short, live = _held_up(market, cut), np.flatnonzero(mine & (cut == OPEN))
        more = nearest_pairs(layout, kind=kind, needs=short, offers=live, limit=by)
        wider = with_more(market.graph, more)
        if wider.arcs == market.graph.arcs:
            saturated = True
            break
        market = run(wider)
    return market, _added(first, market.graph), saturated


def _held_up(market: Market, cut: Ints) -> Ints:
    """Needs that got less than they asked for, or use an offer that is not open: those who compete."""
    used = np.flatnonzero(market.net.flow)
    closed = used[cut[market.graph.offer[used]] != OPEN]
    users = np.searchsorted(market.graph.first, closed, side="right") - 1
    return np.union1d(np.flatnonzero(market.refused >= 0), users).astype(np.int64)


def _added(before: Graph, after: Graph) -> Ints:
    keys = (after.need_of_arcs().astype(np.int64) << 32) | after.offer
    had = (before.need_of_arcs().astype(np.int64) << 32) | before.offer
    fresh = np.setdiff1d(keys, had, assume_unique=True)
    return np.column_stack([fresh >> 32, fresh & 0xFFFFFFFF])

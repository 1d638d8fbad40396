"""Chains of moves, compiled: what one arrival, departure or change does to a plan that stands.

Units that can be served together are the independent sets of a matroid (a transversal matroid, Edmonds and Fulkerson
1965), and the plan of a round is its best basis in the order of priority. One element more or less changes that basis
by at most one exchange: a new unit finds something left over, or takes the place of the last in order of its circuit,
or is refused; a unit that becomes free goes to the first in order who can be led to it (Oxley, *Matroid Theory*, 2011,
section 1.8). The circuit is what a search from the new need reaches; the chain it moves along is the one of fewest
moves, so that few of the standing proposals change.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tadamun.engines.jit import njit
from tadamun.engines.matching.graph import Graph, Ints32
from tadamun.engines.matching.instance import Ints


class Chains(NamedTuple):
    """A plan on a graph, with its arcs by need (``first``) and by offer (``back_first``, ``back_arc``).

    ``room`` is what a need still asks for, ``left`` what an offer still has, ``turn`` the place of a need in the order
    of priority. The rest is what a search writes on: stamps, the arc each node was reached by, a queue.
    """

    first: Ints
    need: Ints32
    offer: Ints32
    flow: Ints32
    back_first: Ints
    back_arc: Ints32
    room: Ints
    left: Ints
    turn: Ints
    seen_need: Ints
    seen_offer: Ints
    by_need: Ints
    by_offer: Ints
    queue: Ints
    stamp: Ints


def new_chains(graph: Graph, *, turn: Ints, offers: int) -> Chains:
    """An empty plan, in which nothing is asked and nothing is given yet."""
    needs = len(graph.first) - 1
    back_first = np.zeros(offers + 1, np.int64)
    np.cumsum(np.bincount(graph.offer, minlength=offers), out=back_first[1:])
    return Chains(
        first=graph.first,
        need=graph.need_of_arcs(),
        offer=graph.offer,
        flow=np.zeros(graph.arcs, np.int32),
        back_first=back_first,
        back_arc=np.argsort(graph.offer, kind="stable").astype(np.int32),
        room=np.zeros(needs, np.int64),
        left=np.zeros(offers, np.int64),
        turn=turn,
        seen_need=np.zeros(needs, np.int64),
        seen_offer=np.zeros(offers, np.int64),
        by_need=np.zeros(needs, np.int64),
        by_offer=np.zeros(offers, np.int64),
        queue=np.zeros(max(needs, offers) + 1, np.int64),
        stamp=np.zeros(1, np.int64),
    )


@njit(cache=True, nogil=True)
def _reach(c, root):  # type: ignore[no-untyped-def]
    """Search from a need for something left over, fewest moves first.

    :returns: the offer or -1, and how many needs the queue holds; without an offer they are those of the circuit.
    """
    c.stamp[0] += 1
    stamp = c.stamp[0]
    c.seen_need[root] = stamp
    c.queue[0] = root
    count, at = 1, 0
    while at < count:
        need = c.queue[at]
        at += 1
        for arc in range(c.first[need], c.first[need + 1]):
            offer = c.offer[arc]
            if c.seen_offer[offer] == stamp:
                continue
            c.seen_offer[offer] = stamp
            c.by_offer[offer] = arc
            if c.left[offer] > 0:
                return offer, count
            for slot in range(c.back_first[offer], c.back_first[offer + 1]):
                other = c.back_arc[slot]
                user = c.need[other]
                if c.flow[other] > 0 and c.seen_need[user] != stamp:
                    c.seen_need[user] = stamp
                    c.by_need[user] = other
                    c.queue[count] = user
                    count += 1
    return -1, count


@njit(cache=True, nogil=True)
def _send(c, root, end, limit):  # type: ignore[no-untyped-def]
    """Move what fits, at most ``limit`` units, along the chain that the search found from ``root`` to ``end``."""
    units = min(limit, c.room[root], c.left[end])
    need = c.need[c.by_offer[end]]
    while need != root:
        units = min(units, c.flow[c.by_need[need]])
        need = c.need[c.by_offer[c.offer[c.by_need[need]]]]
    at = end
    while True:
        arc = c.by_offer[at]
        c.flow[arc] += units
        need = c.need[arc]
        if need == root:
            break
        c.flow[c.by_need[need]] -= units
        at = c.offer[c.by_need[need]]
    c.left[end] -= units
    c.room[root] -= units
    return units


@njit(cache=True, nogil=True)
def serve(c, root):  # type: ignore[no-untyped-def]
    """Serve a need as far as its place in the order allows, at the cost only of those after it."""
    while c.room[root] > 0:
        end, count = _reach(c, root)
        if end >= 0:
            _send(c, root, end, c.room[root])
            continue
        worst = -1
        for at in range(1, count):
            need = c.queue[at]
            if worst < 0 or c.turn[need] > c.turn[worst]:
                worst = need
        if worst < 0 or c.turn[worst] <= c.turn[root]:
            break
        arc = c.by_need[worst]
        end = c.offer[arc]
        # What the chain can carry is freed and passed on at once: never a unit more.
        taken = c.flow[arc]
        c.flow[arc] = 0
        c.left[end] += taken
        kept = taken - _send(c, root, end, taken)
        c.flow[arc] += kept
        c.left[end] -= kept
        c.room[worst] += taken - kept


@njit(cache=True, nogil=True)
def serve_all(c, order):  # type: ignore[no-untyped-def]
    """Make any plan the best one: every need in the order of priority takes what is due to it."""
    for need in order:
        serve(c, need)


@njit(cache=True, nogil=True)
def _first_in_line(c, target):  # type: ignore[no-untyped-def]
    """Search backwards from an offer for the need, first in order, that could be led to it; -1 when there is none."""
    c.stamp[0] += 1
    stamp = c.stamp[0]
    c.seen_offer[target] = stamp
    c.queue[0] = target
    count, at, best = 1, 0, -1
    while at < count:
        offer = c.queue[at]
        at += 1
        for slot in range(c.back_first[offer], c.back_first[offer + 1]):
            arc = c.back_arc[slot]
            need = c.need[arc]
            if c.seen_need[need] == stamp:
                continue
            c.seen_need[need] = stamp
            c.by_need[need] = arc
            if c.room[need] > 0 and (best < 0 or c.turn[need] < c.turn[best]):
                best = need
            for own in range(c.first[need], c.first[need + 1]):
                before = c.offer[own]
                if c.flow[own] > 0 and c.seen_offer[before] != stamp:
                    c.seen_offer[before] = stamp
                    c.by_offer[before] = own
                    c.queue[count] = before
                    count += 1
    return best


@njit(cache=True, nogil=True)
def hand_out(c, target):  # type: ignore[no-untyped-def]
    """Give what an offer has left to those first in order who can be led to it."""
    while c.left[target] > 0:
        root = _first_in_line(c, target)
        if root < 0:
            break
        units = min(c.room[root], c.left[target])
        at = c.offer[c.by_need[root]]
        while at != target:
            units = min(units, c.flow[c.by_offer[at]])
            at = c.offer[c.by_need[c.need[c.by_offer[at]]]]
        c.flow[c.by_need[root]] += units
        at = c.offer[c.by_need[root]]
        while at != target:
            own = c.by_offer[at]
            c.flow[own] -= units
            need = c.need[own]
            c.flow[c.by_need[need]] += units
            at = c.offer[c.by_need[need]]
        c.room[root] -= units
        c.left[target] -= units


@njit(cache=True, nogil=True)
def give_up(c, need, units):  # type: ignore[no-untyped-def]
    """Let a need ask for so many units fewer, its farthest first; each goes to the first in order it can be led to."""
    c.room[need] -= units
    while c.room[need] < 0:
        arc = c.first[need + 1] - 1
        while c.flow[arc] == 0:
            arc -= 1
        freed = min(-c.room[need], np.int64(c.flow[arc]))
        c.flow[arc] -= freed
        c.room[need] += freed
        c.left[c.offer[arc]] += freed
        hand_out(c, c.offer[arc])


@njit(cache=True, nogil=True)
def take_back(c, offer, units):  # type: ignore[no-untyped-def]
    """Let an offer give so many units fewer: what is left first, then its users' last in order, who look elsewhere."""
    spare = min(units, c.left[offer])
    c.left[offer] -= spare
    units -= spare
    losers = np.empty(c.back_first[offer + 1] - c.back_first[offer], np.int64)
    lost = 0
    while units > 0:
        worst = -1
        for slot in range(c.back_first[offer], c.back_first[offer + 1]):
            arc = c.back_arc[slot]
            if c.flow[arc] > 0 and (worst < 0 or c.turn[c.need[arc]] > c.turn[c.need[worst]]):
                worst = arc
        taken = min(units, np.int64(c.flow[worst]))
        c.flow[worst] -= taken
        c.room[c.need[worst]] += taken
        units -= taken
        losers[lost] = c.need[worst]
        lost += 1
    for at in range(lost - 1, -1, -1):
        serve(c, losers[at])

"""Shortest augmenting paths, compiled: serve one need more without taking anything from those before it.

The method is successive shortest paths with potentials (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, chapter 9),
one need at a time in the order of priority. Each insertion is one Dijkstra search on reduced distances, which stops at
the nearest offer with something left and changes only the prices of what it visited. When no such offer can be reached
the visited set is a Hall set: its offers are all in use by its needs, now and for ever after, so it is frozen with the
number of its stage and never searched again. What can be served this way is a polymatroid, so the greedy order is
exact (Edmonds 1970): whoever comes first in the order gets all that any plan could give them.

Invariants after every insertion: ``steps + need_price - offer_price >= 0`` on arcs between nodes that are not frozen,
``= 0`` where something flows; ``offer_price <= 0``, and ``= 0`` where something is left.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadamun.engines.jit import njit
from tadamun.engines.matching.graph import Graph, Ints32
from tadamun.engines.matching.instance import Ints

FAR = np.int64(1 << 60)


# Columns of the two tables. What a search asks of one node lies in one line of memory.
PRICE: Final = 0
ROOM: Final = 1  # of a need: units still asked for; of an offer: units left
STAGE: Final = 2  # 0, or the number of the Hall set the node froze with
SEEN: Final = (
    3  # the stamp of the last search that reached the node; the next three count only in that search
)
AWAY: Final = 4  # distance from the root
BY: Final = 5  # the arc it was reached by
FROM: Final = 6  # of an offer: the need it was reached from
USERS: Final = 7  # of an offer: how many needs use it
_COLUMNS: Final = 8


class Net(NamedTuple):
    """A standing solution: arcs, what flows on them, a table of needs, one of offers, and each offer's users.

    Users stand in slots, at most one a unit and one an arc of the offer, so that a search looks backwards only at those
    who use it and not at everyone who might have.
    """

    first: Ints
    offer: Ints32
    steps: Ints32
    flow: Ints32
    needs: Ints
    offers: Ints
    slot_first: Ints
    slot_arc: Ints32
    slot_need: Ints32


def new_net(graph: Graph, asked: Ints, given: Ints) -> Net:
    """An empty solution on a graph, for units asked and given."""
    slots = np.zeros(len(given) + 1, np.int64)
    np.cumsum(np.minimum(given, np.bincount(graph.offer, minlength=len(given))), out=slots[1:])
    needs, offers = np.zeros((len(asked), _COLUMNS), np.int64), np.zeros((len(given), _COLUMNS), np.int64)
    needs[:, PRICE] = -FAR
    needs[:, ROOM] = asked
    offers[:, ROOM] = given
    return Net(
        first=graph.first,
        offer=graph.offer,
        steps=graph.steps,
        flow=np.zeros(graph.arcs, np.int32),
        needs=needs,
        offers=offers,
        slot_first=slots,
        slot_arc=np.zeros(int(slots[-1]), np.int32),
        slot_need=np.zeros(int(slots[-1]), np.int32),
    )


@njit(cache=True, nogil=True)
def heap_push(keys, values, size, key, value):  # type: ignore[no-untyped-def]
    """Add an entry to a binary heap of ``size`` entries; returns the new size."""
    at = size
    while at > 0:
        up = (at - 1) >> 1
        if keys[up] <= key:
            break
        keys[at] = keys[up]
        values[at] = values[up]
        at = up
    keys[at] = key
    values[at] = value
    return size + 1


@njit(cache=True, nogil=True)
def heap_drop(keys, values, size):  # type: ignore[no-untyped-def]
    """Take the first entry off a binary heap; returns the new size."""
    size -= 1
    key = keys[size]
    value = values[size]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= size:
            break
        if down + 1 < size and keys[down + 1] < keys[down]:
            down += 1
        if keys[down] >= key:
            break
        keys[at] = keys[down]
        values[at] = values[down]
        at = down
    keys[at] = key
    values[at] = value
    return size


@njit(cache=True, nogil=True)
def _shift(net, arc, need, units):  # type: ignore[no-untyped-def]
    """Let so many units more (or, negative, fewer) flow on an arc, and keep the offer's list of users."""
    offer = net.offer[arc]
    before = net.flow[arc]
    net.flow[arc] = before + units
    start = net.slot_first[offer]
    if before == 0:
        slot = start + net.offers[offer, USERS]
        net.slot_arc[slot] = arc
        net.slot_need[slot] = need
        net.offers[offer, USERS] += 1
    elif before + units == 0:
        net.offers[offer, USERS] -= 1
        last = start + net.offers[offer, USERS]
        slot = start
        while net.slot_arc[slot] != arc:
            slot += 1
        net.slot_arc[slot] = net.slot_arc[last]
        net.slot_need[slot] = net.slot_need[last]


@njit(cache=True, nogil=True)
def _send(net, need, end, limit):  # type: ignore[no-untyped-def]
    """Send what fits along the path found, from ``need`` to the offer ``end``."""
    units = min(net.needs[need, ROOM], limit, net.offers[end, ROOM])
    at = end
    while net.offers[at, FROM] != need:
        back = net.needs[net.offers[at, FROM], BY]
        units = min(units, net.flow[back])
        at = net.offer[back]
    at = end
    while True:
        user = net.offers[at, FROM]
        _shift(net, net.offers[at, BY], user, units)
        if user == need:
            break
        back = net.needs[user, BY]
        _shift(net, back, user, -units)
        at = net.offer[back]
    net.offers[end, ROOM] -= units
    net.needs[need, ROOM] -= units
    return units


@njit(cache=True, nogil=True)
def _freeze(net, visited, count, stage):  # type: ignore[no-untyped-def]
    needs = len(net.needs)
    for at in range(count):
        node = visited[at]
        if node < needs:
            net.needs[node, STAGE] = stage
        else:
            net.offers[node - needs, STAGE] = stage


@njit(cache=True, nogil=True)
def _reprice(net, visited, count, best):  # type: ignore[no-untyped-def]
    needs = len(net.needs)
    for at in range(count):
        node = visited[at]
        if node < needs:
            if net.needs[node, AWAY] < best:
                net.needs[node, PRICE] -= best - net.needs[node, AWAY]
        elif net.offers[node - needs, AWAY] < best:
            net.offers[node - needs, PRICE] -= best - net.offers[node - needs, AWAY]


@njit(cache=True, nogil=True)
def _search(net, root, stamp, keys, values, visited):  # type: ignore[no-untyped-def]  # noqa: C901, PLR0912, PLR0915
    """Find the nearest offer with something left, by reduced distance.

    Only offers stand in the heap: an offer's users are as far as the offer itself, because what flows is tight, so
    they are looked at as soon as it is taken off. The loop stands in one piece because calls from inside it, which
    count references to every table, make it a third slower.

    :returns: that offer or -1, its distance, how many nodes were visited, and the heap's arrays (they may have grown).
    """
    needs = len(net.needs)
    size, count, best, end = 0, 0, FAR, -1
    net.needs[root, SEEN] = stamp
    net.needs[root, AWAY] = 0
    visited[0] = root
    count, scanned = 1, 0
    near = np.int64(0)
    while True:
        # Needs among the visited that were not looked through yet; all of them are at distance ``near``.
        while scanned < count and best > near:
            user = visited[scanned]
            scanned += 1
            if user >= needs:
                continue
            begin, stop = net.first[user], net.first[user + 1]
            if size + (stop - begin) > len(keys):
                more = 2 * len(keys) + (stop - begin)
                grown_keys, grown_values = np.empty(more, np.int64), np.empty(more, np.int64)
                # Entry by entry: assigning slices would compile numba's wording of a shape error, two seconds' work.
                for at in range(size):
                    grown_keys[at], grown_values[at] = keys[at], values[at]
                keys, values = grown_keys, grown_values
            base = near + net.needs[user, PRICE]
            for arc in range(begin, stop):
                # Arcs come nearest first and prices are never above zero, so nothing further can be nearer.
                if base + net.steps[arc] >= best:
                    break
                offer = net.offer[arc]
                away = base + net.steps[arc] - net.offers[offer, PRICE]
                if away >= best or net.offers[offer, STAGE] != 0:
                    continue
                if net.offers[offer, SEEN] != stamp or away < net.offers[offer, AWAY]:
                    net.offers[offer, SEEN] = stamp
                    net.offers[offer, AWAY] = away
                    net.offers[offer, BY] = arc
                    net.offers[offer, FROM] = user
                    if net.offers[offer, ROOM] > 0:
                        best = away
                        end = offer
                    else:
                        size = heap_push(keys, values, size, away, offer)
        if size == 0 or keys[0] >= best or best <= near:
            break
        near = keys[0]
        offer = values[0]
        size = heap_drop(keys, values, size)
        if near > net.offers[offer, AWAY]:
            continue
        visited[count] = needs + offer
        count += 1
        begin = net.slot_first[offer]
        for slot in range(begin, begin + net.offers[offer, USERS]):
            user = net.slot_need[slot]
            if net.needs[user, SEEN] != stamp:
                net.needs[user, SEEN] = stamp
                net.needs[user, AWAY] = near
                net.needs[user, BY] = net.slot_arc[slot]
                visited[count] = user
                count += 1
    return end, best, count, keys, values


@njit(cache=True, nogil=True)
def _first_price(net, need):  # type: ignore[no-untyped-def]
    """The highest price that no arc to an offer that is not frozen forbids; minus FAR where there is no such offer."""
    tight = -FAR
    for arc in range(net.first[need], net.first[need + 1]):
        if -net.steps[arc] <= tight:
            break
        offer = net.offer[arc]
        if net.offers[offer, STAGE] == 0:
            tight = max(tight, net.offers[offer, PRICE] - net.steps[arc])
    return tight


@njit(cache=True, nogil=True)
def insert(net, need, limit, marks, keys, values, visited):  # type: ignore[no-untyped-def]
    """Serve up to ``limit`` units more of one need; ``marks`` holds the last stamp and the last stage.

    :returns: the heap's arrays, which may have grown.
    """
    while net.needs[need, ROOM] > 0 and limit > 0 and net.needs[need, STAGE] == 0:
        if net.needs[need, PRICE] == -FAR:
            # The first price. Offers' prices only fall, so it holds as long as the search itself does not change it.
            net.needs[need, PRICE] = _first_price(net, need)
        if net.needs[need, PRICE] == -FAR:
            marks[1] += 1
            net.needs[need, STAGE] = marks[1]
            break
        marks[0] += 1
        end, best, count, keys, values = _search(net, need, marks[0], keys, values, visited)
        if end < 0:
            marks[1] += 1
            _freeze(net, visited, count, marks[1])
            break
        _reprice(net, visited, count, best)
        limit -= _send(net, need, end, limit)
    return keys, values


@njit(cache=True, nogil=True)
def serve(net, order, marks, keys, values, visited):  # type: ignore[no-untyped-def]
    """Serve needs one after the other, each as far as it can be; returns the heap's arrays."""
    for need in order:
        keys, values = insert(net, need, FAR, marks, keys, values, visited)
    return keys, values


class Work(NamedTuple):
    """What one thread writes on: the heap, the list of visited nodes, and its counters (stamp, stage)."""

    marks: Ints
    keys: Ints
    values: Ints
    visited: NDArray[np.int64]


def new_work(needs: int, offers: int) -> Work:
    """Room for one thread."""
    return Work(
        marks=np.zeros(2, np.int64),
        keys=np.zeros(4096, np.int64),
        values=np.zeros(4096, np.int64),
        visited=np.zeros(needs + offers + 1, np.int64),
    )

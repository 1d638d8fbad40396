"""One kind of offers, solved: the shared heart of whole and shared offers, strict and fair order."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import numpy as np

from tadamun.engines.matching.fairness import Turns, serve_fairly
from tadamun.engines.matching.graph import Graph
from tadamun.engines.matching.instance import Ints
from tadamun.engines.matching.paths import ROOM, Net, new_net, new_work, serve

_PIECES = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class Market:
    """A solved market. ``last`` and ``refused`` are turns by need, -1 where there is none."""

    graph: Graph
    net: Net
    served: Ints
    left: Ints
    last: Ints
    refused: Ints


def solve_in_order(
    graph: Graph,
    *,
    asked: Ints,
    given: Ints,
    order: Ints,
    category: Ints,
    progress: Callable[[float], None] | None = None,
) -> Market:
    """Serve needs strictly in order. Categories share nothing, so two are worked on at a time.

    :param order: needs, first to be served first; the turn of a need is its place in it.
    :param category: by need, ascending.
    """
    net = new_net(graph, asked, given)
    starts = np.unique(category, return_index=True)[1]
    ends = np.append(starts, len(category))[1:]
    largest_first = sorted(
        zip(starts.tolist(), ends.tolist(), strict=True), key=lambda span: span[0] - span[1]
    )
    done, telling = 0, Lock()

    def run(begin: int, end: int) -> None:
        nonlocal done
        mine = order[(order >= begin) & (order < end)]
        work = new_work(len(asked), len(given))
        work.marks[1] = begin
        keys, values = work.keys, work.values
        for piece in np.array_split(mine, _PIECES):
            keys, values = serve(net, piece, work.marks, keys, values, work.visited)
            with telling:
                done += len(piece)
                if progress:
                    progress(done / len(order))

    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(run, begin, end) for begin, end in largest_first]:
            job.result()
    turn = np.empty(len(order), np.int64)
    turn[order] = np.arange(len(order))
    served = asked - net.needs[:, ROOM]
    return Market(
        graph=graph,
        net=net,
        served=served,
        left=net.offers[:, ROOM].copy(),
        last=np.where(served > 0, turn, -1),
        refused=np.where(served < asked, turn, -1),
    )


def solve_in_turns(graph: Graph, *, asked: Ints, given: Ints, turns: Turns, met: Ints, step: int) -> Market:
    """Serve needs community by community.

    :param met: by group, the units it has already been given.
    """
    net = new_net(graph, asked, given)
    work = new_work(len(asked), len(given))
    last, refused = np.full(len(asked), -1, np.int64), np.full(len(asked), -1, np.int64)
    serve_fairly(
        net,
        turns.order,
        turns.first,
        turns.tier,
        turns.asked,
        met.copy(),
        np.int64(step),
        last,
        refused,
        *work,
    )
    return Market(
        graph=graph,
        net=net,
        served=asked - net.needs[:, ROOM],
        left=net.offers[:, ROOM].copy(),
        last=last,
        refused=refused,
    )

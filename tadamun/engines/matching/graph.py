"""Who could help whom: candidate arcs from needs to offers, need by need, nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tadamun.engines.matching.geodesy import STEPS_PER_KM, distances_km
from tadamun.engines.matching.instance import Flags, Floats, Instance, Ints

Ints32 = NDArray[np.int32]


class Kind(StrEnum):
    """How offers are given: whole to one need, or shared out by quantity."""

    WHOLE = "whole"
    SHARED = "shared"


@dataclass(frozen=True, kw_only=True, eq=False)
class Graph:
    """Candidate arcs in compressed rows.

    Arcs of need ``i`` are ``first[i]`` to ``first[i + 1]``, sorted by distance, then by offer row. ``steps`` is the
    distance in decametres. ``complete`` says that every feasible pair is an arc, so that no list was cut short.
    """

    first: Ints
    offer: Ints32
    steps: Ints32
    complete: bool

    @property
    def arcs(self) -> int:
        """How many arcs there are."""
        return len(self.offer)

    def need_of_arcs(self) -> Ints32:
        """The need of every arc."""
        rows = np.arange(len(self.first) - 1, dtype=np.int32)
        return np.repeat(rows, np.diff(self.first))


@dataclass(frozen=True, kw_only=True, eq=False)
class Pairs:
    """Feasible pairs, in no particular order."""

    need: Ints32
    offer: Ints32
    steps: Ints32


def fits(instance: Instance, need: Ints, offer: Ints, *, kind: Kind) -> tuple[Flags, Floats]:
    """Which pairs are feasible but for their category, and how far apart they are in kilometres.

    The reach is tested on the unrounded distance. Windows fit when they share a moment. A whole offer must cover the
    quantity of the need.
    """
    needs, offers = instance.needs, instance.offers
    km = distances_km(needs.lat[need], needs.lon[need], offers.lat[offer], offers.lon[offer])
    good = km <= offers.reach_km[offer]
    good &= (needs.start[need] <= offers.end[offer]) & (offers.start[offer] <= needs.end[need])
    for word in range(needs.requires.shape[1]):
        good &= (needs.requires[need, word] & ~offers.provides[offer, word]) == 0
    good &= (offers.divisible[offer] == (kind is Kind.SHARED)) & (offers.quantity[offer] > 0)
    if kind is Kind.WHOLE:
        good &= offers.quantity[offer] >= needs.quantity[need]
    return good, km


def to_steps(km: Floats) -> Ints32:
    """Kilometres as whole decametres."""
    return np.rint(km * STEPS_PER_KM).astype(np.int32)


def graph_of(pairs: Pairs, *, needs: int, complete: bool) -> Graph:
    """Sort pairs into a graph."""
    order = np.lexsort((pairs.offer, pairs.steps, pairs.need))
    counts = np.bincount(pairs.need, minlength=needs)
    first = np.zeros(needs + 1, np.int64)
    np.cumsum(counts, out=first[1:])
    return Graph(first=first, offer=pairs.offer[order], steps=pairs.steps[order], complete=complete)


def with_more(graph: Graph, more: Pairs) -> Graph:
    """The graph with further pairs; a pair it already has is not doubled."""
    need = np.concatenate([graph.need_of_arcs(), more.need])
    offer = np.concatenate([graph.offer, more.offer])
    steps = np.concatenate([graph.steps, more.steps])
    _, keep = np.unique((need.astype(np.int64) << 32) | offer, return_index=True)
    pairs = Pairs(need=need[keep], offer=offer[keep], steps=steps[keep])
    return graph_of(pairs, needs=len(graph.first) - 1, complete=graph.complete)

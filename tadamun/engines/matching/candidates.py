"""Finding candidates: for every need the nearest feasible offers of its category.

A tree over unit vectors a category and a band of reach (offers that go about equally far), so that a far-reaching
offer does not make the search drag through offers that stay close. Rows that come back short are asked again with
twice the depth, until their list is full or nothing is left in reach: a list is cut by its length, never by luck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from tadamun.engines.matching.geodesy import chord, unit_vectors
from tadamun.engines.matching.graph import Graph, Ints32, Kind, Pairs, fits, graph_of, to_steps
from tadamun.engines.matching.instance import Flags, Floats, Instance, Ints
from tadamun.engines.matching.layout import Layout
from tadamun.engines.matching.nearest import keep_nearest
from tadamun.engines.matching.policy import Policy

_CHUNK = 16_384
_CELLS = 1 << 21
_SLACK_KM = 1e-6
_BAND_OFFERS = 256


@dataclass(frozen=True, eq=False)
class Band:
    """Offers of one category that reach about equally far."""

    offers: Ints
    tree: Any
    widest: float

    @property
    def size(self) -> int:
        """How many offers there are."""
        return len(self.offers)


@dataclass(frozen=True, eq=False)
class Search:
    """Everything one look-up needs, made once a kind."""

    instance: Instance
    layout: Layout
    kind: Kind
    need_points: Floats
    offer_points: Floats
    need_radians: Floats
    offer_radians: Floats

    @classmethod
    def over(cls, layout: Layout, kind: Kind) -> Search:
        """Prepare the points of an instance."""
        needs, offers = layout.instance.needs, layout.instance.offers
        return cls(
            instance=layout.instance,
            layout=layout,
            kind=kind,
            need_points=unit_vectors(needs.lat, needs.lon),
            offer_points=unit_vectors(offers.lat, offers.lon),
            need_radians=np.radians(np.column_stack([needs.lat, needs.lon])),
            offer_radians=np.radians(np.column_stack([offers.lat, offers.lon])),
        )

    def bands(self, offers: Ints) -> list[Band]:
        """Split offers of one category by reach, doubling from band to band; small bands join the next."""
        if not len(offers):
            return []
        reach = self.instance.offers.reach_km[offers]
        octave = np.floor(np.log2(np.maximum(reach, 0.5)) + 1e-9).astype(np.int64)
        bands, waiting = [], np.zeros(0, np.int64)
        for each in np.unique(octave):
            waiting = np.concatenate([waiting, np.flatnonzero(octave == each)])
            if len(waiting) >= _BAND_OFFERS or each == octave.max():
                rows = offers[waiting]
                widest = chord(float(reach[waiting].max()) + _SLACK_KM)
                bands.append(Band(rows, cKDTree(self.offer_points[rows]), widest))
                waiting = np.zeros(0, np.int64)
        return bands

    def nearest(self, rows: Ints, bands: list[Band], limit: int) -> tuple[Ints32, Ints32, Ints32]:
        """The nearest feasible offers of some needs of one category.

        :returns: for each row how many it has (at most ``limit``), then all their offers and decametres in a run.
        """
        counts = np.zeros(len(rows), np.int32)
        offers = np.full((len(rows), limit), -1, np.int32)
        steps = np.zeros((len(rows), limit), np.int32)
        open_rows, depth = np.arange(len(rows)), max(8, limit)
        while len(open_rows):
            size = max(1, _CELLS // max(1, sum(min(depth, band.size) for band in bands)))
            still = []
            for at in range(0, len(open_rows), size):
                part = open_rows[at : at + size]
                still.append(part[~self._ask(rows, part, bands, depth, counts, offers, steps)])
            open_rows, depth = np.concatenate(still), depth * 2
        kept = offers >= 0
        return counts, offers[kept], steps[kept]

    def _ask(
        self,
        rows: Ints,
        part: Ints,
        bands: list[Band],
        depth: int,
        counts: Ints32,
        offers: Ints32,
        steps: Ints32,
    ) -> Flags:
        """Ask once at a depth for ``rows[part]``; say which of them now have their final list."""
        found, chords, ends = [], [], []
        for band in bands:
            k = min(depth, band.size)
            far, at = band.tree.query(self.need_points[rows[part]], k=k, distance_upper_bound=band.widest)
            far, at = far.reshape(len(part), k), at.reshape(len(part), k)
            found.append(np.append(band.offers, -1)[at].astype(np.int32))
            chords.append(far)
            # A band that came back full may hold more beyond its last; one asked whole cannot.
            ends.append(far[:, -1] if k < band.size else np.full(len(part), np.inf))
        needs, gives = self.instance.needs, self.instance.offers
        return keep_nearest(
            rows, part, np.hstack(found), np.hstack(chords), np.column_stack(ends).min(axis=1),
            self.need_radians, self.offer_radians, gives.reach_km, needs.start, needs.end, gives.start, gives.end,
            needs.requires, gives.provides, needs.quantity, gives.quantity, self.kind is Kind.WHOLE,
            self.layout.offer_row, self.layout.offer_at, counts, offers, steps,
        )  # fmt: skip


def by_category(codes: Ints, rows: Ints) -> dict[int, Ints]:
    """Rows grouped by category, each group in row order."""
    order = rows[np.argsort(codes[rows], kind="stable")]
    found, starts = np.unique(codes[order], return_index=True)
    return dict(zip(found.tolist(), np.split(order, starts[1:]), strict=True)) if len(order) else {}


def find_graph(
    layout: Layout,
    *,
    kind: Kind,
    policy: Policy,
    tiers: Ints,
    progress: Callable[[float], None] | None = None,
) -> Graph:
    """Candidate arcs of one kind of offers: every feasible pair when there are few, else the nearest of each need."""
    instance, search = layout.instance, Search.over(layout, kind)
    of_kind = np.flatnonzero(
        (instance.offers.divisible == (kind is Kind.SHARED)) & (instance.offers.quantity > 0)
    )
    offers = by_category(instance.offers.category, of_kind)
    needs = by_category(instance.needs.category, np.arange(len(instance.needs)))
    shared = sorted(needs.keys() & offers.keys())
    pairs = _every_pair(search, [(needs[each], offers[each]) for each in shared], policy.complete_pairs)
    if pairs is not None:
        return graph_of(pairs, needs=len(instance.needs), complete=True)
    limits = np.array([policy.nearest_for(tier) for tier in range(int(tiers.max(initial=0)) + 1)])[tiers]
    blocks = (
        (rows, bands, limit)
        for each in shared
        for bands in [search.bands(offers[each])]
        for rows, limit in _chunks(needs[each], limits)
    )
    return _assemble(search, blocks, len(instance.needs), progress)


def nearest_pairs(layout: Layout, *, kind: Kind, needs: Ints, offers: Ints, limit: int) -> Pairs:
    """The nearest feasible pairs between some needs and some offers."""
    instance, search = layout.instance, Search.over(layout, kind)
    by_need, by_offer = (
        by_category(instance.needs.category, needs),
        by_category(instance.offers.category, offers),
    )
    need, offer, steps = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for each in sorted(by_need.keys() & by_offer.keys()):
        bands = search.bands(by_offer[each])
        counts, found, far = search.nearest(by_need[each], bands, limit)
        need.append(np.repeat(by_need[each], counts).astype(np.int32))
        offer.append(found)
        steps.append(far)
    return Pairs(need=np.concatenate(need), offer=np.concatenate(offer), steps=np.concatenate(steps))


def _chunks(rows: Ints, limits: Ints) -> Iterator[tuple[Ints, int]]:
    for limit in np.unique(limits[rows]):
        of_limit = rows[limits[rows] == limit]
        for at in range(0, len(of_limit), _CHUNK):
            yield of_limit[at : at + _CHUNK], int(limit)


def _every_pair(search: Search, groups: list[tuple[Ints, Ints]], most: int) -> Pairs | None:
    """All feasible pairs, or None when the neighbourhoods hold more pairs than ``most``."""
    if sum(len(rows) + len(offers) for rows, offers in groups) > max(most, 1):
        return None
    trees, total = [], 0
    for rows, offers in groups:
        near, far = cKDTree(search.need_points[rows]), cKDTree(search.offer_points[offers])
        widest = chord(float(search.instance.offers.reach_km[offers].max()) + _SLACK_KM)
        total += int(near.count_neighbors(far, widest))
        if total > most:
            return None
        trees.append((rows, offers, near, far, widest))
    need, offer, steps = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for rows, offers, near, far, widest in trees:
        close = near.sparse_distance_matrix(far, widest, output_type="ndarray")
        i, j = rows[close["i"]], offers[close["j"]]
        good, km = fits(search.instance, i, j, kind=search.kind)
        need.append(i[good].astype(np.int32))
        offer.append(j[good].astype(np.int32))
        steps.append(to_steps(km[good]))
    return Pairs(need=np.concatenate(need), offer=np.concatenate(offer), steps=np.concatenate(steps))


def _assemble(
    search: Search,
    blocks: Iterator[tuple[Ints, list[Band], int]],
    needs: int,
    progress: Callable[[float], None] | None,
) -> Graph:
    """Run the look-ups on two threads and lay their lists side by side in need order."""
    counts = np.zeros(needs, np.int32)
    done: list[tuple[Ints, Ints32, Ints32]] = []
    seen = 0
    with ThreadPoolExecutor(2) as pool:
        jobs = ((rows, pool.submit(search.nearest, rows, bands, limit)) for rows, bands, limit in blocks)
        for rows, job in list(jobs):
            counts[rows], offers, steps = job.result()
            done.append((rows, offers, steps))
            seen += len(rows)
            if progress:
                progress(seen / needs)
    first = np.zeros(needs + 1, np.int64)
    np.cumsum(counts, out=first[1:])
    offer, step = np.empty(int(first[-1]), np.int32), np.empty(int(first[-1]), np.int32)
    while done:
        rows, offers, steps = done.pop()
        starts = np.cumsum(counts[rows], dtype=np.int64) - counts[rows]
        places = np.repeat(first[rows] - starts, counts[rows]) + np.arange(len(offers))
        offer[places], step[places] = offers, steps
    return Graph(first=first, offer=offer, steps=step, complete=False)

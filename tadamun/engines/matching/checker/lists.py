"""The checker's own search for feasible pairs. It shares no code with the engine's.

Few pairs: a sweep along the latitudes that looks at every pair. Many: a tree a category and class of reach, asked
deeper and deeper until each list is certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from tadamun.engines.jit import njit
from tadamun.engines.matching.instance import Instance, Ints

_RADIUS_KM: Final = 6371.0088
_ROWS: Final = 8_192
_AHEAD: Final = 4
_DEEPER: Final = 2


class Lists(NamedTuple):
    """Feasible pairs of some needs, need by need."""

    need: Ints
    offer: Ints
    steps: Ints


class Facts(NamedTuple):
    """An instance as the compiled loops read it: angles in radians, one row a need or offer."""

    need_lat: NDArray[np.float64]
    need_lon: NDArray[np.float64]
    need_from: Ints
    need_until: Ints
    need_words: Ints
    need_units: Ints
    offer_lat: NDArray[np.float64]
    offer_lon: NDArray[np.float64]
    offer_from: Ints
    offer_until: Ints
    offer_words: Ints
    offer_units: Ints
    reach_km: NDArray[np.float64]


def facts_of(instance: Instance) -> Facts:
    """Read an instance."""
    needs, offers = instance.needs, instance.offers
    return Facts(
        np.radians(needs.lat), np.radians(needs.lon), needs.start, needs.end, needs.requires, needs.quantity,
        np.radians(offers.lat), np.radians(offers.lon), offers.start, offers.end, offers.provides, offers.quantity,
        offers.reach_km,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _distance_if_feasible(facts, need, offer, whole):  # type: ignore[no-untyped-def]
    """Kilometres between a need and an offer of its category, or -1 when they do not fit."""
    if facts.offer_units[offer] == 0 or (whole and facts.offer_units[offer] < facts.need_units[need]):
        return -1.0
    if max(facts.need_from[need], facts.offer_from[offer]) > min(
        facts.need_until[need], facts.offer_until[offer]
    ):
        return -1.0
    for word in range(facts.need_words.shape[1]):
        if facts.need_words[need, word] & facts.offer_words[offer, word] != facts.need_words[need, word]:
            return -1.0
    north = np.sin((facts.offer_lat[offer] - facts.need_lat[need]) / 2) ** 2
    east = np.sin((facts.offer_lon[offer] - facts.need_lon[need]) / 2) ** 2
    share = north + np.cos(facts.need_lat[need]) * np.cos(facts.offer_lat[offer]) * east
    km = 2 * _RADIUS_KM * np.arcsin(min(1.0, np.sqrt(share)))
    return km if km <= facts.reach_km[offer] else -1.0


@njit(cache=True, nogil=True)
def _sweep(facts, rows, offers, lats, widest, whole):  # type: ignore[no-untyped-def]
    """Every feasible pair of ``rows`` with ``offers``, which are sorted by their latitudes ``lats``."""
    need = [np.int64(0) for _ in range(0)]
    offer = [np.int64(0) for _ in range(0)]
    steps = [np.int64(0) for _ in range(0)]
    for row in rows:
        start = np.searchsorted(lats, facts.need_lat[row] - widest)
        stop = np.searchsorted(lats, facts.need_lat[row] + widest)
        for at in range(start, stop):
            km = _distance_if_feasible(facts, row, offers[at], whole)
            if km >= 0:
                need.append(row)
                offer.append(offers[at])
                steps.append(np.int64(np.rint(km * 100)))
    return np.array(need), np.array(offer), np.array(steps)


@njit(cache=True, nogil=True)
def _shortlist(facts, rows, found, chords, limit, whole):  # type: ignore[no-untyped-def]
    """From the offers a tree came back with keep the ``limit`` nearest feasible, by decametres, then row.

    An offer whose chord is longer than that of a full list's last entry and two decametres is passed over unread.

    :returns: counts, offers and decametres by row.
    """
    counts = np.zeros(len(rows), np.int64)
    offers, steps = np.zeros((len(rows), limit), np.int64), np.zeros((len(rows), limit), np.int64)
    for at in range(len(rows)):
        edge = np.inf
        for column in range(found.shape[1]):
            offer = found[at, column]
            if offer < 0 or chords[at, column] > edge:
                continue
            km = _distance_if_feasible(facts, rows[at], offer, whole)
            if km < 0:
                continue
            far = np.int64(np.rint(km * 100))
            place = counts[at]
            while place > 0 and (
                steps[at, place - 1] > far or (steps[at, place - 1] == far and offers[at, place - 1] > offer)
            ):
                place -= 1
            if place == limit:
                continue
            end = min(counts[at], limit - 1)
            for move in range(end, place, -1):
                steps[at, move], offers[at, move] = steps[at, move - 1], offers[at, move - 1]
            steps[at, place], offers[at, place] = far, offer
            counts[at] = end + 1
            if counts[at] == limit:
                edge = 2 * np.sin(min(np.pi / 2, (steps[at, limit - 1] + 2) / 100 / _RADIUS_KM / 2))
    return counts, offers, steps


def _points(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _trees(facts: Facts, offers: Ints) -> list[tuple[Any, Ints, float]]:
    """One tree for each class of reach, a class four times as wide as the one before."""
    classes = np.ceil(np.log(np.maximum(facts.reach_km[offers], 1.0)) / np.log(2.5))
    trees = []
    for each in np.unique(classes):
        rows = offers[classes == each]
        widest = 2 * np.sin(min(np.pi, facts.reach_km[rows].max() / _RADIUS_KM) / 2) + 1e-9
        trees.append((cKDTree(_points(facts.offer_lat[rows], facts.offer_lon[rows])), rows, float(widest)))
    return trees


def _certain_lists(
    facts: Facts, rows: Ints, trees: list[tuple[Any, Ints, float]], limit: int, *, whole: bool
) -> Lists:
    """The ``limit`` nearest feasible offers of each row."""
    points = _points(facts.need_lat[rows], facts.need_lon[rows])
    kept: list[Lists] = []
    open_rows, depth = np.arange(len(rows)), max(limit, 4)
    while len(open_rows):
        found, chords, edge = [], [], np.full(len(open_rows), np.inf)
        for tree, owners, widest in trees:
            k = min(depth, len(owners))
            far, at = tree.query(points[open_rows], k=np.arange(1, k + 1), distance_upper_bound=widest)
            chords.append(far)
            found.append(np.where(np.isfinite(far), owners[np.minimum(at, len(owners) - 1)], -1))
            if k < len(owners):
                edge = np.minimum(edge, far[:, -1])
        counts, offers, steps = _shortlist(
            facts, rows[open_rows], np.hstack(found), np.hstack(chords), limit, whole
        )
        beyond = (
            200 * _RADIUS_KM * np.arcsin(np.minimum(1, edge / 2), where=np.isfinite(edge), out=edge.copy())
        )
        sure = np.isinf(edge) | ((counts == limit) & (steps[:, -1] + 1 < beyond))
        mask = np.arange(limit)[None, :] < counts[sure][:, None]
        kept.append(
            Lists(np.repeat(rows[open_rows[sure]], counts[sure]), offers[sure][mask], steps[sure][mask])
        )
        open_rows, depth = open_rows[~sure], depth * _DEEPER
    return Lists(*(np.concatenate(column) for column in zip(*kept, strict=True)))


def lists_of(
    instance: Instance, *, needs: Ints, offers: Ints, limits: Ints | None, whole: bool
) -> Iterator[Lists]:
    """Feasible pairs of some needs with some offers, in pieces.

    :param limits: by need (all needs of the instance), how many of its nearest count; ``None`` for every pair.
    """
    facts = facts_of(instance)
    jobs: list[tuple[Any, ...]] = []
    for category in np.intersect1d(instance.needs.category[needs], instance.offers.category[offers]):
        rows = needs[instance.needs.category[needs] == category]
        mine = offers[instance.offers.category[offers] == category]
        if limits is None:
            mine = mine[np.argsort(facts.offer_lat[mine], kind="stable")]
            widest = facts.reach_km[mine].max() / _RADIUS_KM + 1e-9
            jobs += [(part, mine, widest, None) for part in _parts(rows)]
            continue
        trees = _trees(facts, mine)
        rows = rows[np.lexsort((facts.need_lon[rows], np.round(facts.need_lat[rows] * 200)))]
        for limit in np.unique(limits[rows]).tolist():
            jobs += [(part, trees, None, limit) for part in _parts(rows[limits[rows] == limit])]

    def run(job: tuple[Any, ...]) -> Lists:
        rows, others, widest, limit = job
        if limit is None:
            return Lists(*_sweep(facts, rows, others, facts.offer_lat[others], widest, whole))
        return _certain_lists(facts, rows, others, limit, whole=whole)

    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(run, job) for job in jobs[:_AHEAD]]
        for at in range(len(jobs)):
            if at + _AHEAD < len(jobs):
                waiting.append(pool.submit(run, jobs[at + _AHEAD]))
            yield waiting[at].result()
            waiting[at] = None  # type: ignore[call-overload]


def _parts(rows: Ints) -> list[Ints]:
    return np.array_split(rows, -(-len(rows) // _ROWS)) if len(rows) else []

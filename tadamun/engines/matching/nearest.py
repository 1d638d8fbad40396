"""The inner loop of the candidate search, compiled: filter what the trees found and keep the nearest."""

from __future__ import annotations

import numpy as np

from tadamun.engines.jit import njit
from tadamun.engines.matching.geodesy import RADIUS, STEPS_PER_KM, arc_km

_SLACK_KM = 1e-6


@njit(cache=True, nogil=True)
def keep_nearest(  # type: ignore[no-untyped-def]  # noqa: C901 - one compiled loop
    rows, part, found, chords, ends, need_radians, offer_radians, reach, need_start, need_end, offer_start, offer_end,
    requires, provides, asked, given, whole, offer_row, offer_at, counts, offers, steps,
):  # fmt: skip
    """For each row of ``part`` keep its nearest feasible offers in ``offers`` and ``steps``; say which are final.

    A row is final when its list is full and ends nearer than anything not yet seen (``ends``, a chord a row).
    """
    final = np.zeros(len(part), np.bool_)
    keys = np.empty(found.shape[1], np.int64)
    limit = offers.shape[1]
    words = requires.shape[1]
    for at in range(len(part)):
        place = part[at]
        i = rows[place]
        n = 0
        for column in range(found.shape[1]):
            j = found[at, column]
            if j < 0 or need_start[i] > offer_end[j] or offer_start[j] > need_end[i]:
                continue
            if whole and given[j] < asked[i]:
                continue
            if 2 * RADIUS * np.arcsin(min(1.0, chords[at, column] / 2)) > reach[j] + _SLACK_KM:
                continue
            able = True
            for word in range(words):
                if requires[i, word] & ~provides[j, word]:
                    able = False
                    break
            if not able:
                continue
            km = arc_km(need_radians[i, 0], need_radians[i, 1], offer_radians[j, 0], offer_radians[j, 1])
            if km <= reach[j]:
                keys[n] = (np.int64(np.rint(km * STEPS_PER_KM)) << 32) | offer_row[j]
                n += 1
        best = np.sort(keys[:n])
        kept = min(n, limit)
        for k in range(kept):
            steps[place, k] = best[k] >> 32
            offers[place, k] = offer_at[best[k] & 0xFFFFFFFF]
        counts[place] = kept
        if np.isinf(ends[at]):
            final[at] = True
        elif n >= limit:
            seen = 2 * RADIUS * np.arcsin(min(1.0, ends[at] / 2)) * STEPS_PER_KM
            final[at] = best[limit - 1] >> 32 < seen - 1
    return final

"""The inner loop of the candidate search, compiled: filter what the trees found and keep the nearest."""

from __future__ import annotations

import numpy as np

from tadamun.engines.jit import njit
from tadamun.engines.matching.geodesy import RADIUS, STEPS_PER_KM, arc_km

_SLACK_KM = 1e-6


@njit(cache=True, nogil=True)
def keep_nearest(  # type: ignore[no-untyped-def]  # noqa: C901, PLR0912 - one compiled loop
    rows, part, found, chords, ends, need_radians, offer_radians, reach, need_start, need_end, offer_start, offer_end,
    requires, provides, asked, given, whole, offer_row, offer_at, counts, offers, steps,
):  # fmt: skip
    """For each row of ``part`` keep its nearest feasible offers in ``offers`` and ``steps``; say which are final.

    A row is final when its list is full and ends nearer than anything not yet seen (``ends``, a chord a row).
    """
    final = np.zeros(len(part), np.bool_)
    limit = offers.shape[1]
    best = np.empty(limit, np.int64)
    words = requires.shape[1]
    for at in range(len(part)):
        place = part[at]
        i = rows[place]
        kept, farthest = 0, np.inf
        for column in range(found.shape[1]):
            j = found[at, column]
            # A list that is full has no place for what lies clearly farther than its last.
            if j < 0 or chords[at, column] > farthest:
                continue
            if need_start[i] > offer_end[j] or offer_start[j] > need_end[i]:
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
            if km > reach[j]:
                continue
            key = (np.int64(np.rint(km * STEPS_PER_KM)) << 32) | offer_row[j]
            if kept == limit:
                if key > best[kept - 1]:
                    continue
                kept -= 1
            # Bands come nearest first, so a new key mostly belongs near the end.
            slot = kept
            while slot > 0 and best[slot - 1] > key:
                best[slot] = best[slot - 1]
                slot -= 1
            best[slot] = key
            kept += 1
            if kept == limit:
                farthest = 2 * np.sin(
                    min(0.5 * np.pi, ((best[kept - 1] >> 32) + 2) / (2 * RADIUS * STEPS_PER_KM))
                )
        for k in range(kept):
            steps[place, k] = best[k] >> 32
            offers[place, k] = offer_at[best[k] & 0xFFFFFFFF]
        counts[place] = kept
        if np.isinf(ends[at]):
            final[at] = True
        elif kept == limit:
            seen = 2 * RADIUS * np.arcsin(min(1.0, ends[at] / 2)) * STEPS_PER_KM
            final[at] = best[limit - 1] >> 32 < seen - 1
    return final

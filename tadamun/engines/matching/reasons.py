"""Why a need came out as it did: a code and numbers, worded elsewhere.

What a reason says about others is coarse on purpose: the tier of whoever went before, and a step of waiting days, never
a place in the order, which would tell one neighbour another's situation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np

from tadamun.engines.matching.candidates import nearest_pairs
from tadamun.engines.matching.geodesy import STEPS_PER_KM, distances_km
from tadamun.engines.matching.graph import Kind
from tadamun.engines.matching.instance import Instance, Ints
from tadamun.engines.matching.layout import Layout, lay_out
from tadamun.engines.matching.matches import NeedState
from tadamun.engines.matching.priority import counted_tiers
from tadamun.engines.matching.solve import Result

WAITING_STEPS: Final = (0, 3, 7, 14, 30, 60, 90, 180, 365)
"""Waiting days of others are told as the step they have reached."""


class ReasonCode(StrEnum):
    """What decided about a need."""

    NEAREST_FREE_OFFER = "nearest_free_offer"
    FARTHER_BECAUSE_NEARER_TAKEN = "farther_because_nearer_taken"
    FARTHER_BECAUSE_SHORTER_IN_ALL = "farther_because_shorter_in_all"
    OUT_RANKED_BY_TIER = "out_ranked_by_tier"
    OUT_RANKED_BY_WAITING = "out_ranked_by_waiting"
    OUT_RANKED_BY_ORDER = "out_ranked_by_order"
    OUT_RANKED_BY_FAIRNESS = "out_ranked_by_fairness"
    EVERYTHING_IN_REACH_GIVEN = "everything_in_reach_given"
    NOTHING_IN_CATEGORY = "nothing_in_category"
    NOTHING_IN_REACH = "nothing_in_reach"
    NOTHING_IN_WINDOW = "nothing_in_window"
    NOTHING_ABLE = "nothing_able"
    NOTHING_LARGE_ENOUGH = "nothing_large_enough"


@dataclass(frozen=True)
class Reason:
    """Why one need is in its state; see ``docs/engines/matching.md`` for the parameters of each code."""

    need: int
    state: NeedState
    code: ReasonCode
    params: dict[str, int | float] = field(default_factory=dict)


def waiting_step(days: int) -> int:
    """The step of waiting that so many days have reached."""
    return max(step for step in WAITING_STEPS if step <= max(days, 0))


def explain(*, instance: Instance, result: Result, needs: Ints | None = None) -> list[Reason]:
    """The reason of every need, or of the rows given, in row order.

    A need that is part met gets the reason why it did not get the rest.
    """
    rows = np.arange(len(instance.needs)) if needs is None else np.unique(needs)
    reader = _Reader(instance, result)
    looked = rows[result.candidates[rows] > 0]
    lists = reader.lists(looked)
    beyond = reader.beyond(looked[result.state[looked] != NeedState.MET])
    reasons = []
    for row in rows.tolist():
        state = NeedState(result.state[row])
        if state is NeedState.MET:
            reasons.append(reader.met(row, lists[row]))
        elif row in lists:
            reasons.append(reader.out_ranked(row, state, lists[row], beyond.get(row)))
        else:
            reasons.append(reader.nothing(row, state))
    return reasons


class _Reader:
    """Reads one result; looks up what several reasons need once."""

    def __init__(self, instance: Instance, result: Result) -> None:
        self.instance, self.result = instance, result
        self.layout: Layout = lay_out(instance)
        self.tiers = counted_tiers(instance.needs, result.certificate.policy)
        self.cut = result.certificate.offer_cutoffs
        self.starts = np.searchsorted(result.matches.need, np.arange(len(instance.needs) + 1))
        self.holder = {
            kind: dict(zip(last[last >= 0].tolist(), np.flatnonzero(last >= 0).tolist(), strict=True))
            for kind, last in result.last_turns.items()
        }

    def _pairs(self, rows: Ints, offers: Ints, limit: int) -> dict[int, list[tuple[int, int]]]:
        """For each need that has any, its nearest feasible offers as (decametres, offer)."""
        found: dict[int, list[tuple[int, int]]] = {}
        divisible = self.instance.offers.divisible
        for kind in Kind:
            mine = offers[divisible[offers] == (kind is Kind.SHARED)]
            pairs = nearest_pairs(
                self.layout,
                kind=kind,
                needs=np.sort(self.layout.need_at[rows]),
                offers=np.sort(self.layout.offer_at[mine]),
                limit=limit,
            )
            need, offer = self.layout.need_row[pairs.need], self.layout.offer_row[pairs.offer]
            for row, steps, other in zip(need.tolist(), pairs.steps.tolist(), offer.tolist(), strict=True):
                found.setdefault(row, []).append((steps, other))
        for entries in found.values():
            entries.sort()
        return found

    def lists(self, rows: Ints) -> dict[int, list[tuple[int, int]]]:
        """What each need looked at (in a complete round, the nearest of it)."""
        given = np.flatnonzero(self.instance.offers.quantity > 0)
        return self._pairs(rows, given, max(self.result.certificate.policy.nearest))

    def beyond(self, rows: Ints) -> dict[int, float]:
        """Needs with an open offer farther than they looked, and how far it is."""
        live = np.flatnonzero((self.cut < 0) & (self.instance.offers.quantity > 0))
        return {row: found[0][0] / STEPS_PER_KM for row, found in self._pairs(rows, live, 1).items()}

    def met(self, row: int, nearest: list[tuple[int, int]]) -> Reason:
        """Served: by the nearest, or why by someone farther."""
        matches = self.result.matches
        span = slice(self.starts[row], self.starts[row + 1])
        used = set(matches.offer[span].tolist())
        needs, offers = self.instance.needs, self.instance.offers
        km = distances_km(
            needs.lat[[row]],
            needs.lon[[row]],
            offers.lat[matches.offer[span]],
            offers.lon[matches.offer[span]],
        )
        farthest = float(km.max())
        nearer = [
            offer for steps, offer in nearest if offer not in used and steps < round(farthest * STEPS_PER_KM)
        ]
        taken = sum(1 for offer in nearer if self.cut[offer] >= 0)
        params: dict[str, int | float] = {"km": round(farthest, 3), "offers": len(used)}
        code = ReasonCode.NEAREST_FREE_OFFER
        if nearer:
            params |= {"nearer_taken": taken, "nearer_open": len(nearer) - taken}
            code = (
                ReasonCode.FARTHER_BECAUSE_NEARER_TAKEN
                if taken
                else ReasonCode.FARTHER_BECAUSE_SHORTER_IN_ALL
            )
        return Reason(row, NeedState.MET, code, params | self._risen(row))

    def out_ranked(
        self, row: int, state: NeedState, nearest: list[tuple[int, int]], beyond: float | None
    ) -> Reason:
        """Not served (enough): who went before, told coarsely."""
        divisible = self.instance.offers.divisible
        shared = [offer for _, offer in nearest if divisible[offer]]
        kind = Kind.SHARED if shared else Kind.WHOLE
        cuts = [int(self.cut[offer]) for offer in shared or [offer for _, offer in nearest]]
        params: dict[str, int | float] = {"offers_in_reach": len(nearest)}
        if beyond is not None:
            params["open_offer_beyond_km"] = round(beyond, 2)
        other = self.holder[kind].get(max(cuts, default=-1), row)
        if other != row:
            params["others_tier"] = int(self.tiers[other])
            params["others_waited_at_least"] = waiting_step(int(self.instance.needs.waiting[other]))
        return Reason(row, state, self._ranked(row, other, kind), params | self._risen(row))

    def _ranked(self, row: int, other: int, kind: Kind) -> ReasonCode:
        needs = self.instance.needs
        if other == row:
            return ReasonCode.EVERYTHING_IN_REACH_GIVEN
        if self.tiers[other] != self.tiers[row]:
            return ReasonCode.OUT_RANKED_BY_TIER
        fair = self.result.certificate.policy.fair and kind is Kind.SHARED
        if fair and needs.community[other] != needs.community[row]:
            return ReasonCode.OUT_RANKED_BY_FAIRNESS
        if needs.waiting[other] != needs.waiting[row]:
            return ReasonCode.OUT_RANKED_BY_WAITING
        return ReasonCode.OUT_RANKED_BY_ORDER

    def nothing(self, row: int, state: NeedState) -> Reason:
        """No offer fits: which test emptied the list."""
        needs, offers = self.instance.needs, self.instance.offers
        left = np.flatnonzero((offers.category == needs.category[row]) & (offers.quantity > 0))
        params: dict[str, int | float] = {"offers_in_category": len(left)}
        if not len(left):
            return Reason(row, state, ReasonCode.NOTHING_IN_CATEGORY, params | self._risen(row))
        km = distances_km(needs.lat[[row]], needs.lon[[row]], offers.lat[left], offers.lon[left])
        params["nearest_km"] = round(float(km.min()), 2)
        window = (needs.start[row] <= offers.end[left]) & (offers.start[left] <= needs.end[row])
        able = ((needs.requires[row] & ~offers.provides[left]) == 0).all(axis=1)
        fit = np.ones(len(left), np.bool_)
        tests = (
            (ReasonCode.NOTHING_IN_REACH, "in_reach", km <= offers.reach_km[left]),
            (ReasonCode.NOTHING_IN_WINDOW, "in_window", window),
            (ReasonCode.NOTHING_ABLE, "able", able),
        )
        code = ReasonCode.NOTHING_LARGE_ENOUGH
        for failing, name, passed in tests:
            fit &= passed
            params[name] = int(fit.sum())
            if not fit.any():
                code = failing
                break
        return Reason(row, state, code, params | self._risen(row))

    def _risen(self, row: int) -> dict[str, int | float]:
        """Say so when waiting has escalated the tier."""
        tier, counted = int(self.instance.needs.tier[row]), int(self.tiers[row])
        return {} if tier == counted else {"tier": tier, "counted_tier": counted}

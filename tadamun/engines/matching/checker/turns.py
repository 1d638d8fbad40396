"""The checker's own reading of the order: when each need's turn came, from the inputs and what was given."""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np

from tadamun.engines.matching.instance import Ints, Needs
from tadamun.engines.matching.policy import Policy


class TurnsTaken(NamedTuple):
    """By need, the turn of its last unit and the turn in which it was refused one; -1 where there is none."""

    last: Ints
    refused: Ints


def tiers_counted(needs: Needs, policy: Policy) -> Ints:
    """The tier every need counts in, need by need: days beyond a tier's limit carry over to the next."""
    days = policy.escalation_days
    tiers = needs.tier.copy()
    for row in np.flatnonzero(needs.waiting >= min((d for d in days if d), default=1 << 60)).tolist():
        tier, waited = int(needs.tier[row]), int(needs.waiting[row])
        while 0 < tier < len(days) and (limit := days[tier]) is not None and waited >= limit:
            tier, waited = tier - 1, waited - limit
        tiers[row] = tier
    return tiers


def strict_turns(needs: Needs, tiers: Ints, *, asked: Ints, got: Ints) -> TurnsTaken:
    """One turn a need: tier, longest waiting, row."""
    rows = np.arange(len(needs))
    order = np.lexsort((rows, -needs.waiting, tiers))
    turn = np.empty(len(rows), np.int64)
    turn[order] = rows
    return TurnsTaken(np.where(got > 0, turn, -1), np.where(got < asked, turn, -1))


class _Community:
    """One community in one tier, waiting for its next turn; the least served comes first."""

    def __init__(self, code: int, rows: list[int], demand: int, had: int) -> None:
        self.code, self.rows, self.demand, self.had = code, rows, demand, had
        self.at = 0

    def __lt__(self, other: _Community) -> bool:
        return (self.had / self.demand, self.code) < (other.had / other.demand, other.code)


def fair_turns(needs: Needs, tiers: Ints, *, asked: Ints, got: Ints, before: Ints, step: int) -> TurnsTaken:
    """Replay the communities' turns with what every need got in the end.

    :param asked: units each need still asks for here; ``before``: units it has from whole offers.
    """
    replay = _Replay(asked.tolist(), got.tolist())
    waiting: dict[int, dict[int, list[int]]] = {}
    for row in np.lexsort((np.arange(len(asked)), -needs.waiting)).tolist():
        waiting.setdefault(int(tiers[row]), {}).setdefault(int(needs.community[row]), []).append(row)
    for tier in sorted(waiting):
        heap = [
            _Community(code, rows, int(needs.quantity[rows].sum()), int(before[rows].sum()))
            for code, rows in waiting[tier].items()
        ]
        heapq.heapify(heap)
        while heap:
            community = heapq.heappop(heap)
            replay.serve(community, max(1, community.demand // step))
            if community.at < len(community.rows):
                heapq.heappush(heap, community)
    return TurnsTaken(np.array(replay.last, np.int64), np.array(replay.refused, np.int64))


class _Replay:
    """The turns so far."""

    def __init__(self, due: list[int], give: list[int]) -> None:
        self.due, self.give = due, give
        self.last, self.refused = [-1] * len(due), [-1] * len(due)
        self.turn = 0

    def serve(self, community: _Community, limit: int) -> None:
        """One turn of a community: up to ``limit`` units to its needs in their order."""
        while limit > 0 and community.at < len(community.rows):
            row = community.rows[community.at]
            if self.due[row] > 0:
                units = min(limit, self.give[row])
                self.due[row] -= units
                self.give[row] -= units
                community.had += units
                limit -= units
                if units:
                    self.last[row] = self.turn
                if limit > 0 and self.due[row] > 0:
                    self.refused[row] = self.turn
                self.turn += 1
            if limit > 0 or self.due[row] == 0:
                community.at += 1

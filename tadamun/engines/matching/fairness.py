"""Fairness across communities: within a tier, whoever was served least so far goes next.

Communities of a tier take turns. The next turn goes to the lowest rate (units met of units asked, lowest code on a
tie); a turn is one part in ``fair_step`` of what the community asks in the tier, at least one unit, and serves its
needs by waiting, then id. Because what can be served is a polymatroid, no order inside a tier changes what the tier
gets in all: fairness decides who, and costs nobody's help. Filling the lowest first comes near the leximin optimum.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tadamun.engines.jit import njit
from tadamun.engines.matching.instance import Ints, Needs
from tadamun.engines.matching.paths import ROOM, insert


@dataclass(frozen=True, kw_only=True, eq=False)
class Turns:
    """Needs grouped by counted tier and community, in the order in which each group serves its own.

    Group ``g`` owns ``order[first[g]:first[g + 1]]``; groups are sorted by tier, then community code.
    """

    order: Ints
    first: Ints
    tier: Ints
    asked: Ints
    group: Ints

    def carried(self, at: Ints, row: Ints) -> Turns:
        """The same turns with rows renamed: ``at[old]`` is the new name, ``row`` its inverse."""
        return replace(self, order=at[self.order], group=self.group[row])


def group_needs(needs: Needs, tiers: Ints) -> Turns:
    """Group needs by counted tier and community."""
    order = np.lexsort((-needs.waiting, needs.community, tiers)).astype(np.int64)
    keys = np.column_stack([tiers[order], needs.community[order]])
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    starts = np.flatnonzero(fresh)
    group = np.empty(len(order), np.int64)
    group[order] = np.cumsum(fresh) - 1
    return Turns(
        order=order,
        first=np.append(starts, len(order)).astype(np.int64),
        tier=keys[starts, 0],
        asked=np.bincount(group, weights=needs.quantity, minlength=len(starts)).astype(np.int64),
        group=group,
    )


@njit(cache=True, nogil=True)
def _raise(rates, members, size, rate, member):  # type: ignore[no-untyped-def]
    """Add a community to the heap; equal rates go by code."""
    at = size
    while at > 0:
        up = (at - 1) >> 1
        if rates[up] < rate or (rates[up] == rate and members[up] < member):
            break
        rates[at], members[at] = rates[up], members[up]
        at = up
    rates[at], members[at] = rate, member
    return size + 1


@njit(cache=True, nogil=True)
def _lowest_off(rates, members, size):  # type: ignore[no-untyped-def]
    """Take the community with the lowest rate off the heap."""
    size -= 1
    rate, member = rates[size], members[size]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= size:
            break
        right = down + 1
        if right < size and (
            rates[right] < rates[down] or (rates[right] == rates[down] and members[right] < members[down])
        ):
            down = right
        if rates[down] > rate or (rates[down] == rate and members[down] > member):
            break
        rates[at], members[at] = rates[down], members[down]
        at = down
    rates[at], members[at] = rate, member
    return size


@njit(cache=True, nogil=True)
def serve_fairly(  # type: ignore[no-untyped-def]
    net, order, first, group_tier, asked, met, step, last, refused, marks, keys, values, visited
):
    """Serve needs community by community; ``last`` and ``refused`` get the turn of each need's last unit and refusal.

    ``met`` holds what each group has been given already and is carried on.
    """
    groups = len(asked)
    cursor = first[:groups].copy()
    rates, members = np.zeros(groups + 1), np.zeros(groups + 1, np.int64)
    turn = np.int64(0)
    begin = 0
    while begin < groups:
        end = begin
        size = 0
        while end < groups and group_tier[end] == group_tier[begin]:
            size = _raise(rates, members, size, met[end] / asked[end], end)
            end += 1
        begin = end
        while size > 0:
            group = members[0]
            size = _lowest_off(rates, members, size)
            limit = max(1, asked[group] // step)
            while limit > 0 and cursor[group] < first[group + 1]:
                need = order[cursor[group]]
                before = net.needs[need, ROOM]
                if before > 0:
                    keys, values = insert(net, need, limit, marks, keys, values, visited)
                    given = before - net.needs[need, ROOM]
                    if given > 0:
                        last[need] = turn
                    met[group] += given
                    limit -= given
                    if limit > 0 and net.needs[need, ROOM] > 0:
                        refused[need] = turn
                    turn += 1
                if limit > 0 or net.needs[need, ROOM] == 0:
                    cursor[group] += 1
            if cursor[group] < first[group + 1]:
                size = _raise(rates, members, size, met[group] / asked[group], group)
    return keys, values

"""A plan that stands: needs and offers come, change and go, and the plan stays the best one without starting anew.

After every change the units served are those that :func:`solve` would serve with the same candidates, in the strict
order of priority. Whom a unit comes from is changed as little as possible; that the distance is the least is what the
next round restores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tadamun.engines.matching.candidates import find_graph
from tadamun.engines.matching.chains import Chains, give_up, hand_out, new_chains, serve, serve_all, take_back
from tadamun.engines.matching.errors import InvalidInstance, InvalidPolicy
from tadamun.engines.matching.graph import Kind
from tadamun.engines.matching.instance import Flags, Instance, Ints
from tadamun.engines.matching.layout import lay_out
from tadamun.engines.matching.matches import Matches, matches_of
from tadamun.engines.matching.policy import Policy
from tadamun.engines.matching.priority import counted_tiers, needs_in_order


@dataclass
class _Side:
    """The offers of one kind: their plan, and what each need asks of it."""

    chains: Chains
    asked: Ints


class Standing:
    """A plan over everything an instance holds; what is absent has candidates but takes no part yet.

    All rows are the caller's, as in the instance.

    :param matches: a plan to go on from; pairs that are no longer possible, and units beyond what is asked or given,
        are let go first in the order of their rows. Without it the plan starts empty. Then it is made the best one.
    :param absent_needs: flags by need (shape (needs,)), true for those that come later with :meth:`admit`.
    :param absent_offers: the same for offers and :meth:`open_offer`.
    :raises InvalidPolicy: the policy asks for fairness or widening, which only a round can give.
    """

    def __init__(
        self,
        *,
        instance: Instance,
        policy: Policy | None = None,
        matches: Matches | None = None,
        absent_needs: Flags | None = None,
        absent_offers: Flags | None = None,
    ) -> None:
        policy = policy or Policy()
        for key, on in (("fairness.by", policy.fair), ("widening.on", policy.widen)):
            if on:
                raise InvalidPolicy(key=key, reason="only_in_a_round")
        self._layout = lay_out(instance)
        needs, offers = self._layout.instance.needs, self._layout.instance.offers
        tiers = counted_tiers(instance.needs, policy)
        self._order = self._layout.need_at[needs_in_order(instance.needs, tiers)]
        turn = np.empty(len(needs), np.int64)
        turn[self._order] = np.arange(len(needs))
        away = np.zeros(len(needs), np.bool_) if absent_needs is None else absent_needs[self._layout.need_row]
        shut = (
            np.zeros(len(offers), np.bool_)
            if absent_offers is None
            else absent_offers[self._layout.offer_row]
        )
        self._sides: dict[Kind, _Side] = {}
        for kind in (Kind.WHOLE, Kind.SHARED):
            mine = offers.divisible == (kind is Kind.SHARED)
            if not mine.any():
                continue
            graph = find_graph(self._layout, kind=kind, policy=policy, tiers=tiers[self._layout.need_row])
            chains = new_chains(graph, turn=turn, offers=len(offers))
            asks = np.where(away, 0, needs.quantity if kind is Kind.SHARED else 1)
            gives = np.where(mine & ~shut, offers.quantity if kind is Kind.SHARED else offers.quantity > 0, 0)
            chains.room[:], chains.left[:] = asks, gives
            self._sides[kind] = _Side(chains=chains, asked=asks.astype(np.int64))
        self._whole = np.zeros(len(needs), np.bool_)
        self._wants = needs.quantity.copy()
        if matches is not None:
            self._take_over(matches)
        self._improve()

    def _take_over(self, matches: Matches) -> None:
        """Put what is still possible of an earlier plan into this one."""
        layout = self._layout
        divisible = layout.instance.offers.divisible
        for need, offer, units in zip(
            layout.need_at[matches.need].tolist(),
            layout.offer_at[matches.offer].tolist(),
            matches.quantity.tolist(),
            strict=True,
        ):
            kind = Kind.SHARED if divisible[offer] else Kind.WHOLE
            chains = self._sides[kind].chains
            arcs = np.arange(chains.first[need], chains.first[need + 1])
            for arc in arcs[chains.offer[arcs] == offer].tolist():
                kept = min(units if kind is Kind.SHARED else 1, chains.room[need], chains.left[offer])
                chains.flow[arc] += kept
                chains.room[need] -= kept
                chains.left[offer] -= kept

    def _improve(self) -> None:
        """Make the plan the best one, whole offers first."""
        whole, shared = self._sides.get(Kind.WHOLE), self._sides.get(Kind.SHARED)
        if whole is not None:
            serve_all(whole.chains, self._order)
            self._whole = self._served(whole) > 0
        if shared is not None:
            for need in np.flatnonzero(self._whole & (shared.asked > 0)).tolist():
                self._ask(shared, need, 0)
            serve_all(shared.chains, self._order)

    @staticmethod
    def _served(side: _Side) -> Ints:
        served: Ints = side.asked - side.chains.room
        return served

    @staticmethod
    def _ask(side: _Side, need: int, units: int) -> None:
        """Set what a need asks for."""
        more = units - int(side.asked[need])
        side.asked[need] = units
        if more > 0:
            side.chains.room[need] += more
            serve(side.chains, np.int64(need))
        elif more < 0:
            give_up(side.chains, np.int64(need), np.int64(-more))

    def _carry(self) -> None:
        """Needs that gained or lost a whole offer ask the shared ones for nothing, or for all they need."""
        whole, shared = self._sides.get(Kind.WHOLE), self._sides.get(Kind.SHARED)
        if whole is None:
            return
        now = self._served(whole) > 0
        changed = np.flatnonzero(now != self._whole)
        self._whole = now
        if shared is None:
            return
        for need in changed.tolist():
            self._ask(shared, need, int(self._wants[need]) if whole.asked[need] and not now[need] else 0)

    def admit(self, need: int) -> None:
        """A need comes in, or asks again."""
        at = int(self._layout.need_at[need])
        if Kind.WHOLE in self._sides:
            self._ask(self._sides[Kind.WHOLE], at, 1)
            self._carry()
        if Kind.SHARED in self._sides and not self._whole[at]:
            self._ask(self._sides[Kind.SHARED], at, int(self._wants[at]))

    def withdraw(self, need: int) -> None:
        """A need goes: withdrawn, met elsewhere or closed."""
        at = int(self._layout.need_at[need])
        for side in self._sides.values():
            self._ask(side, at, 0)
        self._carry()

    def open_offer(self, offer: int) -> None:
        """An offer comes in, or opens again."""
        self.change_offer(offer, int(self._layout.instance.offers.quantity[self._layout.offer_at[offer]]))

    def close_offer(self, offer: int) -> None:
        """An offer goes: taken back, paused or past."""
        self.change_offer(offer, 0)

    def change_offer(self, offer: int, quantity: int) -> None:
        """An offer gives more or less than before; a whole one gives itself, or nothing.

        :raises InvalidInstance: the quantity is negative.
        """
        if quantity < 0:
            raise InvalidInstance(table="offers", column="quantity", reason="out_of_range", row=offer)
        at = int(self._layout.offer_at[offer])
        kind = Kind.SHARED if self._layout.instance.offers.divisible[at] else Kind.WHOLE
        chains = self._sides[kind].chains
        arcs = chains.back_arc[chains.back_first[at] : chains.back_first[at + 1]]
        gives = int(chains.left[at] + chains.flow[arcs].sum())
        more = (quantity if kind is Kind.SHARED else int(quantity > 0)) - gives
        if more > 0:
            chains.left[at] += more
            hand_out(chains, np.int64(at))
        elif more < 0:
            take_back(chains, np.int64(at), np.int64(-more))
        if kind is Kind.WHOLE:
            self._carry()

    def confirm(self, need: int, offer: int) -> int:
        """What is proposed between the two is agreed: it leaves the plan on both sides and never moves again.

        :returns: the units agreed; 0 when nothing was proposed between them.
        """
        at, by = int(self._layout.need_at[need]), int(self._layout.offer_at[offer])
        kind = Kind.SHARED if self._layout.instance.offers.divisible[by] else Kind.WHOLE
        side = self._sides[kind]
        chains = side.chains
        arcs = np.arange(chains.first[at], chains.first[at + 1])
        arcs = arcs[chains.offer[arcs] == by]
        units = int(chains.flow[arcs].sum())
        chains.flow[arcs] = 0
        side.asked[at] -= units
        if kind is Kind.WHOLE and units:
            units = int(self._wants[at])
            self._whole[at] = False
        self._wants[at] -= units
        return units

    def met(self) -> Ints:
        """By need, the units that are proposed (shape (needs,))."""
        layout, met = self._layout, np.zeros(len(self._order), np.int64)
        for kind, side in self._sides.items():
            served = self._served(side)
            met += layout.instance.needs.quantity * (served > 0) if kind is Kind.WHOLE else served
        carried: Ints = met[layout.need_at]
        return carried

    def matches(self) -> Matches:
        """The plan as it stands."""
        layout, found = self._layout, []
        for kind, side in self._sides.items():
            used = np.flatnonzero(side.chains.flow)
            need = side.chains.need[used]
            units = side.chains.flow[used].astype(np.int64)
            if kind is Kind.WHOLE:
                units = layout.instance.needs.quantity[need]
            found.append((layout.need_row[need], layout.offer_row[side.chains.offer[used]], units))
        none = (np.zeros(0, np.int64),) * 3
        return matches_of(*(np.concatenate(each) for each in zip(none, *found, strict=True)))

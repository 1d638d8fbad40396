"""A whole round: candidates, whole offers, shared offers, the proof."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tadamun.engines.matching.candidates import find_graph
from tadamun.engines.matching.certificate import OPEN_MARK, Certificate, Part
from tadamun.engines.matching.fairness import Turns, group_needs
from tadamun.engines.matching.graph import Graph, Kind
from tadamun.engines.matching.instance import Instance, Ints
from tadamun.engines.matching.layout import Layout, lay_out
from tadamun.engines.matching.market import Market, solve_in_order, solve_in_turns
from tadamun.engines.matching.matches import Figures, Matches, NeedState, figures_of, matches_of
from tadamun.engines.matching.policy import Policy
from tadamun.engines.matching.priority import counted_tiers, needs_in_order
from tadamun.engines.matching.proof import OPEN, cutoffs, prices
from tadamun.engines.matching.widening import widen

Progress = Callable[[str, float], None]
"""Called with the name of the step (``candidates`` or ``solve``) and how much of it is done, 0 to 1."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    """A solved round.

    ``state`` holds a :class:`NeedState` a need, ``met`` the units it got, ``candidates`` how many offers it looked at.
    ``last_turns`` holds, by kind of offers, the turn of each need's last unit (-1 where there is none), and
    ``seconds`` wall time by step: candidates, solve, certificate, total.
    """

    matches: Matches
    certificate: Certificate
    state: NDArray[np.int8]
    met: Ints
    candidates: Ints
    last_turns: dict[Kind, Ints]
    figures: Figures
    seconds: dict[str, float]
    graphs: dict[Kind, Graph] | None = None


@dataclass
class _Round:
    """What a running round has gathered so far."""

    layout: Layout
    policy: Policy
    tiers: Ints
    order: Ints
    turns: Turns
    met: Ints
    candidates: Ints
    cutoffs: Ints
    offer_prices: Ints
    last_turns: dict[Kind, Ints]
    seconds: dict[str, float]
    graphs: dict[Kind, Graph] | None
    progress: Progress | None

    def timed(self, step: str, begun: float) -> None:
        """Add what has passed since ``begun`` to a step."""
        self.seconds[step] += time.perf_counter() - begun

    def tell(self, step: str) -> Callable[[float], None] | None:
        """A listener for one step."""
        if self.progress is None:
            return None
        heard = self.progress
        return lambda done: heard(step, done)


def solve(
    *,
    instance: Instance,
    policy: Policy | None = None,
    progress: Progress | None = None,
    keep_graphs: bool = False,
) -> Result:
    """Match needs and offers.

    The served units are the best possible in the order of priority, then the distance is the least possible; both are
    proven by the certificate. The same inputs give the same result.

    :param policy: without one there is no escalation, no fairness and no widening.
    :param keep_graphs: keep the candidate arcs in the result, in the rows of :func:`lay_out`.
    """
    begun = time.perf_counter()
    policy = policy or Policy()
    layout = lay_out(instance)
    tiers = counted_tiers(instance.needs, policy)
    running = _Round(
        layout=layout,
        policy=policy,
        tiers=tiers[layout.need_row],
        order=layout.need_at[needs_in_order(instance.needs, tiers)],
        turns=group_needs(instance.needs, tiers).carried(layout.need_at, layout.need_row),
        met=np.zeros(len(instance.needs), np.int64),
        candidates=np.zeros(len(instance.needs), np.int64),
        cutoffs=np.full(len(instance.offers), OPEN, np.int64),
        offer_prices=np.zeros(len(instance.offers), np.int64),
        last_turns={},
        seconds={"candidates": time.perf_counter() - begun, "solve": 0.0, "certificate": 0.0},
        graphs={} if keep_graphs else None,
        progress=progress,
    )
    parts, found = [], []
    for kind in (Kind.WHOLE, Kind.SHARED):
        if (instance.offers.divisible == (kind is Kind.SHARED)).any():
            part, pairs = _solve_kind(running, kind)
            parts.append(part)
            found.append(pairs)
    matches = (
        matches_of(*(np.concatenate([np.zeros(0, np.int64), *each]) for each in zip(*found, strict=True)))
        if found
        else matches_of(*(np.zeros(0, np.int64),) * 3)
    )
    return _result(instance, running, tuple(parts), matches, begun)


def _solve_kind(running: _Round, kind: Kind) -> tuple[Part, tuple[Ints, Ints, Ints]]:
    """Match one kind of offers with what is still asked, and prove it."""
    begun = time.perf_counter()
    graph = find_graph(
        running.layout,
        kind=kind,
        policy=running.policy,
        tiers=running.tiers,
        progress=running.tell("candidates"),
    )
    running.timed("candidates", begun)
    begun = time.perf_counter()
    market = _run(running, graph, kind)
    widened, saturated = np.zeros((0, 2), np.int64), False
    if running.policy.widen and not graph.complete:
        market, widened, saturated = widen(
            running.layout,
            market,
            kind=kind,
            by=running.policy.widen_by,
            run=lambda wider: _run(running, wider, kind),
        )
    pairs = _take(running, market, kind)
    running.timed("solve", begun)
    begun = time.perf_counter()
    part = _prove(running, market, kind, widened, saturated=saturated)
    running.timed("certificate", begun)
    return part, pairs


def _run(running: _Round, graph: Graph, kind: Kind) -> Market:
    """Solve one market: a whole offer is one unit to whoever it covers, a need with whole offers asks for one."""
    needs, offers = running.layout.instance.needs, running.layout.instance.offers
    mine = offers.divisible == (kind is Kind.SHARED)
    if kind is Kind.WHOLE:
        asked, given = np.ones(len(needs), np.int64), np.where(mine & (offers.quantity > 0), 1, 0)
    else:
        asked, given = needs.quantity - running.met, np.where(mine, offers.quantity, 0)
    if kind is Kind.SHARED and running.policy.fair:
        turns = running.turns
        met = np.bincount(turns.group, weights=running.met, minlength=len(turns.asked)).astype(np.int64)
        return solve_in_turns(
            graph, asked=asked, given=given, turns=turns, met=met, step=running.policy.fair_step
        )
    return solve_in_order(
        graph,
        asked=asked,
        given=given,
        order=running.order,
        category=needs.category,
        progress=running.tell("solve"),
    )


def _take(running: _Round, market: Market, kind: Kind) -> tuple[Ints, Ints, Ints]:
    """Read the matches off a solved market: need, offer (in the caller's rows) and units."""
    layout, graph = running.layout, market.graph
    used = np.flatnonzero(market.net.flow)
    need = np.searchsorted(graph.first, used, side="right") - 1
    units = market.net.flow[used].astype(np.int64)
    if kind is Kind.WHOLE:
        units = layout.instance.needs.quantity[need]
    np.add.at(running.met, need, units)
    running.candidates += np.diff(graph.first)
    running.last_turns[kind] = market.last[layout.need_at]
    if running.graphs is not None:
        running.graphs[kind] = graph
    return layout.need_row[need], layout.offer_row[graph.offer[used]], units


def _prove(running: _Round, market: Market, kind: Kind, widened: Ints, *, saturated: bool) -> Part:
    """Take cut-offs and prices from a solved market, and carry them to the caller's rows."""
    layout, graph = running.layout, market.graph
    mine = layout.instance.offers.divisible == (kind is Kind.SHARED)
    running.cutoffs[mine] = cutoffs(graph, market.net, market.left, market.last)[mine]
    need_prices, offer_prices = prices(graph, market.net, market.served)
    running.offer_prices[mine] = offer_prices[mine]
    return Part(
        kind=kind,
        complete=graph.complete,
        saturated=saturated,
        need_prices=need_prices[layout.need_at],
        widened=np.column_stack([layout.need_row[widened[:, 0]], layout.offer_row[widened[:, 1]]]),
    )


def _result(
    instance: Instance, running: _Round, parts: tuple[Part, ...], matches: Matches, begun: float
) -> Result:
    figures = figures_of(instance, matches)
    at = running.layout.need_at
    met, candidates, asked = running.met[at], running.candidates[at], instance.needs.quantity
    state = np.full(len(asked), NeedState.OUT_RANKED, np.int8)
    state[candidates == 0] = NeedState.NOTHING_IN_REACH
    state[met > 0] = NeedState.PART_MET
    state[met == asked] = NeedState.MET
    closing = time.perf_counter()
    cut = running.cutoffs[running.layout.offer_at]
    certificate = Certificate(
        inputs_digest=instance.digest(),
        needs=len(asked),
        offers=len(instance.offers),
        matches_digest=matches.digest(),
        policy=running.policy,
        parts=parts,
        offer_cutoffs=np.where(cut == OPEN, OPEN_MARK, cut),
        offer_prices=running.offer_prices[running.layout.offer_at],
        mixed_categories=mixed_categories(instance),
        units_asked_by_tier=figures.units_asked_by_tier,
        units_met_by_tier=figures.units_met_by_tier,
        distance_steps=figures.distance_steps,
    )
    running.timed("certificate", closing)
    running.seconds["total"] = time.perf_counter() - begun
    return Result(
        matches=matches,
        certificate=certificate,
        state=state,
        met=met,
        candidates=candidates,
        last_turns=running.last_turns,
        figures=figures,
        seconds=running.seconds,
        graphs=running.graphs,
    )


def mixed_categories(instance: Instance) -> tuple[int, ...]:
    """Categories that have whole and shared offers."""
    offers = instance.offers
    both = set(offers.category[offers.divisible].tolist()) & set(offers.category[~offers.divisible].tolist())
    return tuple(sorted(both))

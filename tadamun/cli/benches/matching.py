"""Matching: ours, other solvers and the obvious greedy way, on the same graph."""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import click

from tadamun.cli.output import Refusal, emit, json_option, say, table

if TYPE_CHECKING:
    from tadamun.cli.benches.rivals.matching import Market
    from tadamun.engines.matching import Instance, Policy, Result

_RIVALS = ("ortools", "networkx", "pulp", "greedy")
_WARM_UP = 2_000
_GREEDY_MOST = 200_000
"""Up to so many needs the greedy way is asked unless something else is said; beyond, the engine runs alone."""


class MissingRival(Refusal):
    """A rival asked for is not installed: exit code 2."""

    exit_code = 2


def _names(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in _RIVALS]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: choose among {', '.join(_RIVALS)}.")
    return names


@click.command("matching")
@click.option("--needs", default=100_000, show_default=True, type=click.IntRange(1, 5_000_000))
@click.option(
    "--against",
    callback=_names,
    help=f"Any of {', '.join(_RIVALS)}; greedy when not given, and nobody above {_GREEDY_MOST} needs.",
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0))
@json_option
def command(needs: int, against: tuple[str, ...] | None, seed: int, as_json: bool) -> None:
    """Match as many offers as needs, drawn from real places, and compare."""
    from tadamun.cli.benches.rivals import matching as rivals
    from tadamun.engines import matching

    if against is None:
        against = ("greedy",) if needs <= _GREEDY_MOST else ()
    for name in against:
        if not rivals.is_installed(name):
            raise MissingRival(
                f"{name} is not installed; ./run setup installs it.", code="missing_rival", params={}
            )
    # Every need weighs its nearest offers and all offers are shared out, so that every rival knows the problem.
    policy = matching.Policy(complete_pairs=0)
    say(f"Warming up, and drawing {needs} needs and offers …")
    with ThreadPoolExecutor(1) as beside:
        drawing = beside.submit(matching.draw_instance, needs=needs, seed=seed, divisible=1.0)
        warmed = _warm_up(policy, checker=bool(against))
        instance = drawing.result()
        if not against:
            # Nobody is compared: the checker is compiled while the solver works, and both cores have something to do.
            beside.submit(_warm_up, policy)
        say("Matching …")
        result = matching.solve(instance=instance, policy=policy, keep_graphs=bool(against))
    say("Checking …")
    begun = time.perf_counter()
    violations = matching.count(
        matching.check(instance=instance, matches=result.matches, certificate=result.certificate)
    )
    checked = time.perf_counter() - begun
    ours = _ours(result)
    results, arcs = [ours], int(result.candidates.sum())
    if against:
        market = _market(instance, result)
        for name in against:
            say(f"Asking {name} …")
            results.append(_ask(rivals.SOLVERS[name], name, market, result.seconds["candidates"]))
    report = {
        "bench": "matching",
        "needs": needs,
        "offers": needs,
        "arcs": arcs,
        "seed": seed,
        "violations": violations,
        "seconds_by_step": {**result.seconds, "check": checked},
        "seconds_warming_up": warmed,
        "peak_memory_mb": _peak_memory_mb(),
        "results": results,
        "ratios": {each["name"]: _ratios(ours, each) for each in results[1:]},
    }
    emit(report, as_json=as_json, text=_lines(report))


def _warm_up(policy: Policy, *, checker: bool = True) -> float:
    """Compile, or load what is compiled: the solver, and the checker unless told; returns the seconds this took."""
    from tadamun.engines import matching

    begun = time.perf_counter()
    small = matching.draw_instance(needs=_WARM_UP, divisible=1.0)
    result = matching.solve(instance=small, policy=policy)
    if checker:
        matching.check(instance=small, matches=result.matches, certificate=result.certificate)
    return time.perf_counter() - begun


def _ours(result: Result) -> dict[str, Any]:
    return {
        "name": "tadamun",
        "seconds": result.seconds["solve"],
        "seconds_total": result.seconds["total"],
        "units_by_tier": list(result.figures.units_met_by_tier),
        "km": result.figures.distance_steps / 100,
    }


def _market(instance: Instance, result: Result) -> Market:
    """The very graph that ours was solved on."""
    from tadamun.cli.benches.rivals.matching import Market
    from tadamun.engines.matching import Kind
    from tadamun.engines.matching.layout import lay_out
    from tadamun.engines.matching.priority import counted_tiers, needs_in_order

    layout = lay_out(instance)
    tiers = counted_tiers(instance.needs, result.certificate.policy)
    graph = (result.graphs or {})[Kind.SHARED]
    return Market(
        need=graph.need_of_arcs(),
        offer=graph.offer,
        steps=graph.steps,
        first=graph.first,
        asked=layout.instance.needs.quantity,
        given=layout.instance.offers.quantity,
        tier=tiers[layout.need_row],
        order=layout.need_at[needs_in_order(instance.needs, tiers)],
    )


def _ask(solver: Any, name: str, market: Market, candidates: float) -> dict[str, Any]:
    """Let a rival solve the market; the candidates' time counts for everyone."""
    import numpy as np

    begun = time.perf_counter()
    flow, seconds = solver(market)
    passed = time.perf_counter() - begun
    met = np.bincount(market.need, weights=flow, minlength=len(market.asked))
    tiers = range(int(market.tier.max()) + 1)
    return {
        "name": name,
        "seconds": seconds,
        "seconds_total": candidates + passed,
        "units_by_tier": [int(met[market.tier == tier].sum()) for tier in tiers],
        "km": float(np.dot(flow, market.steps)) / 100,
    }


def _ratios(ours: dict[str, Any], other: dict[str, Any]) -> dict[str, float]:
    """How many times longer the other took, and how many times as many units ours gave."""
    return {
        "seconds": other["seconds"] / ours["seconds"],
        "seconds_total": other["seconds_total"] / ours["seconds_total"],
        "units": sum(ours["units_by_tier"]) / max(1, sum(other["units_by_tier"])),
        "km": ours["km"] / max(1e-9, other["km"]),
    }


def _peak_memory_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def _lines(report: dict[str, Any]) -> list[str]:
    rows = []
    for each in report["results"]:
        ratio = report["ratios"].get(each["name"], {"seconds": 1.0, "seconds_total": 1.0, "units": 1.0})
        rows.append(
            (
                each["name"],
                f"{each['seconds']:.2f}",
                f"× {ratio['seconds']:.2f}",
                f"{each['seconds_total']:.2f}",
                f"× {ratio['seconds_total']:.2f}",
                " / ".join(str(units) for units in each["units_by_tier"]),
                sum(each["units_by_tier"]),
                f"{ratio['units'] - 1:+.1%}",
                f"{each['km']:.0f}",
            )
        )
    heads = ("", "solve s", "", "total s", "", "units by tier", "units", "ours", "km")
    steps = ", ".join(f"{step} {seconds:.2f}" for step, seconds in report["seconds_by_step"].items())
    return [
        *table(heads=heads, rows=rows),
        "",
        f"{report['needs']} needs, {report['offers']} offers, {report['arcs']} arcs, seed {report['seed']}.",
        f"Seconds: {steps}. Before, compiling or loading took {report['seconds_warming_up']:.2f}.",
        f"Peak memory {report['peak_memory_mb']:.0f} MB (rivals included).",
        f"{report['violations']} violations",
    ]

"""Online matching: one arrival after another against a new round."""

from __future__ import annotations

import time
from typing import Any

import click

from tadamun.cli.output import emit, json_option, say, table

_WARM_UP = 2_000


@click.command("online")
@click.option("--needs", default=100_000, show_default=True, type=click.IntRange(10, 2_000_000))
@click.option("--insertions", default=2_000, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0))
@json_option
def command(needs: int, insertions: int, seed: int, as_json: bool) -> None:
    """Let needs come one by one into a standing plan, and compare with a round over all of them.

    An insertion is timed with the search for its candidates; the batch is the solve of a round on its ready graph.
    """
    from tadamun.engines import matching

    insertions = min(insertions, needs // 2)
    policy = matching.Policy(complete_pairs=0)
    say("Warming up …")
    small = matching.draw_instance(needs=_WARM_UP, seed=seed + 1, divisible=1.0)
    matching.solve(instance=small, policy=policy)
    _insert(small, policy, 200, seed)
    say(f"Drawing {needs} needs and offers …")
    instance = matching.draw_instance(needs=needs, seed=seed, divisible=1.0)
    say("A round over all …")
    batch = matching.solve(instance=instance, policy=policy)
    say(f"Inserting {insertions} needs …")
    met, seconds = _insert(instance, policy, insertions, seed)
    report = _report(needs, insertions, seed, batch, met, seconds)
    emit(report, as_json=as_json, text=_lines(report))


def _insert(instance: Any, policy: Any, insertions: int, seed: int) -> tuple[Any, Any]:
    """Insert some of the needs last; gives the units met by need, and the seconds of each insertion."""
    import numpy as np

    from tadamun.engines import matching
    from tadamun.engines.matching.candidates import Search, by_category
    from tadamun.engines.matching.layout import lay_out

    late = np.random.default_rng(seed).choice(len(instance.needs), insertions, replace=False)
    absent = np.zeros(len(instance.needs), np.bool_)
    absent[late] = True
    standing = matching.Standing(instance=instance, policy=policy, absent_needs=absent)
    layout = lay_out(instance)
    search = Search.over(layout, matching.Kind.SHARED)
    trees = {
        category: search.bands(rows)
        for category, rows in by_category(
            layout.instance.offers.category, np.arange(len(instance.offers))
        ).items()
    }
    tiers = matching.counted_tiers(instance.needs, policy)
    seconds = np.empty(insertions)
    for at, need in enumerate(late.tolist()):
        begun = time.perf_counter()
        row = layout.need_at[[need]]
        bands = trees.get(int(instance.needs.category[need]), [])
        search.nearest(row, bands, policy.nearest_for(int(tiers[need])))
        standing.admit(need)
        seconds[at] = time.perf_counter() - begun
    return standing.met(), seconds


def _report(needs: int, insertions: int, seed: int, batch: Any, met: Any, seconds: Any) -> dict[str, Any]:
    import numpy as np

    middle, most, nearly_all = np.quantile(seconds, [0.5, 0.95, 0.99]).tolist()
    solve = batch.seconds["solve"]
    return {
        "bench": "online",
        "needs": needs,
        "offers": needs,
        "insertions": insertions,
        "seed": seed,
        "differing_needs": int((met != batch.met).sum()),
        "same_served_set": bool((met == batch.met).all()),
        "results": [
            {"name": "batch", "seconds": solve, "units": int(batch.met.sum())},
            {
                "name": "insertion",
                "seconds": middle,
                "seconds_p95": most,
                "seconds_p99": nearly_all,
                "seconds_most": float(seconds.max()),
                "units": int(met.sum()),
            },
        ],
        "ratios": {"p99_of_batch": nearly_all / solve},
    }


def _lines(report: dict[str, Any]) -> list[str]:
    batch, one = report["results"]
    heads = ("", "seconds", "p95", "p99", "most", "units")
    rows = [
        ("a new round", f"{batch['seconds']:.4f}", "", "", "", batch["units"]),
        (
            "one insertion",
            *(f"{one[key]:.5f}" for key in ("seconds", "seconds_p95", "seconds_p99", "seconds_most")),
            one["units"],
        ),
    ]
    same = (
        "The served set equals the batch's."
        if report["same_served_set"]
        else (f"The served set differs in {report['differing_needs']} needs.")
    )
    return [
        *table(heads=heads, rows=rows),
        "",
        f"{report['needs']} needs, {report['offers']} offers, {report['insertions']} insertions, "
        f"seed {report['seed']}.",
        f"p99 of one insertion is 1/{1 / report['ratios']['p99_of_batch']:.0f} of a new round. {same}",
    ]

"""Match needs and offers from two tables, with a proof; or check such a proof."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tadamun.cli.output import Refusal, emit, json_option, progress, say, table

if TYPE_CHECKING:
    from tadamun.engines.matching import Policy, Result, Violation
    from tadamun.engines.matching.files import Tables

_FILE = click.Path(path_type=Path)


class UnusableInput(Refusal):
    """A file that cannot be used: exit code 2."""

    exit_code = 2


class MatchOrVerify(click.Group):
    """`match NEEDS OFFERS …` and `match verify …`: whatever is not the word `verify` is a match."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Send everything but `verify` to the match itself."""
        return super().parse_args(ctx, args if args[:1] == ["verify"] else ["round", *args])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Leave the inner name out of what is shown."""
        name, found, rest = super().resolve_command(ctx, args)
        return ("" if name == "round" else name), found, rest


class Unnamed(click.Command):
    """The command that stands for its group: the usage shows the group's name alone."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage without the place of the name that is left out."""
        formatter.write_usage(ctx.command_path.rstrip(), " ".join(self.collect_usage_pieces(ctx)))


@click.group("match", cls=MatchOrVerify)
def command() -> None:
    """Match needs and offers, or verify a match."""


@command.command(
    "round",
    cls=Unnamed,
    epilog="To check a matching: tadamun match verify NEEDS.csv OFFERS.csv MATCHES.csv CERT.json. "
    "The formats are described in docs/engines/matching.md.",
)
@click.argument("needs", type=_FILE, metavar="NEEDS.csv")
@click.argument("offers", type=_FILE, metavar="OFFERS.csv")
@click.option("--out", type=_FILE, required=True, metavar="MATCHES.csv", help="Where the matches go.")
@click.option("--certificate", type=_FILE, required=True, metavar="CERT.json", help="Where the proof goes.")
@click.option(
    "--fair-by", type=click.Choice(["community"]), help="Within a tier, serve the least served first."
)
@click.option(
    "--policy", "policy_path", type=_FILE, metavar="POLICY.toml", help="Escalation, fairness, widening."
)
@click.option(
    "--reasons", type=_FILE, metavar="FILE.csv", help="Where to write why each unmet need is unmet."
)
@json_option
def match_round(
    needs: Path,
    offers: Path,
    out: Path,
    certificate: Path,
    fair_by: str | None,
    policy_path: Path | None,
    reasons: Path | None,
    as_json: bool,
) -> None:
    """Match the needs of NEEDS.csv with the offers of OFFERS.csv."""
    from tadamun.engines import matching
    from tadamun.engines.matching import files

    _refuse_overwriting([needs, offers, *([policy_path] if policy_path else [])], [out, certificate, reasons])
    try:
        policy = files.read_policy(policy_path) if policy_path else matching.Policy()
        policy = replace(policy, fair=True) if fair_by else policy
        tables = _read(needs, offers)
        _prepare()
        result = _solve(tables, policy)
        files.write_matches(out, tables=tables, matches=result.matches)
        files.write_text(certificate, result.certificate.to_json() + "\n")
        if reasons:
            _write_reasons(reasons, tables, result)
    except files.BadFile as bad:
        _refuse(bad)
    emit(_summary(tables, result), as_json=as_json, text=_summary_lines(tables, result))


@command.command("verify")
@click.argument("needs", type=_FILE, metavar="NEEDS.csv")
@click.argument("offers", type=_FILE, metavar="OFFERS.csv")
@click.argument("matches", type=_FILE, metavar="MATCHES.csv")
@click.argument("certificate", type=_FILE, metavar="CERT.json")
@json_option
@click.pass_context
def verify(
    ctx: click.Context, needs: Path, offers: Path, matches: Path, certificate: Path, as_json: bool
) -> None:
    """Check a matching by independent code: exit 0 and "0 violations", or 1 and each violation."""
    from tadamun.cli.matching_words import violation_sentence
    from tadamun.engines import matching
    from tadamun.engines.matching import files

    try:
        tables = _read(needs, offers)
        read = files.read_matches(matches, tables=tables)
        proof = files.read_certificate(certificate)
    except files.BadFile as bad:
        _refuse(bad)
    if not matching.is_compiled():
        _prepare()
    found = matching.check(instance=tables.instance, matches=read.matches, certificate=proof)
    lines = [violation_sentence(each, tables.need_ids, tables.offer_ids) for each in found]
    for code, places in (("unknown_id", read.unknown), ("distance_differs", read.wrong_distance)):
        lines += [_line_sentence(code, *place) for place in places]
    total = matching.count(found) + len(read.unknown) + len(read.wrong_distance)
    verdict = f"{total} violation{'' if total == 1 else 's'}"
    emit(
        {
            "violations": total,
            "found": [_plain_violation(each, tables) for each in found],
            "sentences": lines,
        },
        as_json=as_json,
        text=[*lines, verdict],
    )
    ctx.exit(1 if total else 0)


def _refuse(bad: Any) -> None:
    """End with exit code 2 and a sentence for every mistake."""
    from tadamun.cli.matching_words import file_sentence, problem_sentence

    files = [bad, *([bad.also] if bad.also else [])]
    problems = [
        {
            "path": file.params["path"],
            "line": each.line,
            "column": each.column,
            "code": each.code,
            "message": problem_sentence(each),
        }
        for file in files
        for each in file.params["problems"]
    ]
    raise UnusableInput(
        "\n".join(file_sentence(file) for file in files),
        code=bad.code,
        params={
            "path": bad.params["path"],
            "count": sum(file.params["count"] for file in files),
            "problems": problems,
        },
    )


def _refuse_overwriting(inputs: list[Path], outputs: list[Path | None]) -> None:
    taken = {path.resolve() for path in inputs}
    for path in outputs:
        if path is None or (path.exists() and not path.is_file() and not path.is_dir()):
            continue
        if path.resolve() in taken:
            message = f"{path} is read from or written to already; choose another name."
            raise UnusableInput(message, code="same_file", params={"path": str(path)})
        taken.add(path.resolve())


def _read(needs: Path, offers: Path) -> Tables:
    """Read both tables, with a remark for every column that is passed over."""
    from tadamun.engines.matching import files

    with ExitStack() as stack:
        bars = {
            path: stack.enter_context(progress(length=_rows_expected(path), label=f"Reading {path.name}"))
            for path in (needs, offers)
        }
        rows = {needs: 0, offers: 0}

        def tell(name: str, read: int) -> None:
            path = needs if name == "needs" else offers
            bars[path].update(read - rows[path])
            rows[path] = read

        tables = files.read_tables(needs, offers, progress=tell)
    for path_name, column in tables.unknown_columns:
        shown = column if column.isprintable() else repr(column)
        say(f"{path_name}: the column “{shown}” is not known and was passed over.")
    return tables


def _rows_expected(path: Path) -> int:
    letters_a_row = 80
    return max(1, path.stat().st_size // letters_a_row) if path.is_file() else 1


def _prepare() -> None:
    """Have the engine compiled, or its compiled code loaded, before anything is timed."""
    from tadamun.engines import matching

    if not matching.is_compiled():
        say("Preparing the engine (first time only) …")
    matching.warm_up()


def _solve(tables: Tables, policy: Policy) -> Result:
    from tadamun.engines import matching

    steps = 1000
    shown = {"candidates": 0, "solve": 0}
    with progress(length=2 * steps, label="Matching") as bar:

        def tell(step: str, done: float) -> None:
            at = min(steps, int(done * steps))
            if at > shown[step]:
                bar.update(at - shown[step])
                shown[step] = at

        return matching.solve(instance=tables.instance, policy=policy, progress=tell)


def _write_reasons(path: Path, tables: Tables, result: Result) -> None:
    """A row for every need that is not met in full."""
    import json

    import numpy as np

    from tadamun.cli.matching_words import reason_sentence
    from tadamun.engines import matching
    from tadamun.engines.matching import files

    unmet = np.flatnonzero(result.state != matching.NeedState.MET)
    asked = tables.instance.needs.quantity
    rows = (
        (
            tables.need_ids[reason.need],
            reason.state.name.lower(),
            int(asked[reason.need]),
            int(result.met[reason.need]),
            reason.code.value,
            reason_sentence(reason),
            json.dumps(reason.params),
        )
        for reason in matching.explain(instance=tables.instance, result=result, needs=unmet)
    )
    files.write_rows(path, ("need_id", "state", "asked", "met", "reason", "meaning", "numbers"), rows)


def _summary(tables: Tables, result: Result) -> dict[str, Any]:
    figures, states = result.figures, result.state.tolist()
    return {
        "needs": len(tables.need_ids),
        "offers": len(tables.offer_ids),
        "units": {"asked": figures.units_asked, "met": figures.units_met},
        "by_tier": [
            {"tier": tier, "asked": asked, "met": met}
            for tier, (asked, met) in enumerate(
                zip(figures.units_asked_by_tier, figures.units_met_by_tier, strict=True)
            )
        ],
        "units_by_tier": figures.units_met_by_tier,
        "needs_by_state": {
            name: states.count(code)
            for code, name in enumerate(("met", "part_met", "out_ranked", "nothing_in_reach"))
        },
        "matches": figures.matches,
        "km": figures.km,
        "unit_km": figures.distance_steps / 100,
        "whole_offers_first_in": [tables.categories[code] for code in result.certificate.mixed_categories],
        "inputs_digest": result.certificate.inputs_digest,
        "warnings": [
            {"file": path, "column": column, "code": "unknown_column"}
            for path, column in tables.unknown_columns
        ],
        "seconds": {step: round(seconds, 4) for step, seconds in result.seconds.items()},
    }


def _summary_lines(tables: Tables, result: Result) -> list[str]:
    summary, figures = _summary(tables, result), result.figures
    states = summary["needs_by_state"]
    rows = [(f"tier {each['tier']}", each["asked"], each["met"], _share(each)) for each in summary["by_tier"]]
    rows.append(("in all", figures.units_asked, figures.units_met, _share(summary["units"])))
    lines = table(heads=("units", "asked", "met", "share"), rows=rows)
    lines.append("")
    lines.append(
        f"Needs: {states['met']} met, {states['part_met']} part met, {states['out_ranked']} out-ranked, "
        f"{states['nothing_in_reach']} with nothing in reach."
    )
    lines.append(f"Matches: {figures.matches}, {figures.km:.1f} km in all.")
    if summary["whole_offers_first_in"]:
        lines.append(f"Whole offers went first in: {', '.join(summary['whole_offers_first_in'])}.")
    lines.append(
        "Seconds: " + ", ".join(f"{step} {seconds:.2f}" for step, seconds in result.seconds.items()) + "."
    )
    return lines


def _share(units: dict[str, int]) -> str:
    return f"{units['met'] / units['asked']:.1%}" if units["asked"] else "–"


def _line_sentence(code: str, line: int, need: str, offer: str) -> str:
    from tadamun.cli.matching_words import VIOLATIONS

    return f"{code}: {VIOLATIONS[code].format(line=line, need=f'need {need}', offer=f'offer {offer}')}"


def _plain_violation(violation: Violation, tables: Tables) -> dict[str, Any]:
    return {
        "code": violation.code,
        "need": tables.need_ids[violation.need] if violation.need >= 0 else None,
        "offer": tables.offer_ids[violation.offer] if violation.offer >= 0 else None,
        "more": violation.more,
        **violation.params,
    }

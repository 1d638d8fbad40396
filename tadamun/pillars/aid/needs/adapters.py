"""Rows ↔ the matching engine; the engine is imported inside the functions that use it.

A round is reckoned from the very files that an auditor can download: rows become the tables of `tadamun match`,
and the engine reads those. What the checker accepts here, `tadamun match verify` accepts anywhere.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tadamun.foundation.communities.models import Community
from tadamun.foundation.places.queries import matching_point
from tadamun.pillars.aid.needs.fitting import provided_codes, required_codes, unavailable, window_of
from tadamun.pillars.aid.needs.models import Match, MatchingPolicy, NeedLine, Offer, OfferSlot
from tadamun.pillars.aid.needs.slots import limit_left, local_day, slot_for
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState, OfferState

if TYPE_CHECKING:
    from tadamun.engines.matching import Result

NEED_COLUMNS = [
    "id",
    "category",
    "quantity",
    "tier",
    "waiting_days",
    "community",
    "lat",
    "lon",
    "from",
    "until",
    "requires",
]
OFFER_COLUMNS = [
    "id",
    "category",
    "quantity",
    "divisible",
    "lat",
    "lon",
    "reach_km",
    "from",
    "until",
    "provides",
]


@dataclass(frozen=True)
class Proposed:
    """One match that a round proposes."""

    line_id: int
    slot_id: int
    quantity: int
    reason: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What a round found for one line."""

    line_id: int
    outcome: str
    units: int
    reason: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What is proposed, and an outcome for every line."""

    proposals: list[Proposed]
    outcomes: list[Found]


@dataclass(frozen=True)
class Solved(Plan):
    """A solved round: its plan, and all that proves it."""

    files: dict[str, str]
    certificate: str
    input_digest: str
    violations: int
    policy: dict[str, Any]
    figures: dict[str, Any] = field(default_factory=dict)


def plan(*, community: Community, policy: MatchingPolicy, at: datetime) -> Plan:
    """What a round would propose if it ran now, without its proof."""
    return _reckon(community=community, policy=policy, at=at)[0]


def solve(*, community: Community, policy: MatchingPolicy, at: datetime) -> Solved:
    """Reckon a round over everything open in a community now, and have the independent checker judge it."""
    found, result, tables = _reckon(community=community, policy=policy, at=at)
    certificate = result.certificate.to_json()
    return Solved(
        proposals=found.proposals,
        outcomes=found.outcomes,
        files=tables,
        certificate=certificate,
        input_digest=result.certificate.inputs_digest,
        violations=verify(files=tables, certificate=certificate),
        policy={
            "escalate_after_days": policy.escalate_after_days,
            "fair_by_area": policy.fair_by_area,
            "widen": policy.widen,
        },
        figures=_figures(result.figures, lines=result.certificate.needs, offers=result.certificate.offers),
    )


def _reckon(
    *, community: Community, policy: MatchingPolicy, at: datetime
) -> tuple[Plan, Result, dict[str, str]]:
    """The plan over everything open in a community now, the engine's result, and the files it was reckoned from."""
    from tadamun.engines import matching
    from tadamun.engines.matching import files

    lines, slots = open_lines(community=community), open_slots(community=community, at=at)
    tables = {
        "needs.csv": _needs_table(lines, slots, at=at),
        "offers.csv": _offers_table(lines, slots, at=at),
        "policy.toml": policy_text(policy),
    }
    with _as_files(tables) as folder:
        inputs = files.read_tables(folder / "needs.csv", folder / "offers.csv")
        rules = files.read_policy(folder / "policy.toml")
        result = matching.solve(instance=inputs.instance, policy=rules)
        files.write_matches(folder / "matches.csv", tables=inputs, matches=result.matches)
        tables["matches.csv"] = (folder / "matches.csv").read_text()
    lines_by_id = {line.public_id: line for line in lines}
    slots_by_id = {slot.offer.public_id: slot for slot in slots}
    reasons = {
        reason.need: {"code": reason.code.value, **reason.params}
        for reason in matching.explain(instance=inputs.instance, result=result)
    }
    proposals = [
        Proposed(
            line_id=lines_by_id[inputs.need_ids[need]].pk,
            slot_id=slots_by_id[inputs.offer_ids[offer]].pk,
            quantity=quantity,
            reason=reasons[need],
        )
        for need, offer, quantity in zip(
            result.matches.need.tolist(),
            result.matches.offer.tolist(),
            result.matches.quantity.tolist(),
            strict=True,
        )
    ]
    outcomes = [
        Found(
            line_id=lines_by_id[inputs.need_ids[row]].pk,
            outcome=matching.NeedState(state).name.lower(),
            units=met,
            reason=reasons[row],
        )
        for row, (state, met) in enumerate(zip(result.state.tolist(), result.met.tolist(), strict=True))
    ]
    return Plan(proposals=proposals, outcomes=outcomes), result, tables


def verify(*, files: Mapping[str, str], certificate: str) -> int:
    """How many violations the independent checker finds in a stored round, as `tadamun match verify` counts them."""
    from tadamun.engines import matching
    from tadamun.engines.matching import files as formats

    with _as_files({**files, "certificate.json": certificate}) as folder:
        inputs = formats.read_tables(folder / "needs.csv", folder / "offers.csv")
        read = formats.read_matches(folder / "matches.csv", tables=inputs)
        proof = formats.read_certificate(folder / "certificate.json")
    found = matching.check(instance=inputs.instance, matches=read.matches, certificate=proof)
    return matching.count(found) + len(read.unknown) + len(read.wrong_distance)


@contextmanager
def _as_files(texts: Mapping[str, str]) -> Iterator[Path]:
    """A folder with these texts as files, gone again afterwards: the engine reads what an auditor would."""
    with TemporaryDirectory(prefix="tadamun-round-") as name:
        folder = Path(name)
        for file, text in texts.items():
            (folder / file).write_text(text)
        yield folder


def policy_text(policy: MatchingPolicy) -> str:
    """The community's policy in the form of `--policy`: each tier but the first rises after the same wait."""
    days = policy.escalate_after_days
    return (
        f"[escalation]\ndays = {{1 = {days}, 2 = {days}}}\n\n"
        f'[fairness]\nby = "{"community" if policy.fair_by_area else ""}"\n\n'
        f"[widening]\non = {'true' if policy.widen else 'false'}\n"
    )


def open_lines(*, community: Community) -> list[NeedLine]:
    """The lines that a round is about: sorted, unmet, not money, and not wholly spoken for."""
    rows = NeedLine.objects.filter(
        community=community,
        state__in=[LineState.OPEN, LineState.PART_MATCHED],
        category__is_money=False,
        request__merged_into__isnull=True,
    ).select_related("category", "request__place__area", "community")
    return [line for line in rows.order_by("public_id") if line.unreserved > 0]


def open_slots(*, community: Community, at: datetime) -> list[OfferSlot]:
    """The slots that a round may give from: of open offers whose givers may help, with something left."""
    rows = Offer.objects.filter(community=community, state=OfferState.OPEN, category__is_money=False)
    found = []
    for offer in rows.select_related("category", "community", "place__area", "giver", "shelter").order_by(
        "public_id"
    ):
        if unavailable(offer=offer, at=at) or limit_left(offer=offer, at=at) == 0:
            continue
        slot = slot_for(offer=offer, on=local_day(community=community, at=at))
        slot.offer = offer
        if slot.free > 0 and (offer.divisible or not slot.reserved):
            found.append(slot)
    return found


def _needs_table(lines: list[NeedLine], slots: list[OfferSlot], *, at: datetime) -> str:
    barred = _barred(lines, slots)
    rows = []
    for line in lines:
        point = matching_point(place=line.request.place, community=line.community)
        place = line.request.place
        rows.append(
            [
                line.public_id,
                line.category.code,
                line.unreserved,
                line.tier,
                max(0, (at - line.waiting_since) // timedelta(days=1)),
                place.area.public_id if place and place.area else "elsewhere",
                f"{point.latitude:.6f}",
                f"{point.longitude:.6f}",
                _moment(line.from_at or at),
                _moment(line.until_at if line.until_at and line.until_at > at else None),
                "|".join([*sorted(required_codes(line=line)), *sorted(barred.get(line.pk, ()))]),
            ]
        )
    return _table(NEED_COLUMNS, rows)


def _offers_table(lines: list[NeedLine], slots: list[OfferSlot], *, at: datetime) -> str:
    barred = {word for words in _barred(lines, slots).values() for word in words}
    rows = []
    for slot in slots:
        offer = slot.offer
        point = matching_point(place=offer.place, community=offer.community)
        starts, ends = window_of(slot=slot)
        left = limit_left(offer=offer, at=at)
        rows.append(
            [
                offer.public_id,
                offer.category.code,
                # A household takes at least one unit, so capping the units keeps the giver's limit of households.
                slot.free if left is None or not offer.divisible else min(slot.free, left),
                "true" if offer.divisible else "false",
                f"{point.latitude:.6f}",
                f"{point.longitude:.6f}",
                f"{offer.reach_km:g}",
                _moment(starts),
                _moment(ends),
                "|".join([*sorted(provided_codes(offer=offer)), *sorted(barred - {_bar(offer)})]),
            ]
        )
    return _table(OFFER_COLUMNS, rows)


def _barred(lines: list[NeedLine], slots: list[OfferSlot]) -> dict[int, set[str]]:
    """Offers that a line must not be proposed again: its asker's own, or one that was answered no.

    To the engine each is a requirement that every offer but the barred one provides.
    """
    offers = {slot.pk: slot.offer for slot in slots}
    barred: dict[int, set[str]] = {}
    ended = Match.objects.filter(line__in=lines, slot__in=offers).exclude(state=MatchState.PROPOSED)
    for line_id, slot_id in ended.values_list("line_id", "slot_id"):
        barred.setdefault(line_id, set()).add(_bar(offers[slot_id]))
    by_giver: dict[int, list[Offer]] = {}
    for offer in offers.values():
        if offer.giver_id is not None:
            by_giver.setdefault(offer.giver_id, []).append(offer)
    for line in lines:
        for offer in by_giver.get(line.request.asker_id or 0, []):
            barred.setdefault(line.pk, set()).add(_bar(offer))
    return barred


def _bar(offer: Offer) -> str:
    return f"not_{offer.public_id}"


def _moment(value: datetime | None) -> str:
    return value.isoformat(timespec="seconds") if value else ""


def _table(columns: list[str], rows: Iterable[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _figures(figures: Any, *, lines: int, offers: int) -> dict[str, Any]:
    return {
        "lines": lines,
        "offers": offers,
        "asked": figures.units_asked,
        "met": figures.units_met,
        "asked_by_tier": list(figures.units_asked_by_tier),
        "met_by_tier": list(figures.units_met_by_tier),
        "matches": figures.matches,
        "km": figures.km,
    }

"""The checker's verdict, step by step: the papers, the pairs, then each kind of offers."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from tadamun.engines.matching.certificate import Certificate, Part
from tadamun.engines.matching.checker.lists import Lists, lists_of
from tadamun.engines.matching.checker.pairs import feasible_pairs, pair_steps
from tadamun.engines.matching.checker.turns import TurnsTaken, fair_turns, strict_turns, tiers_counted
from tadamun.engines.matching.checker.violations import Findings, Violation
from tadamun.engines.matching.graph import Kind
from tadamun.engines.matching.instance import Flags, Instance, Ints
from tadamun.engines.matching.matches import Matches

_OPEN: Final = 1 << 61
_NO_TURN: Final = -1


class Side(NamedTuple):
    """One kind of offers as the checker sees it: what was asked, given, got and is left."""

    kind: Kind
    mine: Flags
    need: Ints
    offer: Ints
    units: Ints
    asked: Ints
    got: Ints
    left: Ints
    turns: TurnsTaken
    cut: Ints


def check(*, instance: Instance, matches: Matches, certificate: Certificate) -> list[Violation]:
    """Check a matching against its inputs and certificate.

    :returns: every broken rule; empty when the matching stands proven.
    """
    findings = Findings()
    if _papers(findings, instance, matches, certificate) and _pairs(findings, instance, matches):
        tiers = tiers_counted(instance.needs, certificate.policy)
        _figures(findings, instance, matches, certificate)
        before = np.zeros(len(instance.needs), np.int64)
        for kind in (Kind.WHOLE, Kind.SHARED):
            mine = instance.offers.divisible == (kind is Kind.SHARED)
            part = certificate.part(kind)
            if part is None:
                if mine.any():
                    findings.add("part_missing", kind=kind.value)
                continue
            side = _side(instance, matches, certificate, kind=kind, tiers=tiers, before=before)
            _offers(findings, instance, certificate, side)
            _used(findings, instance, certificate, part, side)
            _every_list(findings, instance, certificate, part, side, tiers)
            before = before + np.bincount(side.need, weights=side.units, minlength=len(before)).astype(
                np.int64
            )
    return findings.all()


def _papers(findings: Findings, instance: Instance, matches: Matches, certificate: Certificate) -> bool:
    """Do the three documents belong together? False when nothing further can be compared."""
    needs, offers = len(instance.needs), len(instance.offers)
    if certificate.inputs_digest != instance.digest():
        findings.add("inputs_differ")
    if certificate.matches_digest != matches.digest():
        findings.add("matches_differ")
    right = (certificate.needs, certificate.offers) == (needs, offers)
    right &= len(certificate.offer_cutoffs) == len(certificate.offer_prices) == offers
    for part in certificate.parts:
        right &= len(part.need_prices) == needs
        wide = part.widened
        right &= not len(wide) or bool(
            (wide >= 0).all() and wide[:, 0].max() < needs and wide[:, 1].max() < offers
        )
        right &= part.complete or not len(wide) or certificate.policy.widen
    if not right:
        findings.add("certificate_does_not_fit")
    return bool(right)


def _pairs(findings: Findings, instance: Instance, matches: Matches) -> bool:
    """Is every match one that could be made, and is nothing given twice? False when rows are unknown."""
    needs, offers = instance.needs, instance.offers
    unknown = (matches.need < 0) | (matches.need >= len(needs))
    unknown |= (matches.offer < 0) | (matches.offer >= len(offers))
    findings.add_rows("unknown_row", need=matches.need[unknown], offer=matches.offer[unknown])
    if unknown.any():
        return False
    for code, wrong in feasible_pairs(instance, matches.need, matches.offer, matches.quantity).items():
        findings.add_rows(code, need=matches.need[wrong], offer=matches.offer[wrong])
    key = matches.need * max(1, len(offers)) + matches.offer
    _, first = np.unique(key, return_index=True)
    twice = np.setdiff1d(np.arange(len(key)), first)
    findings.add_rows("pair_twice", need=matches.need[twice], offer=matches.offer[twice])
    got = np.bincount(matches.need, weights=matches.quantity, minlength=len(needs))
    findings.add_rows("need_overfilled", need=np.flatnonzero(got > needs.quantity))
    given = np.bincount(matches.offer, weights=matches.quantity, minlength=len(offers))
    findings.add_rows("offer_overdrawn", offer=np.flatnonzero(given > offers.quantity))
    takers = np.bincount(matches.offer, minlength=len(offers))
    findings.add_rows("whole_offer_split", offer=np.flatnonzero((takers > 1) & ~offers.divisible))
    return True


def _figures(findings: Findings, instance: Instance, matches: Matches, certificate: Certificate) -> None:
    needs, offers = instance.needs, instance.offers
    tiers = range(int(needs.tier.max(initial=-1)) + 1)
    met_tier = needs.tier[matches.need]
    asked = tuple(int(needs.quantity[needs.tier == tier].sum()) for tier in tiers)
    met = tuple(int(matches.quantity[met_tier == tier].sum()) for tier in tiers)
    weight = np.where(offers.divisible[matches.offer], matches.quantity, 1)
    far = int((pair_steps(instance, matches.need, matches.offer) * weight).sum())
    stated = (certificate.units_asked_by_tier, certificate.units_met_by_tier, certificate.distance_steps)
    for name, is_stated, is_so in zip(("asked", "met", "distance"), stated, (asked, met, far), strict=True):
        if is_stated != is_so:
            findings.add("figure_differs", figure=name, stated=str(is_stated), counted=str(is_so))
    kinds = [set(offers.category[offers.divisible == flag].tolist()) for flag in (True, False)]
    if certificate.mixed_categories != tuple(sorted(kinds[0] & kinds[1])):
        findings.add(
            "figure_differs", figure="whole_offers_first_in", stated=str(certificate.mixed_categories)
        )


def _side(
    instance: Instance, matches: Matches, certificate: Certificate, *, kind: Kind, tiers: Ints, before: Ints
) -> Side:
    """Gather one kind: what each need asks of it and got, what each offer has left, and the turns."""
    needs, offers = instance.needs, instance.offers
    mine = offers.divisible == (kind is Kind.SHARED)
    of_kind = mine[matches.offer]
    need, offer, units = (values[of_kind] for values in (matches.need, matches.offer, matches.quantity))
    flow = np.ones(len(need)) if kind is Kind.WHOLE else units
    asked = np.ones(len(needs), np.int64) if kind is Kind.WHOLE else needs.quantity - before
    has = np.where(mine, np.minimum(offers.quantity, 1) if kind is Kind.WHOLE else offers.quantity, 0)
    got = np.bincount(need, weights=flow, minlength=len(needs)).astype(np.int64)
    left = has - np.bincount(offer, weights=flow, minlength=len(offers)).astype(np.int64)
    policy = certificate.policy
    if policy.fair and kind is Kind.SHARED:
        turns = fair_turns(needs, tiers, asked=asked, got=got, before=before, step=policy.fair_step)
    else:
        turns = strict_turns(needs, tiers, asked=asked, got=got)
    cut = np.where(certificate.offer_cutoffs < 0, _OPEN, certificate.offer_cutoffs)
    return Side(kind, mine, need, offer, units, asked, got, left, turns, cut)


def _offers(findings: Findings, instance: Instance, certificate: Certificate, side: Side) -> None:
    """What is left over is open and costs nothing; no offer is worth less than nothing."""
    spare = side.mine & (side.left > 0)
    findings.add_rows("spare_offer_not_open", offer=np.flatnonzero(spare & (side.cut != _OPEN)))
    findings.add_rows("spare_offer_priced", offer=np.flatnonzero(spare & (certificate.offer_prices != 0)))
    usable = side.mine & (instance.offers.quantity > 0)
    findings.add_rows("offer_price_above_zero", offer=np.flatnonzero(usable & (certificate.offer_prices > 0)))


def _used(findings: Findings, instance: Instance, certificate: Certificate, part: Part, side: Side) -> None:
    """Pairs in use: nobody stands behind a cut-off that is not theirs, and the prices are tight."""
    late = side.turns.last[side.need] > side.cut[side.offer]
    findings.add_rows("served_after_cutoff", need=side.need[late], offer=side.offer[late])
    slack = pair_steps(instance, side.need, side.offer)
    slack = slack + part.need_prices[side.need] - certificate.offer_prices[side.offer]
    loose = slack != 0
    findings.add_rows("used_pair_not_tight", need=side.need[loose], offer=side.offer[loose])


def _every_list(
    findings: Findings, instance: Instance, certificate: Certificate, part: Part, side: Side, tiers: Ints
) -> None:
    """Hold cut-offs and prices against every pair that counted."""
    own = np.full(len(instance.needs), _OPEN, np.int64)
    np.minimum.at(own, side.need, side.cut[side.offer])
    limits = None
    if not part.complete:
        nearest = certificate.policy.nearest
        limits = np.array(nearest)[np.minimum(tiers, len(nearest) - 1)]
    needs, offers = np.arange(len(instance.needs)), np.flatnonzero(side.mine)
    whole = side.kind is Kind.WHOLE
    for piece in lists_of(instance, needs=needs, offers=offers, limits=limits, whole=whole):
        _hold(findings, certificate, part, side, own, piece)
    if len(part.widened):
        need, offer = part.widened[:, 0], part.widened[:, 1]
        wrong = np.zeros(len(need), np.bool_)
        for code, these in feasible_pairs(instance, need, offer, None).items():
            wrong |= these & (code != "too_small" or whole)
        wrong |= ~side.mine[offer]
        findings.add_rows("widened_pair_not_feasible", need=need[wrong], offer=offer[wrong])
        _hold(findings, certificate, part, side, own, Lists(need, offer, pair_steps(instance, need, offer)))
    if part.saturated:
        short = np.flatnonzero((own < _OPEN) | (side.turns.refused != _NO_TURN))
        live = np.flatnonzero(side.mine & (side.cut == _OPEN))
        one = np.ones(len(instance.needs), np.int64)
        for piece in lists_of(instance, needs=short, offers=live, limits=one, whole=whole):
            findings.add_rows("open_offer_in_reach", need=piece.need, offer=piece.offer)


def _hold(
    findings: Findings, certificate: Certificate, part: Part, side: Side, own: Ints, piece: Lists
) -> None:
    """The three conditions on a pair that counted, whether it is used or not."""
    need, offer = piece.need, piece.offer
    cut, refused, got = side.cut[offer], side.turns.refused[need], side.got[need] > 0
    passed = (refused != _NO_TURN) & (cut > refused)
    findings.add_rows("passed_over", need=need[passed], offer=offer[passed])
    leak = got & (cut > own[need])
    findings.add_rows("cutoff_not_closed", need=need[leak], offer=offer[leak])
    slack = piece.steps + part.need_prices[need] - certificate.offer_prices[offer]
    near = got & (slack < 0)
    findings.add_rows("shorter_plan_possible", need=need[near], offer=offer[near])

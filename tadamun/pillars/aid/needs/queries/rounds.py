"""What is seen of rounds: the proof for members, the proposals for coordinators, the files for auditors."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.communities.errors import RoleNeeded
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import require, require_member
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import (
    DistributionCard,
    ProposalCard,
    RoundCard,
    SeatCard,
    Share,
    UnmatchedCard,
)
from tadamun.pillars.aid.needs.errors import NoSuchOffer, NoSuchRound
from tadamun.pillars.aid.needs.fitting import place_known
from tadamun.pillars.aid.needs.models import (
    Distribution,
    DistributionSeat,
    Match,
    MatchingPolicy,
    NeedLine,
    Round,
)
from tadamun.pillars.aid.needs.queries.lines import area_of, giver_name, line_card, with_relations
from tadamun.pillars.aid.needs.reasons import without_distance
from tadamun.pillars.aid.needs.vocabulary import RECKONING, ROUND_PATIENCE, MatchState, Outcome, RoundState

_SEATS = Prefetch("seats", DistributionSeat.objects.select_related("match__line__request").order_by("number"))
SHOWN_FROM = 11
"""Counts below this are not shown to members: few cases could be told apart."""


def rounds(*, community: Community, viewer: Any) -> list[RoundCard]:
    """The rounds of a community, newest first, for its members."""
    require_member(person=viewer, community=community)
    return [_round_card(row) for row in Round.objects.filter(community=community).order_by("-number")[:50]]


def round_card(*, round_id: str, viewer: Any, community: Community | None = None) -> RoundCard:
    """One round with its proof and its fairness by area.

    :raises NoSuchRound: none of this id, or none in the community of the page.
    :raises NotAMember: the viewer is a stranger to the community.
    """
    row = _round(round_id, community=community)
    require_member(person=viewer, community=row.community)
    return _round_card(row, areas=_area_shares(row))


def last_round(*, community: Community) -> RoundCard | None:
    """The latest finished round: digest and verdict only, for anybody."""
    row = Round.objects.filter(community=community, state=RoundState.DONE).order_by("-number").first()
    return _round_card(row) if row else None


def round_running(*, community: Community, at: datetime) -> bool:
    """Whether a round is being reckoned now; one that was cut off is not."""
    rows = Round.objects.filter(community=community, state__in=RECKONING)
    return rows.filter(asked_at__gte=at - ROUND_PATIENCE).exists()


def proposals(*, round_id: str, viewer: Any) -> list[ProposalCard]:
    """What a round proposes, most severe first, for coordinators."""
    row = _round(round_id)
    policies.require_coordinator(actor=viewer, community=row.community)
    matches = Match.objects.filter(round=row).select_related(
        "line__category",
        "line__request__place__area",
        "line__request__owner",
        "slot__offer__giver",
        "slot__offer__place",
    )
    return [
        ProposalCard(
            match_id=match.public_id,
            line=line_card(match.line),
            offer_id=match.slot.offer.public_id,
            giver=giver_name(match.slot.offer),
            quantity=match.quantity,
            state=match.state,
            reason=_placed(match.reason, known=_place_known(match)),
        )
        for match in matches.order_by("line__tier", "line__waiting_since", "pk")
    ]


def unmatched(*, round_id: str, viewer: Any) -> list[UnmatchedCard]:
    """The lines a round found nobody, or not enough, for: each with its reason, for coordinators."""
    row = _round(round_id)
    policies.require_coordinator(actor=viewer, community=row.community)
    rest = row.outcomes.exclude(outcome=Outcome.MET)
    lines = {line.pk: line for line in with_relations(NeedLine.objects.filter(outcomes__in=rest))}
    return [
        UnmatchedCard(
            line=line_card(lines[one.line_id]),
            outcome=one.outcome,
            units=one.units,
            reason=_placed(one.reason, known=place_known(place=lines[one.line_id].request.place)),
        )
        for one in rest.order_by("line__tier", "line__waiting_since", "line__pk")
    ]


def _place_known(match: Match) -> bool:
    """Whether both ends of a match are known, so that its distance is a fact."""
    places = (match.line.request.place, match.slot.offer.place)
    return all(place_known(place=place) for place in places)


def _placed(reason: dict[str, Any], *, known: bool) -> dict[str, Any]:
    return reason if known else without_distance(reason=reason)


def round_file(*, round_id: str, name: str, viewer: Any) -> str:
    """One file of a round's proof, as the command line reads it, for auditors whom the community names.

    :param name: needs.csv, offers.csv, matches.csv, policy.toml or certificate.json.
    :raises RoleNeeded: the viewer is no auditor.
    """
    row = _round(round_id)
    require(policies.may_audit(person=viewer, community=row.community), RoleNeeded(roles=["auditor"]))
    files: dict[str, str] = {"certificate.json": row.certificate, **json.loads(row.inputs or "{}")}
    if name not in files:
        raise NoSuchRound
    return files[name]


def policy_of(*, community: Community) -> MatchingPolicy:
    """The published policy of a community's rounds."""
    return MatchingPolicy.objects.filter(community=community).first() or MatchingPolicy(community=community)


def distributions(*, community: Community, viewer: Any) -> list[DistributionCard]:
    """Distribution days, newest first, for coordinators."""
    policies.require_coordinator(actor=viewer, community=community)
    return [
        _distribution(row)
        for row in Distribution.objects.filter(community=community)
        .select_related("offer__category", "offer__giver")
        .prefetch_related(_SEATS)
        .order_by("-opens_at")[:30]
    ]


def distribution_card(
    *, distribution_id: str, viewer: Any, community: Community | None = None
) -> DistributionCard:
    """One distribution day with its numbered list.

    :raises NoSuchOffer: none of this id, or none in the community of the page.
    """
    row = (
        Distribution.objects.select_related("community", "offer__category", "offer__giver")
        .prefetch_related(_SEATS)
        .filter(public_id=distribution_id)
        .first()
    )
    if row is None or (community is not None and row.community_id != community.pk):
        raise NoSuchOffer
    policies.require_coordinator(actor=viewer, community=row.community)
    return _distribution(row)


def _round(round_id: str, *, community: Community | None = None) -> Round:
    row = Round.objects.select_related("community").filter(public_id=round_id).first()
    if row is None or (community is not None and row.community_id != community.pk):
        raise NoSuchRound
    return row


def _round_card(row: Round, *, areas: tuple[Share, ...] = ()) -> RoundCard:
    asked, met = row.figures.get("asked_by_tier", []), row.figures.get("met_by_tier", [])
    return RoundCard(
        public_id=row.public_id,
        number=row.number,
        state=row.state,
        asked_at=row.asked_at,
        reckoned_at=row.reckoned_at,
        policy=row.policy,
        input_digest=row.input_digest,
        certificate_digest=row.certificate_digest,
        violations=row.violations,
        problem=row.problem,
        inputs_destroyed=row.state == RoundState.DONE and not row.inputs,
        figures=_shown_figures(row.figures),
        areas=areas,
        tiers=disclosed({str(tier): pair for tier, pair in enumerate(zip(asked, met, strict=False))}),
    )


def _shown_figures(figures: dict[str, Any]) -> dict[str, Any]:
    """The totals of a round, without those under eleven, and without a pair whose difference is under eleven."""
    asked, met = figures.get("asked", 0), figures.get("met", 0)
    (total,) = disclosed({"": (asked, met)})
    offers = figures.get("offers", 0)
    return {"asked": total.asked, "met": total.met, "offers": offers if offers >= SHOWN_FROM else None}


def disclosed(pairs: dict[str, tuple[int, int]]) -> tuple[Share, ...]:
    """Asked and met by name, so that no number, and nothing left over, is small enough to point at a household.

    Where one alone would be hidden, the smallest other one is hidden too: else the total would give it away.
    """
    asked_hidden = {name for name, (asked, _) in pairs.items() if asked < SHOWN_FROM}
    _hide_one_more(asked_hidden, {name: asked for name, (asked, _) in pairs.items()})
    met_hidden = asked_hidden | {
        name
        for name, (asked, met) in pairs.items()
        if met < SHOWN_FROM or (met != asked and asked - met < SHOWN_FROM)
    }
    _hide_one_more(met_hidden, {name: met for name, (_, met) in pairs.items()})
    return tuple(
        Share(
            name=name,
            asked=None if name in asked_hidden else asked,
            met=None if name in met_hidden else met,
        )
        for name, (asked, met) in pairs.items()
    )


def _hide_one_more(hidden: set[str], numbers: dict[str, int]) -> None:
    rest = [name for name in numbers if name not in hidden]
    if len(hidden) == 1 and rest:
        hidden.add(min(rest, key=lambda name: (numbers[name], name)))


def _area_shares(row: Round) -> tuple[Share, ...]:
    """Lines asked and fully met by area; places that are confidential stand with those of no area."""
    counts: dict[str, list[int]] = {}
    for one in row.outcomes.select_related("line__request__place__area"):
        pair = counts.setdefault(area_of(one.line.request), [0, 0])
        pair[0] += 1
        pair[1] += one.outcome == Outcome.MET
    return disclosed({area: (asked, met) for area, (asked, met) in sorted(counts.items())})


def _distribution(row: Distribution) -> DistributionCard:
    seats = row.seats.all()
    return DistributionCard(
        public_id=row.public_id,
        title=row.title,
        where=row.where,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        category=name_of(category=row.offer.category),
        unit=row.offer.category.unit,
        giver=giver_name(row.offer),
        seats=tuple(
            SeatCard(
                number=seat.number,
                request_number=seat.match.line.request.number,
                quantity=seat.match.quantity,
                household_size=seat.match.line.request.household_size,
                checked_at=seat.checked_at or seat.match.confirmed_at,
            )
            for seat in seats
        ),
    )


def awaiting_distribution(*, community: Community, viewer: Any) -> list[tuple[str, str, int]]:
    """Offers of organisations with accepted parcels and no list yet: id, giver, how many."""
    policies.require_coordinator(actor=viewer, community=community)
    ready = Match.objects.filter(
        community=community, state=MatchState.ACCEPTED, seat__isnull=True, slot__offer__is_organisation=True
    ).select_related("slot__offer__giver")
    counts: dict[str, tuple[str, int]] = {}
    for match in ready:
        offer = match.slot.offer
        name, count = counts.get(offer.public_id, (giver_name(offer), 0))
        counts[offer.public_id] = (name, count + 1)
    return [(offer_id, name, count) for offer_id, (name, count) in sorted(counts.items())]

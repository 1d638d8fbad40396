"""Lists to take out: of what the viewer may see, and never a name without a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import membership_of, require
from tadamun.foundation.communities.vocabulary import MembershipState
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import ChatLine, ExportRow, RunCard
from tadamun.pillars.aid.needs.errors import MembersOnly
from tadamun.pillars.aid.needs.models import Match, NeedLine
from tadamun.pillars.aid.needs.queries.lines import area_of, giver_name, what_of, with_relations
from tadamun.pillars.aid.needs.queries.public import public_needs
from tadamun.pillars.aid.needs.vocabulary import NOT_ENDED, LineState, MatchState

AT_ONCE = 2_000
"""Rows that are read from the database in one go; a list holds them all, however many."""


def export_rows(*, community: Community, viewer: Any, everything: bool = False) -> list[ExportRow]:
    """The needs a viewer may see, without names: coordinators all of them, members those shown in public.

    :param everything: also what is met or closed.
    :raises MembersOnly: the viewer does not belong here.
    """
    if policies.may_coordinate(person=viewer, community=community):
        lines = exported_lines(community=community, everything=everything)
        return [export_row(line, community=community) for line in lines]
    require_member(viewer=viewer, community=community)
    return [
        ExportRow(
            number=None,
            asked_on=None,
            category_code="",
            category=one.category,
            quantity=one.quantity,
            open=one.quantity,
            unit=one.unit,
            state=LineState.OPEN,
            tier=None,
            when=one.when,
            until_on=None,
            area=one.area,
            household_size=None,
        )
        for one in public_needs(community=community, most=None)
    ]


def chat_lines(*, community: Community, viewer: Any) -> tuple[list[ChatLine], list[ChatLine]]:
    """A list that may be read by anybody: needs shown in public with their area, and the sums of all others.

    The sums say no area, and nothing of sensitive things or confidential places.

    :raises CoordinatorsOnly: the viewer does not coordinate the community.
    """
    policies.require_coordinator(actor=viewer, community=community)
    shown: Counter[tuple[str, str, str]] = Counter()
    for one in public_needs(community=community, most=None):
        shown[one.category, one.unit, one.area] += one.quantity
    lines = with_relations(
        NeedLine.objects.filter(
            community=community,
            state__in=[LineState.OPEN, LineState.PART_MATCHED],
            category__sensitive=False,
            category__is_money=False,
        ).exclude(request__place__confidential=True)
    ).order_by("category__position", "category__code", "pk")
    sums: Counter[tuple[str, str]] = Counter()
    for line in lines:
        sums[name_of(category=line.category), line.category.unit] += line.quantity - line.promised
    for (category, unit, _area), count in shown.items():
        sums[category, unit] -= count
    with_area = [ChatLine(category, unit, count, area) for (category, unit, area), count in shown.items()]
    return with_area, [
        ChatLine(category, unit, count) for (category, unit), count in sums.items() if count > 0
    ]


def runs_today(*, community: Community, viewer: Any, at: datetime) -> list[RunCard]:
    """Who has handovers today: for a coordinator everybody, for a giver their own; earliest first.

    :raises MembersOnly: the viewer does not belong here.
    """
    coordinates = policies.may_coordinate(person=viewer, community=community)
    if not coordinates:
        require_member(viewer=viewer, community=community)
    runs: dict[str, RunCard] = {}
    for match in matches_today(community=community, at=at):
        giver = match.slot.offer.giver
        if giver is None or match.window_from is None or not (coordinates or giver.pk == viewer.pk):
            continue
        before = runs.get(giver.public_id)
        runs[giver.public_id] = RunCard(
            giver_id=giver.public_id,
            giver=giver_name(match.slot.offer),
            stops=before.stops + 1 if before else 1,
            first_at=before.first_at if before else match.window_from,
        )
    return list(runs.values())


def matches_today(*, community: Community, at: datetime) -> QuerySet[Match]:
    """The handovers agreed for today, in their order (for services of this app)."""
    local = at.astimezone(ZoneInfo(community.time_zone))
    starts = local.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = local.replace(hour=23, minute=59, second=59, microsecond=999_999)
    today = Q(state=MatchState.SCHEDULED, window_from__lte=ends, window_until__gte=starts)
    rows = Match.objects.filter(today, community=community)
    return rows.select_related(
        "community",
        "line__category",
        "line__request__place__area",
        "line__request__asker",
        "slot__offer__giver",
        "slot__offer__category",
    ).order_by("window_from", "pk")


def exported_lines(
    *, community: Community, everything: bool, with_askers: bool = False
) -> Iterator[NeedLine]:
    """Every line of a list, oldest request first (for services of this app)."""
    lines = NeedLine.objects.filter(community=community, request__forgotten_at__isnull=True)
    if not everything:
        lines = lines.filter(state__in=NOT_ENDED)
    ordered = with_relations(lines).order_by("request__number", "pk")
    if with_askers:
        ordered = ordered.select_related("request__asker")
    return ordered.iterator(chunk_size=AT_ONCE)


def export_row(line: NeedLine, *, community: Community) -> ExportRow:
    """One line without anything that says whose it is."""
    zone = ZoneInfo(community.time_zone)
    request = line.request
    return ExportRow(
        number=request.number,
        asked_on=request.asked_at.astimezone(zone).date(),
        category_code="" if line.asks_for_call else line.category.code,
        category=what_of(line),
        quantity=None if line.asks_for_call or line.amount_unsaid else line.quantity,
        open=None if line.asks_for_call or line.amount_unsaid else _open(line),
        unit="" if line.asks_for_call else line.category.unit,
        state=line.state,
        tier=line.tier,
        when=line.when,
        until_on=line.until_at.astimezone(zone).date() if line.until_at else None,
        area=area_of(request),
        household_size=request.household_size,
    )


def _open(line: NeedLine) -> int:
    return line.quantity - line.delivered if line.state in NOT_ENDED else 0


def require_member(*, viewer: Any, community: Community) -> None:
    """Only members go on.

    :raises MembersOnly: anybody else.
    """
    membership = membership_of(person=viewer, community=community)
    require(membership is not None and membership.state == MembershipState.ACTIVE, MembersOnly())

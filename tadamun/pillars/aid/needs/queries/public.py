"""What anybody sees: needs shown by consent, and the month's totals from eleven up."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Consent
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.pillars.aid.needs.cards import MonthTotals, PublicNeed
from tadamun.pillars.aid.needs.models import Match, NeedLine
from tadamun.pillars.aid.needs.queries.lines import area_of, with_relations
from tadamun.pillars.aid.needs.queries.rounds import SHOWN_FROM
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState

SHOWN_MOST = 100


def public_needs(
    *, community: Community, at: datetime | None = None, most: int | None = SHOWN_MOST
) -> list[PublicNeed]:
    """Open needs whose askers agreed to show them: category and area, in an order that says nothing of when.

    :param at: now, where it is to be said whose day is over.
    :param most: how many a page shows; None for a list that leaves none out.
    """
    lines = NeedLine.objects.filter(
        community=community,
        state__in=[LineState.OPEN, LineState.PART_MATCHED],
        request__shows_in_public=True,
        category__sensitive=False,
    ).exclude(request__place__confidential=True)
    agreed = Consent.objects.filter(
        person=OuterRef("request__asker"), purpose=ConsentPurpose.PUBLIC_NEED, withdrawn_at__isnull=True
    )
    # A guest takes the need from the page on their own page; a member may also withdraw the consent in their account.
    lines = lines.filter(Q(request__asker__isnull=True) | Exists(agreed))
    return [
        PublicNeed(
            category=name_of(category=line.category),
            icon=line.category.icon,
            area=area_of(line.request),
            quantity=line.quantity - line.promised,
            unit=line.category.unit,
            when=line.when,
            is_late=at is not None and line.until_at is not None and line.until_at < at,
        )
        for line in with_relations(lines).order_by("category__position", "category__code", "public_id")[:most]
    ]


def open_like(*, community: Community, category_id: int, area_id: int, least: int) -> int | None:
    """How many requests of a kind in an area are open; None below `least`, and of what is sensitive.

    :param category_id: key of a category's row; those below it count with it.
    :param area_id: key of an area's row.
    """
    lines = NeedLine.objects.filter(
        community=community,
        state__in=[LineState.TRIAGE, LineState.OPEN, LineState.PART_MATCHED],
        category__sensitive=False,
        request__place__area=area_id,
    ).filter(Q(category=category_id) | Q(category__parent=category_id))
    count = lines.exclude(request__place__confidential=True).values("request").distinct().count()
    return count if count >= max(least, 1) else None


def month_totals(*, community: Community, at: datetime) -> MonthTotals:
    """What was done together this calendar month; a number under eleven is not shown."""
    first = at.astimezone(ZoneInfo(community.time_zone)).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    met = NeedLine.objects.filter(community=community, state=LineState.MET, met_at__gte=first).count()
    waiting = NeedLine.objects.filter(
        community=community, state__in=[LineState.TRIAGE, LineState.OPEN, LineState.PART_MATCHED]
    ).count()
    confirmed = Match.objects.filter(community=community, state=MatchState.CONFIRMED, confirmed_at__gte=first)
    givers = confirmed.values("slot__offer__giver", "slot__offer__giver_name").distinct().count()
    return MonthTotals(met=_shown(met), waiting=_shown(waiting), givers=_shown(givers))


def _shown(count: int) -> int | None:
    return count if count >= SHOWN_FROM else None

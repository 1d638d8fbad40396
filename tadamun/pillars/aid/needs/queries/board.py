"""What coordinators see first: the numbers, the queue, today's handovers, who waits longest, the map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.catalogue.vocabulary import SafetyTier
from tadamun.foundation.communities.models import Community
from tadamun.foundation.places.models import Area
from tadamun.foundation.places.queries import shown_point
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import AreaWait, Figures, HandoverCard, MapMark, QueueCard
from tadamun.pillars.aid.needs.fitting import lacks_address
from tadamun.pillars.aid.needs.models import (
    AWAITS_A_CALL,
    Match,
    NeedLine,
    Offer,
    Request,
    RoundOutcome,
    StandingOutcome,
)
from tadamun.pillars.aid.needs.queries.fairness import HALF, waited_at_most, waiting_twice
from tadamun.pillars.aid.needs.queries.lines import (
    area_of,
    asked_again,
    giver_name,
    line_card,
    short_name,
    with_relations,
)
from tadamun.pillars.aid.needs.vocabulary import ENDED, LineState, MatchState, OfferState, Tier

WAITING_FOR_MATCH = (LineState.OPEN, LineState.PART_MATCHED)
_WAITING = Q(state__in=WAITING_FOR_MATCH, reserved__lt=F("quantity"), category__is_money=False)
"""Lines with something that nobody has been asked for yet."""
_FOR_THE_FUND = Q(state=LineState.TRIAGE, category__is_money=True, tier__isnull=False)
"""Money that is sorted: it is not matched here, and nothing more is to be done with it on the board."""
_TO_SORT = Q(state=LineState.TRIAGE) & ~_FOR_THE_FUND
A_PAGE = 20
MARKS_MOST = 12
_NAMED = (*(f"category__name_{language}" for language in ("ar", "en", "fr")), "category__safety_tier")
AREAS_MOST = 8


def figures(*, community: Community, viewer: Any, at: datetime) -> Figures:
    """The numbers at the top of the board."""
    policies.require_coordinator(actor=viewer, community=community)
    starts, ends = _day(community, at=at)
    still_open = NeedLine.objects.filter(request=OuterRef("pk")).exclude(state__in=ENDED)
    follow_ups = _to_be_called(at, community=community).filter(Exists(still_open))
    matches = Match.objects.filter(community=community).aggregate(
        answer=Count("pk", filter=Q(state=MatchState.INVITED)),
        confirm=Count("pk", filter=Q(state=MatchState.HANDED_OVER) | _overdue(at)),
        today=Count(
            "pk", filter=Q(state=MatchState.SCHEDULED, window_from__lt=ends, window_until__gte=starts)
        ),
    )
    return Figures(
        # Each by its own index: counted together, all lines that ever were would be read.
        urgent_open=_shown(community, show="urgent", at=at).count(),
        in_triage=_shown(community, show="triage", at=at).count(),
        awaiting_answer=matches["answer"],
        awaiting_confirmation=matches["confirm"],
        follow_ups_due=follow_ups.count(),
        scheduled_today=matches["today"],
    )


def queue(
    *,
    community: Community,
    viewer: Any,
    at: datetime,
    show: str = "open",
    category: str = "",
    area: str = "",
    number: int | str | None = 1,
) -> Page[Any]:
    """One page of the lines to work through: most severe first, then longest waiting; what is done, latest first.

    A line that nobody has sorted yet may be as severe as any, and counts so until somebody has looked.
    The page's `object_list` holds `QueueCard`s.

    :param show: urgent, triage, open, invited, under_way, confirm, follow_up, fund, done.
    :param category: code of a category, itself or main, to narrow by.
    :param area: public id of an area to narrow by; what is at a confidential place is not told by its area.
    """
    policies.require_coordinator(actor=viewer, community=community)
    lines = _shown(community, show=show, at=at)
    if category:
        lines = lines.filter(Q(category__code=category) | Q(category__parent__code=category))
    if area:
        lines = lines.filter(request__place__area__public_id=area, request__place__confidential=False)
    if show == "done":
        lines = lines.annotate(rank=Coalesce("met_at", "closed_at")).order_by(F("rank").desc(), "pk")
    else:
        severity = Coalesce(F("tier"), Value(Tier.CRITICAL.value))
        lines = lines.annotate(rank=severity).order_by("rank", "waiting_since", "pk")
    # The rows of the page alone are read whole: the rest only have to stand in order.
    page: Page[Any] = Paginator(lines.values_list("pk", flat=True), A_PAGE).get_page(number)
    shown = list(page.object_list)
    rows = with_relations(NeedLine.objects.filter(pk__in=shown)).select_related("standing_outcome")
    found = sorted(rows, key=lambda line: shown.index(line.pk))
    outcomes = _last_outcomes(found)
    again = asked_again(found)
    page.object_list = [
        _queue_card(line, outcomes=outcomes, again=again.get(line.request_id)) for line in found
    ]
    return page


def handovers(*, community: Community, viewer: Any, at: datetime) -> list[HandoverCard]:
    """The handovers of today, and those whose time is over without a word; earliest first."""
    policies.require_coordinator(actor=viewer, community=community)
    starts, ends = _day(community, at=at)
    today = Q(state=MatchState.SCHEDULED, window_from__lt=ends, window_until__gte=starts)
    rows = Match.objects.filter(today | _overdue(at), community=community).select_related(
        "line__category", "line__request__place", "slot__offer__giver"
    )
    return [
        HandoverCard(
            request_id=row.line.request.public_id,
            request_number=row.line.request.number,
            line_id=row.line.public_id,
            state=row.state,
            category=name_of(category=row.line.category),
            giver=giver_name(row.slot.offer),
            window_from=row.window_from,
            window_until=row.window_until,
            overdue=row.window_until < at,
            lacks_address=lacks_address(match=row),
        )
        for row in rows.order_by("window_from", "pk")[:30]
        if row.window_from is not None and row.window_until is not None
    ]


def waits(*, community: Community, viewer: Any, at: datetime) -> list[AreaWait]:
    """How long the open lines of each area have waited, longest first; confidential places are left out."""
    policies.require_coordinator(actor=viewer, community=community)
    open_lines = NeedLine.objects.filter(
        community=community, state__in=WAITING_FOR_MATCH, request__place__area__isnull=False
    ).exclude(request__place__confidential=True)
    hours: dict[int, list[float]] = {}
    now = at.astimezone(UTC).replace(tzinfo=None)
    # Moments are read as text, in UTC as all are kept: to make one of each row by the ORM takes longer than the rest.
    moments = open_lines.annotate(since=Cast("waiting_since", TextField()))
    for area, since in moments.values_list("request__place__area", "since"):
        waited = now - datetime.fromisoformat(since.partition("+")[0])
        hours.setdefault(area, []).append(waited.total_seconds() / 3600)
    named = Area.objects.in_bulk(hours)
    # These are all the lines there are, no sample of them: that one area's wait longer is so however few they be.
    slow = waiting_twice(waits=hours)
    found = [
        AreaWait(
            named[area].public_id,
            named[area].name,
            len(several),
            waited_at_most(sorted(several), percent=HALF),
            twice=area in slow,
        )
        for area, several in hours.items()
    ]
    return sorted(found, key=lambda wait: -wait.hours)[:AREAS_MOST]


def map_marks(*, community: Community, viewer: Any, at: datetime, lines: list[QueueCard]) -> list[MapMark]:
    """Approximate places of the lines shown and of the open offers of their kinds; confidential ones never."""
    policies.require_coordinator(actor=viewer, community=community)
    ids = [card.line.public_id for card in lines[:MARKS_MOST]]
    rows = NeedLine.objects.filter(public_id__in=ids, request__place__confidential=False)
    rows = rows.select_related("category", "request__place__area").only(
        "public_id", "request__public_id", *_place_in("request__"), *_NAMED
    )
    by_id = {row.public_id: row for row in rows}
    marks = []
    for number, line_id in enumerate(ids, start=1):
        row = by_id.get(line_id)
        point = shown_point(cell=row.request.place.cell) if row and row.request.place else None
        if row is not None and point is not None:
            marks.append(
                MapMark(
                    label=str(number),
                    kind="need",
                    latitude=point.latitude,
                    longitude=point.longitude,
                    text=name_of(category=row.category),
                    url_id=row.request.public_id,
                    area=area_of(row.request),
                    line_id=row.public_id,
                )
            )
    offers = Offer.objects.filter(
        community=community,
        state=OfferState.OPEN,
        category_id__in={row.category_id for row in by_id.values()},
    ).exclude(place__confidential=True)
    offers = offers.select_related("category", "place__area").only("public_id", *_place_in(), *_NAMED)
    for offer in offers.order_by("pk")[:MARKS_MOST]:
        point = shown_point(cell=offer.place.cell) if offer.place else None
        if point is not None and offer.category.safety_tier < SafetyTier.OVERNIGHT:
            marks.append(
                MapMark(
                    label="",
                    kind="offer",
                    latitude=point.latitude,
                    longitude=point.longitude,
                    text=name_of(category=offer.category),
                    url_id=offer.public_id,
                    area=offer.place.area.name if offer.place and offer.place.area else "",
                )
            )
    return marks


def _place_in(prefix: str = "") -> tuple[str, ...]:
    return (f"{prefix}place__cell", f"{prefix}place__confidential", f"{prefix}place__area__name")


def _shown(community: Community, *, show: str, at: datetime) -> QuerySet[NeedLine]:
    lines = NeedLine.objects.filter(community=community)
    if show == "urgent":
        return lines.filter(_WAITING, tier=Tier.CRITICAL)
    if show == "triage":
        return lines.filter(_TO_SORT)
    if show == "fund":
        return lines.filter(_FOR_THE_FUND)
    matches = {
        "invited": Q(state=MatchState.INVITED),
        "under_way": Q(state__in=[MatchState.ACCEPTED, MatchState.SCHEDULED]),
        "confirm": Q(state=MatchState.HANDED_OVER) | _overdue(at),
    }
    if show in matches:
        return lines.filter(Exists(Match.objects.filter(matches[show], line=OuterRef("pk"))))
    if show == "follow_up":
        return lines.filter(request__in=_to_be_called(at, community=community)).exclude(state__in=ENDED)
    if show == "done":
        return lines.filter(state__in=ENDED)
    return lines.filter(_WAITING)


def _day(community: Community, *, at: datetime) -> tuple[datetime, datetime]:
    zone = ZoneInfo(community.time_zone)
    starts = datetime.combine(at.astimezone(zone).date(), time.min, tzinfo=zone)
    return starts, starts + timedelta(days=1)


def _overdue(at: datetime) -> Q:
    return Q(state=MatchState.SCHEDULED, window_until__lt=at)


def _to_be_called(at: datetime, *, community: Community) -> QuerySet[Request]:
    today = at.astimezone(ZoneInfo(community.time_zone)).date()
    return Request.objects.filter(AWAITS_A_CALL, community=community, follow_up_on__lte=today)


def _queue_card(
    line: NeedLine,
    *,
    outcomes: dict[int, RoundOutcome | StandingOutcome],
    again: tuple[int, datetime] | None,
) -> QueueCard:
    outcome = outcomes.get(line.pk)
    request = line.request
    return QueueCard(
        line=line_card(line),
        origin=request.origin,
        owner=short_name(request.owner),
        household_size=request.household_size,
        unreachable=request.unreachable_since is not None,
        follow_up_on=request.follow_up_on,
        call_by=request.call_by,
        outcome=outcome.outcome if outcome else "",
        outcome_reason=outcome.reason if outcome else {},
        asked_again=again[0] if again else 0,
        asked_again_at=again[1] if again else None,
    )


def _last_outcomes(lines: Sequence[NeedLine]) -> dict[int, RoundOutcome | StandingOutcome]:
    """What would be found for each line now, or was found by its last round."""
    found: dict[int, RoundOutcome | StandingOutcome] = {
        line.pk: line.standing_outcome for line in lines if hasattr(line, "standing_outcome")
    }
    rest = [line.pk for line in lines if line.pk not in found]
    for row in RoundOutcome.objects.filter(line__in=rest).order_by("round__number"):
        found[row.line_id] = row
    return found

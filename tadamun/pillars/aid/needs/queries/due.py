"""The list of the day: everything that must not be forgotten, each with an owner and a date.

A row is there because of how things stand, so it goes by itself once the deed is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import DueCard
from tadamun.pillars.aid.needs.fitting import spoils_soon
from tadamun.pillars.aid.needs.models import ContactAttempt, Match, NeedLine, Offer, Request, StayConcern
from tadamun.pillars.aid.needs.queries.lines import area_of, giver_name, short_name, what_of, with_relations
from tadamun.pillars.aid.needs.slots import current_slots
from tadamun.pillars.aid.needs.vocabulary import (
    ANSWER_PATIENCE,
    SPOILS_WITHIN,
    STILL_OPEN,
    ContactWay,
    DueKind,
    LineState,
    MatchState,
    OfferState,
)

RUNS_OUT_WITHIN = timedelta(hours=2)
"""So near to its end an invitation is worth a call."""
A_DAY = timedelta(days=1)
"""So long something may stay without an answer, a time or a confirmation before somebody looks."""
MONEY_PATIENCE = timedelta(days=14)
_DONE = (LineState.MET, LineState.CLOSED)


@dataclass(frozen=True)
class _Today:
    """The day of the community, and who looks at it."""

    at: datetime
    zone: ZoneInfo
    viewer: Any

    @property
    def date(self) -> date:
        """The calendar day."""
        return self.at.astimezone(self.zone).date()

    @property
    def starts(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.date, time.min, tzinfo=self.zone)

    @property
    def ends(self) -> datetime:
        """The first moment of the next one."""
        return datetime.combine(self.date + A_DAY, time.min, tzinfo=self.zone)


def due(*, community: Community, viewer: Any, at: datetime, mine: bool = False) -> list[DueCard]:
    """What must not be forgotten: overdue first, the oldest first, then today; of each day first what spoils.

    A call with a day to come back on puts everything about the request off until that day.

    :param mine: only what the viewer has taken on.
    :raises CoordinatorsOnly: the viewer does not coordinate the community.
    """
    policies.require_coordinator(actor=viewer, community=community)
    today = _Today(at=at, zone=ZoneInfo(community.time_zone), viewer=viewer)
    rows = [
        *_of_requests(community, today),
        *_of_lines(community, today),
        *_of_matches(community, today),
        *_of_concerns(community, today),
        *_of_offers(community, today),
    ]
    return sorted((row for row in rows if row.owned_by_viewer or not mine), key=_order)


def due_count(*, community: Community, viewer: Any, at: datetime) -> int:
    """How many rows the list of the day has."""
    return len(due(community=community, viewer=viewer, at=at))


def unanswered() -> Q:
    """Lines whose asker was asked whether they are still needed, with no sign of life since."""
    return (
        Q(state__in=STILL_OPEN, still_asked_at__gt=F("waiting_since"))
        & (Q(heard_at__isnull=True) | Q(heard_at__lt=F("still_asked_at")))
        & (Q(request__heard_at__isnull=True) | Q(request__heard_at__lt=F("still_asked_at")))
    )


def _of_requests(community: Community, today: _Today) -> Iterator[DueCard]:
    """Calls promised, calls to be made again, and those whom three tries did not reach."""
    open_lines = NeedLine.objects.exclude(state__in=_DONE).select_related("category").order_by("pk")
    since = Request.objects.filter(repeats=OuterRef("request_id"), asked_at__gt=OuterRef("at"))
    # Whoever asked for the call again after a try is to be called again.
    tried = ContactAttempt.objects.filter(~Exists(since), request=OuterRef("pk"), at__gte=today.starts)
    rows = (
        _standing(community)
        .filter(Exists(open_lines.filter(request=OuterRef("pk"))))
        .filter(
            Q(call_by__lt=today.ends)
            | Q(follow_up_on__lte=today.date)
            | Q(unreachable_since__isnull=False, follow_up_on__isnull=True)
        )
        .annotate(tried_today=Exists(tried))
        .select_related("owner", "follow_up_by", "place__area")
        .prefetch_related(Prefetch("lines", queryset=open_lines))
    )
    for row in rows:
        lines = list(row.lines.all())
        if row.follow_up_on is not None:
            if row.follow_up_on <= today.date:
                owner = row.follow_up_by or row.owner
                yield _row(
                    today, DueKind.FOLLOW_UP, request=row, lines=lines, on=row.follow_up_on, owner=owner
                )
        elif row.unreachable_since is not None:
            yield _row(today, DueKind.UNREACHABLE, request=row, lines=lines, on=row.unreachable_since)
        elif row.call_by is not None and not row.tried_today:
            yield _row(today, DueKind.CALL, request=row, lines=lines, on=row.call_by)


def _of_lines(community: Community, today: _Today) -> Iterator[DueCard]:
    """Whom to ask by phone whether it is still needed, and money that has long been sorted."""
    tried = ContactAttempt.objects.filter(request=OuterRef("request"), at__gte=today.starts)
    money = Q(
        state=LineState.TRIAGE,
        category__is_money=True,
        tier__isnull=False,
        waiting_since__lte=today.at - MONEY_PATIENCE,
    )
    rows = with_relations(NeedLine.objects.filter(community=community)).filter(
        unanswered() | money,
        request__in=_standing(community),
    )
    rows = rows.exclude(request__follow_up_on__gt=today.date).annotate(tried_today=Exists(tried))
    silent: dict[int, list[NeedLine]] = {}
    for line in rows.order_by("pk"):
        if line.is_asked_about:
            silent.setdefault(line.request_id, []).append(line)
        if (
            line.category.is_money
            and line.waiting_since <= today.at - MONEY_PATIENCE
            and line.tier is not None
        ):
            since = line.waiting_since + MONEY_PATIENCE
            yield _row(today, DueKind.MONEY, request=line.request, lines=[line], on=since)
    for lines in silent.values():
        request = lines[0].request
        # One call says both: where another row asks for it already, this one stays away.
        called = any((request.unreachable_since, request.follow_up_on, request.call_by))
        by_when = min(_answer_due(line) for line in lines)
        if by_when <= today.at and not called and not lines[0].tried_today:  # type: ignore[attr-defined]
            yield _row(today, DueKind.STILL_NEEDED, request=request, lines=lines, on=by_when)


def _answer_due(line: NeedLine) -> datetime:
    """By when an answer may be waited for; whom no notice or text reaches is called at once."""
    request = line.request
    texted = request.contact_way == ContactWay.MESSAGE and bool(request.phone_hash)
    told = request.asker_id is not None or texted or request.contact_way == ContactWay.NEITHER
    asked = line.still_asked_at or line.waiting_since
    return asked + ANSWER_PATIENCE if told else asked


def _of_matches(community: Community, today: _Today) -> Iterator[DueCard]:
    """Invitations, promises and handovers that wait for somebody's word."""
    day_ago = today.at - A_DAY
    waiting = (
        Q(state=MatchState.INVITED)
        & (Q(expires_at__lte=today.at + RUNS_OUT_WITHIN) | Q(invited_at__lte=day_ago))
        | Q(state=MatchState.ACCEPTED, answered_at__lte=day_ago, stay__isnull=True)
        | Q(state=MatchState.SCHEDULED, window_until__lt=today.at)
        | Q(state=MatchState.HANDED_OVER, handed_over_at__lte=day_ago)
    )
    rows = Match.objects.filter(waiting, community=community).select_related(
        "line__category", "line__request__place__area", "line__request__owner"
    )
    for match in rows.order_by("pk"):
        found = _of_match(match)
        if found is not None and (found[0] is DueKind.INVITATION or found[1] <= today.at):
            kind, on = found
            yield _row(today, kind, request=match.line.request, lines=[match.line], on=on)


def _of_match(match: Match) -> tuple[DueKind, datetime] | None:
    if match.state == MatchState.INVITED and match.expires_at:
        return DueKind.INVITATION, match.expires_at
    if match.state == MatchState.ACCEPTED and match.answered_at:
        return DueKind.NO_TIME, match.answered_at + A_DAY
    if match.state == MatchState.SCHEDULED and match.window_until:
        return DueKind.NO_WORD, match.window_until
    if match.state == MatchState.HANDED_OVER and match.handed_over_at:
        nights = timedelta(days=match.quantity) if match.line.category.whole else timedelta()
        return DueKind.UNCONFIRMED, match.handed_over_at + nights + A_DAY
    return None


def _of_concerns(community: Community, today: _Today) -> Iterator[DueCard]:
    """What was said about a stay in confidence, until a coordinator has taken care of it."""
    rows = StayConcern.objects.filter(match__community=community, handled_at__isnull=True).select_related(
        "match__line__category", "match__line__request__place__area", "match__line__request__owner"
    )
    for concern in rows.order_by("pk"):
        line = concern.match.line
        yield _row(today, DueKind.CONCERN, request=line.request, lines=[line], on=concern.at)


def _of_offers(community: Community, today: _Today) -> Iterator[DueCard]:
    """What is offered, is not good for long, and has something left."""
    offers = Offer.objects.filter(
        community=community,
        state=OfferState.OPEN,
        best_before__gte=today.date,
        best_before__lte=today.date + SPOILS_WITHIN,
    ).exclude(paused_until__gt=today.date)
    related = offers.select_related("category", "community", "giver", "owner", "place__area").order_by("pk")
    for slot in current_slots(offers=related, at=today.at):
        offer, last = slot.offer, slot.offer.best_before
        if slot.free > 0 and last is not None and spoils_soon(best_before=last, today=today.date):
            yield DueCard(
                kind=DueKind.PERISHABLE,
                day=last,
                moment=None,
                overdue=False,
                owner=short_name(offer.owner),
                owned_by_viewer=offer.owner_id == today.viewer.pk,
                categories=(name_of(category=offer.category),),
                area=offer.place.area.name if offer.place and offer.place.area else "",
                offer_id=offer.public_id,
                category_code=offer.category.code,
                giver=giver_name(offer),
                free=slot.free,
                unit=offer.category.unit,
            )


def _standing(community: Community) -> QuerySet[Request]:
    return Request.objects.filter(
        community=community, merged_into__isnull=True, forgotten_at__isnull=True
    ).order_by("pk")


def _row(
    today: _Today,
    kind: DueKind,
    *,
    request: Request,
    lines: Iterable[NeedLine],
    on: datetime | date,
    owner: Any = None,
) -> DueCard:
    moment = on if isinstance(on, datetime) else None
    day = on.astimezone(today.zone).date() if isinstance(on, datetime) else on
    known = list(lines)
    who = owner or request.owner
    return DueCard(
        kind=kind,
        day=day,
        moment=moment,
        overdue=day < today.date if moment is None else moment < today.at,
        owner=short_name(who),
        owned_by_viewer=who is not None and who.pk == today.viewer.pk,
        categories=tuple(dict.fromkeys(map(what_of, known))),
        area=area_of(request),
        request_id=request.public_id,
        request_number=request.number,
        line_id=known[0].public_id if len(known) == 1 else "",
    )


def _order(card: DueCard) -> tuple[bool, date, bool, bool, str, int]:
    moment = card.moment.isoformat() if card.moment else ""
    spoils = card.kind == DueKind.PERISHABLE
    return not card.overdue, card.day, not spoils, card.moment is None, moment, card.request_number or 0

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
from tadamun.pillars.aid.needs.fitting import lacks_address, spoils_soon
from tadamun.pillars.aid.needs.models import (
    AWAITS_A_CALL,
    ContactAttempt,
    Match,
    NeedLine,
    Offer,
    Request,
    StayConcern,
)
from tadamun.pillars.aid.needs.queries.lines import area_of, giver_name, short_name, what_of, with_relations
from tadamun.pillars.aid.needs.queries.untold import untold_lines
from tadamun.pillars.aid.needs.slots import current_slots
from tadamun.pillars.aid.needs.vocabulary import (
    ANSWER_PATIENCE,
    ENDED,
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
_OF_LINE = ("line__category", "line__request__place__area", "line__request__owner")
_TOLD = (
    Q(request__asker__isnull=False)
    | Q(request__contact_way=ContactWay.MESSAGE, request__phone_hash__isnull=False)
    | Q(request__contact_way=ContactWay.NEITHER)
)
"""Whom a notice or a text reaches, or who looks by themselves; all others are called at once."""


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
        *_of_untold(community, today),
        *_of_lines(community, today),
        *_of_matches(community, today),
        *_of_addresses(community, today),
        *_of_concerns(community, today),
        *_of_offers(community, today),
    ]
    return sorted((row for row in rows if row.owned_by_viewer or not mine), key=_order)


def due_count(*, community: Community, viewer: Any, at: datetime) -> int:
    """How many rows the list of the day has, counted by the database."""
    policies.require_coordinator(actor=viewer, community=community)
    today = _Today(at=at, zone=ZoneInfo(community.time_zone), viewer=viewer)
    counted: tuple[QuerySet[Any], ...] = (
        _requests_to_call(community, today),
        _untold(community, today).values("request").distinct(),
        _waiting_money(community, today),
        _silent_requests(community, today),
        _waiting_matches(community, today),
        _open_concerns(community),
    )
    offers = sum(1 for _ in _of_offers(community, today))
    return sum(rows.count() for rows in counted) + offers + sum(1 for _ in _of_addresses(community, today))


def unanswered() -> Q:
    """Lines whose asker was asked whether they are still needed, with no sign of life since."""
    return (
        Q(state__in=STILL_OPEN, still_asked_at__isnull=False, still_asked_at__gt=F("waiting_since"))
        & (Q(heard_at__isnull=True) | Q(heard_at__lt=F("still_asked_at")))
        & (Q(request__heard_at__isnull=True) | Q(request__heard_at__lt=F("still_asked_at")))
    )


def _tried_today(today: _Today, request: str) -> Exists:
    """Whoever asked for the call once more after a try is to be called again."""
    since = Request.objects.filter(repeats=OuterRef("request_id"), asked_at__gt=OuterRef("at"))
    tries = ContactAttempt.objects.filter(~Exists(since), request=OuterRef(request), at__gte=today.starts)
    return Exists(tries)


def _requests_to_call(community: Community, today: _Today) -> QuerySet[Request]:
    """A day to come back on puts everything else off; three tries without an answer end the calls."""
    to_call = (
        Q(follow_up_on__lte=today.date)
        | Q(follow_up_on__isnull=True, unreachable_since__isnull=False)
        | Q(follow_up_on__isnull=True, unreachable_since__isnull=True, call_by__lt=today.ends)
        & ~_tried_today(today, "pk")
    )
    something_open = Exists(NeedLine.objects.filter(request=OuterRef("pk")).exclude(state__in=ENDED))
    # The first filter says nothing new, but by it an index is entered: most requests expect no call.
    waiting = _standing(community).filter(AWAITS_A_CALL).filter(to_call).filter(something_open)
    return waiting.exclude(Exists(_untold(community, today).filter(request=OuterRef("pk"))))


def _of_requests(community: Community, today: _Today) -> Iterator[DueCard]:
    """Calls promised, calls to be made again, and those whom three tries did not reach."""
    open_lines = NeedLine.objects.exclude(state__in=ENDED).select_related("category").order_by("pk")
    rows = (
        _requests_to_call(community, today)
        .select_related("owner", "follow_up_by", "place__area")
        .prefetch_related(Prefetch("lines", queryset=open_lines))
    )
    for row in rows:
        lines = list(row.lines.all())
        if row.follow_up_on is not None:
            owner = row.follow_up_by or row.owner
            yield _row(today, DueKind.FOLLOW_UP, request=row, lines=lines, on=row.follow_up_on, owner=owner)
        elif row.unreachable_since is not None:
            yield _row(today, DueKind.UNREACHABLE, request=row, lines=lines, on=row.unreachable_since)
        elif row.call_by is not None:
            yield _row(today, DueKind.CALL, request=row, lines=lines, on=row.call_by)


def _untold(community: Community, today: _Today) -> QuerySet[NeedLine]:
    """What somebody has to tell by phone; that one call says all that other rows ask for."""
    return untold_lines(community=community, today=today.date, starts=today.starts)


def _of_untold(community: Community, today: _Today) -> Iterator[DueCard]:
    """Whom to call about what was agreed, one row a request."""
    untold: dict[int, list[NeedLine]] = {}
    for line in with_relations(_untold(community, today)).order_by("pk"):
        untold.setdefault(line.request_id, []).append(line)
    for lines in untold.values():
        since = min(line.untold_since for line in lines if line.untold_since is not None)
        day = since.astimezone(today.zone).date()
        yield _row(today, DueKind.TELL, request=lines[0].request, lines=lines, on=day)


def _standing_lines(community: Community, today: _Today) -> QuerySet[NeedLine]:
    """The lines of requests that nobody put off."""
    return NeedLine.objects.filter(
        Q(request__follow_up_on__isnull=True) | Q(request__follow_up_on__lte=today.date),
        community=community,
        request__merged_into__isnull=True,
        request__forgotten_at__isnull=True,
    )


def _waiting_money(community: Community, today: _Today) -> QuerySet[NeedLine]:
    """Money that has long been sorted."""
    return _standing_lines(community, today).filter(
        state=LineState.TRIAGE,
        category__is_money=True,
        tier__isnull=False,
        waiting_since__lte=today.at - MONEY_PATIENCE,
    )


def _silent_lines(community: Community, today: _Today) -> QuerySet[NeedLine]:
    """Lines whose asker was asked by notice or text; where another row asks for a call, that one call says both."""
    return _standing_lines(community, today).filter(
        unanswered(),
        ~_tried_today(today, "request"),
        ~Exists(_untold(community, today).filter(request=OuterRef("request"))),
        request__unreachable_since__isnull=True,
        request__follow_up_on__isnull=True,
        request__call_by__isnull=True,
    )


def _silent_requests(community: Community, today: _Today) -> QuerySet[Any]:
    """The requests of lines that have been silent for longer than an answer takes."""
    late = Q(still_asked_at__lte=today.at - ANSWER_PATIENCE) | ~_TOLD
    lines = _silent_lines(community, today).filter(late, still_asked_at__lte=today.at)
    return lines.values("request").distinct()


def _of_lines(community: Community, today: _Today) -> Iterator[DueCard]:
    """Whom to ask by phone whether it is still needed, and money that has long been sorted."""
    for line in with_relations(_waiting_money(community, today)).order_by("pk"):
        since = line.waiting_since + MONEY_PATIENCE
        yield _row(today, DueKind.MONEY, request=line.request, lines=[line], on=since)
    silent: dict[int, list[NeedLine]] = {}
    for line in with_relations(_silent_lines(community, today)).order_by("pk"):
        silent.setdefault(line.request_id, []).append(line)
    for lines in silent.values():
        by_when = min(_answer_due(line) for line in lines)
        if by_when <= today.at:
            yield _row(today, DueKind.STILL_NEEDED, request=lines[0].request, lines=lines, on=by_when)


def _answer_due(line: NeedLine) -> datetime:
    """By when an answer may be waited for; whom no notice or text reaches is called at once."""
    request = line.request
    texted = request.contact_way == ContactWay.MESSAGE and request.phone_hash is not None
    told = request.asker_id is not None or texted or request.contact_way == ContactWay.NEITHER
    asked = line.still_asked_at or line.waiting_since
    return asked + ANSWER_PATIENCE if told else asked


def _waiting_matches(community: Community, today: _Today) -> QuerySet[Match]:
    day_ago = today.at - A_DAY
    waiting = (
        Q(state=MatchState.INVITED, expires_at__isnull=False)
        & (Q(expires_at__lte=today.at + RUNS_OUT_WITHIN) | Q(invited_at__lte=day_ago))
        | Q(state=MatchState.ACCEPTED, answered_at__lte=day_ago, stay__isnull=True)
        | Q(state=MatchState.ACCEPTED)
        & (Q(stay__guest_in_at__lte=day_ago) | Q(stay__host_in_at__lte=day_ago))
        | Q(state=MatchState.SCHEDULED, window_until__lt=today.at)
        | Q(state=MatchState.HANDED_OVER, handed_over_at__lte=day_ago)
    )
    rows = Match.objects.filter(waiting, community=community)
    # Nights are over when they have been slept, so many days later; such matches are few.
    nights = rows.filter(state=MatchState.HANDED_OVER, line__category__whole=True)
    not_over = [
        key
        for key, since, number in nights.values_list("pk", "handed_over_at", "quantity")
        if since is not None and since + timedelta(days=number) > day_ago
    ]
    return rows.exclude(pk__in=not_over)


def _of_matches(community: Community, today: _Today) -> Iterator[DueCard]:
    """Invitations, promises and handovers that wait for somebody's word."""
    rows = _waiting_matches(community, today).select_related("stay", *_OF_LINE)
    for match in rows.order_by("pk"):
        found = _of_match(match)
        if found is not None:
            kind, on = found
            yield _row(today, kind, request=match.line.request, lines=[match.line], on=on)


def _of_match(match: Match) -> tuple[DueKind, datetime] | None:
    if match.state == MatchState.INVITED and match.expires_at:
        return DueKind.INVITATION, match.expires_at
    came = _half_checked_in(match)
    if came is not None:
        return DueKind.UNCONFIRMED, came + A_DAY
    if match.state == MatchState.ACCEPTED and match.answered_at:
        return DueKind.NO_TIME, match.answered_at + A_DAY
    if match.state == MatchState.SCHEDULED and match.window_until:
        return DueKind.NO_WORD, match.window_until
    if match.state == MatchState.HANDED_OVER and match.handed_over_at:
        nights = timedelta(days=match.quantity) if match.line.category.whole else timedelta()
        return DueKind.UNCONFIRMED, match.handed_over_at + nights + A_DAY
    return None


def _half_checked_in(match: Match) -> datetime | None:
    """When one side of a stay said that it began, where no time was settled and the other has not said so."""
    stay = getattr(match, "stay", None) if match.state == MatchState.ACCEPTED else None
    return min(filter(None, (stay.guest_in_at, stay.host_in_at)), default=None) if stay else None


def _of_addresses(community: Community, today: _Today) -> Iterator[DueCard]:
    """What comes to a door today or tomorrow, and nobody knows which door. Addresses are sealed: each is read."""
    agreed = Match.objects.filter(
        community=community,
        state=MatchState.SCHEDULED,
        window_from__lt=today.ends + A_DAY,
        window_until__gte=today.at,
    ).select_related("slot__offer", *_OF_LINE)
    for match in agreed.order_by("pk"):
        if lacks_address(match=match) and match.window_from is not None:
            request = match.line.request
            yield _row(today, DueKind.ADDRESS, request=request, lines=[match.line], on=match.window_from)


def _open_concerns(community: Community) -> QuerySet[StayConcern]:
    return StayConcern.objects.filter(match__community=community, handled_at__isnull=True)


def _of_concerns(community: Community, today: _Today) -> Iterator[DueCard]:
    """What was said about a stay in confidence, until a coordinator has taken care of it."""
    rows = _open_concerns(community).select_related(
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

"""What givers see: one invitation at a time, their tasks, their offers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from tadamun.foundation.catalogue.queries import name_of
from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import InvitationCard, OfferCard, TaskCard
from tadamun.pillars.aid.needs.errors import NoSuchMatch, NoSuchOffer
from tadamun.pillars.aid.needs.fitting import (
    about_km,
    before_the_day,
    cancels_late,
    on_the_day,
    shown_km,
    spoils_soon,
    unavailable,
)
from tadamun.pillars.aid.needs.models import Match, Offer
from tadamun.pillars.aid.needs.queries.lines import area_of, giver_name, short_name, stay_of
from tadamun.pillars.aid.needs.slots import current_slots, local_day, over_monthly_limit
from tadamun.pillars.aid.needs.vocabulary import (
    CODE_TRIES_MOST,
    PROMISED,
    SAID_TO_GIVERS,
    UNDER_WAY,
    EndReason,
    MatchState,
    OfferState,
    Tier,
)

NOT_NEEDED = "not_needed"
"""What a giver reads of every promise that the household's side ended, whatever the reason was."""


def next_invitation(*, community: Community, viewer: Any, at: datetime) -> InvitationCard | None:
    """The most severe invitation, then what is needed soonest, then what runs out first; others wait after it."""
    waiting = list(
        _given_by(viewer, community=community)
        .filter(state=MatchState.INVITED, expires_at__gt=at)
        .order_by("line__tier", F("line__until_at").asc(nulls_last=True), "expires_at", "pk")
    )
    return _invitation(waiting[0], further=len(waiting) - 1) if waiting else None


def invitation_card(
    *, match_id: str, viewer: Any, at: datetime, community: Community | None = None
) -> InvitationCard:
    """One invitation that is still open, for the person invited.

    :raises NoSuchMatch: none of this id for this viewer, or it is answered or has run out.
    """
    match = _own_match(match_id, viewer=viewer, community=community)
    if match.state != MatchState.INVITED or match.expires_at is None or match.expires_at <= at:
        raise NoSuchMatch
    return _invitation(match, further=0)


def tasks(*, community: Community, viewer: Any, at: datetime) -> list[TaskCard]:
    """What a giver has promised: open ones by date, then the last ones done."""
    rows = _given_by(viewer, community=community)
    still = list(rows.filter(state__in=UNDER_WAY).order_by("window_from", "pk"))
    done = list(rows.filter(state=MatchState.CONFIRMED).order_by("-confirmed_at")[:10])
    return [_task(match, at=at) for match in [*still, *done]]


def task_card(*, match_id: str, viewer: Any, at: datetime, community: Community | None = None) -> TaskCard:
    """One promise, for the giver who made it; name and address are a logged reveal of their own.

    :raises NoSuchMatch: none of this id for this viewer (in this community, if one is given).
    """
    match = _own_match(match_id, viewer=viewer, community=community)
    if match.state in {MatchState.PROPOSED, MatchState.INVITED}:
        raise NoSuchMatch
    return _task(match, at=at)


def own_offers(*, community: Community, viewer: Any, at: datetime) -> list[OfferCard]:
    """What somebody offers here, open ones first."""
    if not getattr(viewer, "is_authenticated", False):
        return []
    return _offer_cards(Offer.objects.filter(community=community, giver=viewer), at=at)


def offers(*, community: Community, viewer: Any, at: datetime) -> list[OfferCard]:
    """Every open offer of a community, for coordinators: first what would spoil, then the newest."""
    policies.require_coordinator(actor=viewer, community=community)
    cards = _offer_cards(Offer.objects.filter(community=community, state=OfferState.OPEN), at=at)
    today = local_day(community=community, at=at)

    def hurries(card: OfferCard) -> date:
        soon = card.free > 0 and spoils_soon(best_before=card.best_before, today=today)
        return card.best_before if soon and card.best_before else date.max

    return sorted(cards, key=hurries)


def offer_card(*, offer_id: str, viewer: Any, at: datetime) -> OfferCard:
    """One offer, for its giver or a coordinator.

    :raises NoSuchOffer: none of this id for this viewer.
    """
    offer = Offer.objects.select_related("community").filter(public_id=offer_id).first()
    if offer is None or not policies.may_manage_offer(actor=viewer, offer=offer):
        raise NoSuchOffer
    return _offer_cards(Offer.objects.filter(pk=offer.pk), at=at)[0]


def _given_by(viewer: Any, *, community: Community) -> QuerySet[Match]:
    if not getattr(viewer, "is_authenticated", False):
        return Match.objects.none()
    return _with_relations(Match.objects.filter(community=community, slot__offer__giver=viewer))


def _with_relations(matches: QuerySet[Match]) -> QuerySet[Match]:
    return matches.select_related(
        "community",
        "line__category",
        "line__request__place__area",
        "line__request__owner",
        "slot__offer__place__area",
        "stay",
    )


def _own_match(match_id: str, *, viewer: Any, community: Community | None) -> Match:
    match = (
        _with_relations(Match.objects.filter(public_id=match_id)).select_related("slot__offer__giver").first()
    )
    if match is None or not policies.may_answer(actor=viewer, match=match):
        raise NoSuchMatch
    if community is not None and match.community_id != community.pk:
        raise NoSuchMatch
    return match


def _invitation(match: Match, *, further: int) -> InvitationCard:
    line, request = match.line, match.line.request
    far = shown_km(request=request, offer=match.slot.offer, community=match.community)
    return InvitationCard(
        match_id=match.public_id,
        category=name_of(category=line.category),
        icon=line.category.icon,
        unit=line.category.unit,
        quantity=match.quantity,
        area=area_of(request),
        about_km=None if far is None else about_km(far),
        until_at=line.until_at,
        when=line.when,
        urgent=line.tier == Tier.CRITICAL,
        requirements=tuple(request.requirements),
        household_size=request.household_size,
        expires_at=match.expires_at,
        delivery=request.delivery,
        further=further,
        why=match.change_reason if match.change_reason in SAID_TO_GIVERS else "",
    )


def _told_reason(match: Match) -> str:
    """Why it ended, as its giver reads it: that the household wished for somebody else is told nobody."""
    return (
        NOT_NEEDED
        if match.end_reason in {EndReason.ASKER_REFUSED, EndReason.LINE_CLOSED}
        else match.end_reason
    )


def _task(match: Match, *, at: datetime) -> TaskCard:
    line, request = match.line, match.line.request
    return TaskCard(
        match_id=match.public_id,
        request_number=request.number,
        state=match.state,
        category=name_of(category=line.category),
        icon=line.category.icon,
        unit=line.category.unit,
        quantity=match.quantity,
        delivered=match.delivered,
        detail=line.detail if match.state in PROMISED else "",
        area=area_of(request),
        requirements=tuple(request.requirements),
        delivery=request.delivery,
        window_from=match.window_from,
        window_until=match.window_until,
        until_at=line.until_at,
        opens_today=on_the_day(match=match, at=at),
        confirmed_at=match.confirmed_at,
        thanks=match.thanks,
        is_stay=line.category.whole,
        stay=stay_of(match),
        coordinator=short_name(request.owner),
        end_reason=_told_reason(match),
        late_now=cancels_late(match=match, at=at),
        code_tries_left=max(0, CODE_TRIES_MOST - match.code_tries),
        before_the_day=before_the_day(match=match, at=at),
        told=request.told_by,
    )


def _offer_cards(found: QuerySet[Offer], *, at: datetime) -> list[OfferCard]:
    under_way = Count("slots__matches", filter=Q(slots__matches__state__in=UNDER_WAY))
    rows = (
        found.annotate(under_way=under_way)
        .select_related("category", "community", "place__area", "giver", "shelter")
        .order_by("state", "-pk")
    )
    for community in {offer.community for offer in rows}:
        policies.know_givers(offers=[o for o in rows if o.community == community], community=community)
    slots = {slot.offer_id: slot for slot in current_slots(offers=rows, at=at)}
    return [
        OfferCard(
            public_id=offer.public_id,
            category=name_of(category=offer.category),
            icon=offer.category.icon,
            unit=offer.category.unit,
            quantity=offer.quantity,
            free=slots[offer.pk].free,
            rhythm=offer.rhythm,
            divisible=offer.divisible,
            detail=offer.detail,
            area=offer.place.area.name if offer.place and offer.place.area else "",
            reach_km=offer.reach_km,
            brings_it=offer.brings_it,
            provides=tuple(offer.provides),
            from_at=offer.from_at,
            until_at=offer.until_at,
            best_before=offer.best_before,
            monthly_limit=offer.monthly_limit,
            paused_until=offer.paused_until,
            state=offer.state,
            giver=giver_name(offer),
            is_organisation=offer.is_organisation,
            waits_for=unavailable(offer=offer, at=at)
            or ("monthly_limit" if over_monthly_limit(offer=offer, at=at) else ""),
            accepted=offer.under_way,
        )
        for offer in rows
    ]

"""Keeping quantities and states true: recomputed from the matches after every change, under lock."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Case, F, QuerySet, Sum, When

from tadamun.foundation.notices.services import tell
from tadamun.pillars.aid.needs.errors import NoSuchMatch, NoSuchNeed
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, OfferSlot, Request
from tadamun.pillars.aid.needs.vocabulary import (
    LIVE,
    PROMISED,
    RESERVING,
    UNDER_WAY,
    EndReason,
    LineState,
    MatchState,
)

_HELD = Case(When(state=MatchState.CONFIRMED, then=F("delivered")), default=F("quantity"))
_FORWARD = (MatchState.ACCEPTED, MatchState.SCHEDULED, MatchState.HANDED_OVER)


def settle(*, line: NeedLine, at: datetime) -> NeedLine:
    """Recompute a line's quantities and state from its matches. The caller holds the line's lock."""
    matches = Match.objects.filter(line=line)
    line.reserved = _sum(matches.filter(state__in=RESERVING))
    line.promised = _sum(matches.filter(state__in=PROMISED))
    line.delivered = matches.aggregate(total=Sum("delivered"))["total"] or 0
    # A line taken up again goes back to triage, unless part of it is promised: then it was sorted before.
    if line.state != LineState.CLOSED and (line.state != LineState.TRIAGE or line.promised):
        line.state = _state_of(line)
        line.met_at = (line.met_at or at) if line.state == LineState.MET else None
    line.save()
    return line


def settle_slot(*, slot: OfferSlot) -> OfferSlot:
    """Recompute what a slot has given its word for. The caller holds the slot's lock."""
    slot.reserved = _sum(Match.objects.filter(slot=slot, state__in=RESERVING))
    slot.save()
    return slot


def locked_line(*, pk: int) -> NeedLine:
    """The line under lock, with what services need of it."""
    # Locked first and read afterwards: while waiting, another may have given it another category or request, and a
    # joined row that was read before the wait would then be the old one, or missing.
    NeedLine.objects.select_for_update().get(pk=pk)
    return NeedLine.objects.select_related("request__community", "community", "category").get(pk=pk)


def lock_requests(*, ids: Iterable[str]) -> list[Request]:
    """The requests of these public ids under lock, from the oldest on. Lock them before any line.

    Ids that are unknown are left out.
    """
    found = Request.objects.filter(public_id__in=list(ids)).order_by("pk")
    keys = list(found.select_for_update().values_list("pk", flat=True))
    return list(Request.objects.filter(pk__in=keys).select_related("community", "place").order_by("pk"))


def lock_offers(*, offers: QuerySet[Offer]) -> None:
    """Lock offers from the oldest on: after requests, before lines."""
    list(offers.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def lock_if_free(*, offer_id: str) -> bool:
    """Lock an offer unless somebody is at work on it: for whoever holds a line already and must not wait for one."""
    held = Offer.objects.select_for_update(no_key=True, skip_locked=True).filter(public_id=offer_id)
    return bool(held.values_list("pk", flat=True)[:1])


def find_line(*, line_id: str) -> NeedLine:
    """The line of a public id, under lock.

    :raises NoSuchNeed: none of this id.
    """
    pk = NeedLine.objects.filter(public_id=line_id).values_list("pk", flat=True).first()
    if pk is None:
        raise NoSuchNeed
    return locked_line(pk=pk)


def locked_slot(*, pk: int) -> OfferSlot:
    """The slot under lock. Always lock the line first, then the slot, so that two services never wait in a ring."""
    OfferSlot.objects.select_for_update().get(pk=pk)
    return OfferSlot.objects.select_related("offer__giver", "offer__category", "offer__community").get(pk=pk)


def lock_several(*, matches: QuerySet[Match], lines: Iterable[int] = (), slots: Iterable[int] = ()) -> None:
    """Take the locks of a deed about several lines at once, lines before slots and each from the oldest on.

    Locked one pair after the other, the deed would hold a slot while it waits for a line, and stand in a ring with
    whoever holds that line and waits for the slot.

    :param lines, slots: more of them, which have no such match yet.
    """
    pairs = list(matches.values_list("line_id", "slot_id"))
    _lock(NeedLine, {line for line, _ in pairs}.union(lines))
    _lock(OfferSlot, {slot for _, slot in pairs}.union(slots))


def locked_match(*, match_id: str) -> Match:
    """A match with its line and slot, all under lock, in the one order that everybody keeps: line, slot, match.

    :raises NoSuchMatch: none of this id.
    """
    plain = Match.objects.filter(public_id=match_id).only("line_id", "slot_id").first()
    if plain is None:
        raise NoSuchMatch
    line, slot = locked_line(pk=plain.line_id), locked_slot(pk=plain.slot_id)
    found = Match.objects.select_for_update(of=("self",)).select_related("community").filter(pk=plain.pk)
    match = found.first()
    if match is None:  # a proposal that a new round replaced meanwhile
        raise NoSuchMatch
    match.line, match.slot = line, slot
    return match


def end_match(*, match: Match, state: MatchState, reason: EndReason, at: datetime) -> None:
    """Move a locked match to an ended state and give back what it held."""
    match.move_to(state)
    match.end_reason, match.ended_at = reason, at
    match.code = ""
    match.save()
    settle_slot(slot=match.slot)
    settle(line=match.line, at=at)


def end_matches_of(*, line: NeedLine, reason: EndReason, at: datetime) -> None:
    """Cancel whatever is under way for a line, and tell those who were going to help."""
    Match.objects.filter(line=line, state=MatchState.PROPOSED).delete()
    live = Match.objects.filter(line=line, state__in=LIVE)
    lock_several(matches=live)
    for match_id in list(live.order_by("pk").values_list("public_id", flat=True)):
        match = locked_match(match_id=match_id)
        handed = match.state == MatchState.HANDED_OVER
        end_match(
            match=match,
            state=MatchState.DID_NOT_HAPPEN if handed else MatchState.CANCELLED,
            reason=reason,
            at=at,
        )
        tell_giver(match=match, kind="needs.no_longer_needed", at=at)


def tell_giver(*, match: Match, kind: str, at: datetime) -> None:
    """Tell the giver of a match something, if they have an account."""
    giver = match.slot.offer.giver
    if giver is not None:
        tell(
            recipient=giver,
            kind=kind,
            params={"category": match.slot.offer.category.code, "quantity": match.quantity},
            url=f"/c/{match.community.slug}/tasks/{match.public_id}/",
            scope=match.community.public_id,
            dedupe_key=f"{kind}:{match.public_id}",
            at=at,
        )


def _lock(model: type[NeedLine | OfferSlot], keys: Collection[int]) -> None:
    if keys:
        list(model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def _sum(matches: object) -> int:
    return matches.aggregate(total=Sum(_HELD))["total"] or 0  # type: ignore[attr-defined]


def _state_of(line: NeedLine) -> LineState:
    if line.delivered >= line.quantity:
        return LineState.MET
    if line.promised < line.quantity:
        return LineState.PART_MATCHED if line.promised else LineState.OPEN
    under_way = set(Match.objects.filter(line=line, state__in=UNDER_WAY).values_list("state", flat=True))
    least = next((state for state in _FORWARD if state in under_way), MatchState.ACCEPTED)
    return {
        MatchState.ACCEPTED: LineState.MATCHED,
        MatchState.SCHEDULED: LineState.SCHEDULED,
        MatchState.HANDED_OVER: LineState.HANDED_OVER,
    }[least]

"""Inviting a giver to help with a line, and their answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from tadamun.foundation.people.models import Person
from tadamun.kernel.ids import new_digits
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import (
    AlreadyTaken,
    MatchCannotMove,
    MoneyWaitsForTheFund,
    NeedCannotMove,
    NoSuchOffer,
    NotYourNeed,
    OfferDoesNotFit,
    OfferUsedUp,
)
from tadamun.pillars.aid.needs.fitting import answer_by, misfit
from tadamun.pillars.aid.needs.models import Match, MatchingPolicy, NeedLine, Offer, OfferSlot, Request
from tadamun.pillars.aid.needs.services.settling import (
    end_match,
    find_line,
    lock_offers,
    locked_match,
    locked_slot,
    settle,
    settle_slot,
    tell_giver,
)
from tadamun.pillars.aid.needs.services.telling import record_match, tell_asker, tell_owner
from tadamun.pillars.aid.needs.slots import local_day, over_monthly_limit, slot_for
from tadamun.pillars.aid.needs.vocabulary import (
    CODE_DIGITS,
    EndReason,
    LineState,
    MatchState,
)

MATCHABLE = (LineState.OPEN, LineState.PART_MATCHED)


@transaction.atomic
def invite(
    *,
    line_id: str,
    offer_id: str,
    actor: Person,
    at: datetime,
    quantity: int | None = None,
    change_reason: str = "",
) -> Match:
    """Ask a giver to help with a line: holds back the quantity on both sides until they answer or it expires.

    :param quantity: units; left out, what the round proposed, else as much as both sides allow.
    :param change_reason: a code, when it is not the round's first proposal.
    :raises AlreadyTaken: somebody else matched the line, or used the offer, a moment ago.
    :raises OfferUsedUp: the offer is closed, paused, past its date or over its monthly limit.
    :raises OfferDoesNotFit: category, reach, window, requirement or safety do not allow it.
    :raises NeedCannotMove: the line is not sorted yet, or closed.
    """
    line, slot = _locked_pair(line_id=line_id, offer_id=offer_id, at=at)
    policies.require_coordinator(actor=actor, community=line.community)
    _refuse_impossible(line, slot, at=at)
    match = _held_match(line, slot)
    amount = _amount(line, slot, asked=quantity, proposed=match.quantity)
    policy, _ = MatchingPolicy.objects.get_or_create(community=line.community)
    match.move_to(MatchState.INVITED)
    match.quantity = amount
    match.invited_by, match.invited_at = actor, at
    match.expires_at = answer_by(line=line, slot=slot, hours=policy.invitation_hours, at=at)
    match.change_reason = change_reason
    try:
        with transaction.atomic():
            match.save()
    except IntegrityError:
        raise AlreadyTaken from None
    settle_slot(slot=slot)
    settle(line=line, at=at)
    tell_giver(match=match, kind="needs.invitation", at=at)
    record_match(match, verb="giver_invited", actor=actor, at=at, change=change_reason or "first_choice")
    return match


@transaction.atomic
def accept(*, match_id: str, actor: Any, at: datetime) -> Match:
    """«أستطيع»: the giver's word. The asker is told, and a delivery code is made."""
    match = locked_match(match_id=match_id)
    policies.require_invited(actor=actor, match=match)
    if match.state == MatchState.INVITED and match.expires_at is not None and match.expires_at <= at:
        raise MatchCannotMove(now=MatchState.EXPIRED.value, asked=MatchState.ACCEPTED.value)
    return _accepted(match, actor=actor, at=at)


@transaction.atomic
def accept_for(*, match_id: str, actor: Person, at: datetime) -> Match:
    """A giver without an account, or an organisation, said yes on the phone to a coordinator."""
    match = locked_match(match_id=match_id)
    policies.require_coordinator(actor=actor, community=match.community)
    return _accepted(match, actor=actor, at=at)


@transaction.atomic
def decline(*, match_id: str, actor: Any, at: datetime) -> Match:
    """«ليس هذه المرّة»: no reason is asked, and nothing follows from it."""
    match = locked_match(match_id=match_id)
    by_giver = policies.may_answer(actor=actor, match=match)
    if not by_giver:
        policies.require_coordinator(actor=actor, community=match.community)
    end_match(match=match, state=MatchState.DECLINED, reason=EndReason.NONE, at=at)
    match.answered_at = at
    match.save(update_fields=["answered_at"])
    tell_owner(match, kind="needs.declined", at=at)
    record_match(match, verb="invitation_declined", actor=actor, at=at)
    return match


@transaction.atomic
def withdraw_invitation(*, match_id: str, actor: Person, at: datetime) -> Match:
    """Take back an invitation that is not answered yet, to ask somebody else."""
    match = locked_match(match_id=match_id)
    policies.require_coordinator(actor=actor, community=match.community)
    if match.state != MatchState.INVITED:
        raise MatchCannotMove(now=match.state, asked="withdrawn")
    end_match(match=match, state=MatchState.CANCELLED, reason=EndReason.CHANGED_BY_COORDINATOR, at=at)
    record_match(match, verb="invitation_withdrawn", actor=actor, at=at)
    return match


@transaction.atomic
def refuse_help(*, match_id: str, actor: Any, at: datetime, with_pin: bool = False) -> Match:
    """The asker would rather not be helped by this giver: no reason asked, the line keeps its place."""
    match = locked_match(match_id=match_id)
    request = Request.objects.select_related("community").get(pk=match.line.request_id)
    if not policies.may_act_for_asker(actor=actor, request=request, with_pin=with_pin):
        raise NotYourNeed
    if not match.is_under_way:
        raise MatchCannotMove(now=match.state, asked="refused")
    match.line.untold_since = None
    end_match(match=match, state=MatchState.CANCELLED, reason=EndReason.ASKER_REFUSED, at=at)
    tell_giver(match=match, kind="needs.no_longer_needed", at=at)
    tell_owner(match, kind="needs.asker_refused", at=at)
    record_match(match, verb="help_refused", actor=actor, at=at)
    return match


def _accepted(match: Match, *, actor: Any, at: datetime) -> Match:
    match.move_to(MatchState.ACCEPTED)
    policies.require_trusted(match=match)
    match.answered_at = at
    match.code = new_digits(CODE_DIGITS)
    match.save()
    settle_slot(slot=match.slot)
    settle(line=match.line, at=at)
    tell_asker(match, kind="needs.accepted", at=at)
    tell_owner(match, kind="needs.giver_accepted", at=at)
    record_match(match, verb="invitation_accepted", actor=actor, at=at)
    return match


def _locked_pair(*, line_id: str, offer_id: str, at: datetime) -> tuple[NeedLine, OfferSlot]:
    # The offer first: whoever closes or pauses it meanwhile either waits, or is seen here.
    lock_offers(offers=Offer.objects.filter(public_id=offer_id))
    line = find_line(line_id=line_id)
    offer = (
        Offer.objects.select_related("community").filter(public_id=offer_id, community=line.community).first()
    )
    if offer is None:
        raise NoSuchOffer
    today = local_day(community=line.community, at=at)
    return line, locked_slot(pk=slot_for(offer=offer, on=today).pk)


def _refuse_impossible(line: NeedLine, slot: OfferSlot, *, at: datetime) -> None:
    if line.category.is_money:
        raise MoneyWaitsForTheFund
    if line.state in {LineState.TRIAGE, LineState.CLOSED}:
        raise NeedCannotMove(now=line.state, asked=LineState.MATCHED.value)
    if line.state not in MATCHABLE or line.unreserved == 0 or slot.free == 0:
        raise AlreadyTaken
    if over_monthly_limit(offer=slot.offer, at=at):
        raise OfferUsedUp
    why = misfit(line=line, slot=slot, at=at)
    if why in {"closed", "paused", "past"}:
        raise OfferUsedUp
    if why:
        raise OfferDoesNotFit(why=why)


def _amount(line: NeedLine, slot: OfferSlot, *, asked: int | None, proposed: int) -> int:
    """How much this match is about: whole offers serve one line whole, others as much as both sides allow."""
    if not slot.offer.divisible:
        if slot.reserved or line.unreserved > slot.quantity:
            raise AlreadyTaken
        return line.unreserved
    most = min(line.unreserved, slot.free)
    if asked is not None and not 1 <= asked <= most:
        raise AlreadyTaken
    return asked or min(proposed or most, most)


def _held_match(line: NeedLine, slot: OfferSlot) -> Match:
    """The round's proposal of this pair, else a new match without a quantity yet."""
    proposals = Match.objects.select_for_update(of=("self",))
    proposed = proposals.filter(line=line, slot=slot, state=MatchState.PROPOSED).first()
    return proposed or Match(community=line.community, line=line, slot=slot, quantity=0)

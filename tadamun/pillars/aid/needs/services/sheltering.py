"""Nights under somebody's roof: both sides say that one came and left, and either can say that something was wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import MatchCannotMove, NoSuchMatch
from tadamun.pillars.aid.needs.models import Match, Request, Stay, StayConcern
from tadamun.pillars.aid.needs.services.handing_over import _confirm
from tadamun.pillars.aid.needs.services.settling import locked_match, settle
from tadamun.pillars.aid.needs.services.telling import record_match, tell_owner
from tadamun.pillars.aid.needs.services.texts import kept_text
from tadamun.pillars.aid.needs.vocabulary import TEXT_MOST, Confirmation, MatchState, Side


@transaction.atomic
def check_in(*, match_id: str, actor: Any, at: datetime, with_pin: bool = False) -> Stay:
    """One side says that the guests have arrived; with the second word the stay has begun."""
    match, side = _stay_match(match_id, actor=actor, with_pin=with_pin)
    if not match.is_under_way:
        raise MatchCannotMove(now=match.state, asked="checked_in")
    stay = _marked(match, side=side, step="in", at=at)
    if stay.guest_in_at and stay.host_in_at and match.state != MatchState.HANDED_OVER:
        match.move_to(MatchState.HANDED_OVER)
        match.handed_over_at = at
        match.save()
        settle(line=match.line, at=at)
    record_match(match, verb="checked_in", actor=actor, at=at, change=side.value)
    return stay


@transaction.atomic
def check_out(*, match_id: str, actor: Any, at: datetime, with_pin: bool = False) -> Stay:
    """One side says that the stay is over; with the second word it counts as met."""
    match, side = _stay_match(match_id, actor=actor, with_pin=with_pin)
    if match.state != MatchState.HANDED_OVER:
        raise MatchCannotMove(now=match.state, asked="checked_out")
    stay = _marked(match, side=side, step="out", at=at)
    if stay.guest_out_at and stay.host_out_at:
        _confirm(match, how=Confirmation.ASKER, quantity=None, actor=actor, at=at)
    else:
        record_match(match, verb="checked_out", actor=actor, at=at, change=side.value)
    return stay


@transaction.atomic
def raise_concern(
    *, match_id: str, body: str, actor: Any, at: datetime, with_pin: bool = False
) -> StayConcern:
    """Say in private that something was wrong: the coordinators alone read it, the other side is not told."""
    match, side = _side_of(match_id, actor=actor, with_pin=with_pin)
    words = kept_text(body, most=TEXT_MOST, needed=True)
    concern = StayConcern.objects.create(match=match, side=side, body=words, at=at)
    tell_owner(match, kind="needs.concern", at=at, again=str(concern.pk))
    return concern


@transaction.atomic
def handle_concern(*, concern_id: int, actor: Person, at: datetime) -> StayConcern:
    """A coordinator has taken care of what was said."""
    concern = (
        StayConcern.objects.select_for_update(of=("self",))
        .select_related("match__community")
        .filter(pk=concern_id)
        .first()
    )
    if concern is None:
        raise NoSuchMatch
    policies.require_coordinator(actor=actor, community=concern.match.community)
    if concern.handled_at is None:
        concern.handled_by, concern.handled_at = actor, at
        concern.save()
    return concern


def _stay_match(match_id: str, *, actor: Any, with_pin: bool) -> tuple[Match, Side]:
    match, side = _side_of(match_id, actor=actor, with_pin=with_pin)
    if not match.line.category.whole:
        raise MatchCannotMove(now=match.state, asked="stay")
    return match, side


def _side_of(match_id: str, *, actor: Any, with_pin: bool) -> tuple[Match, Side]:
    match = locked_match(match_id=match_id)
    if not with_pin and policies.may_answer(actor=actor, match=match):
        return match, Side.GIVER
    request = Request.objects.select_related("community").get(pk=match.line.request_id)
    policies.require_asker(actor=actor, request=request, with_pin=with_pin)
    return match, Side.ASKER


def _marked(match: Match, *, side: Side, step: str, at: datetime) -> Stay:
    stay, _ = Stay.objects.get_or_create(match=match)
    field = f"{'host' if side is Side.GIVER else 'guest'}_{step}_at"
    if getattr(stay, field) is None:
        setattr(stay, field, at)
        stay.save(update_fields=[field])
    return stay

"""Handing over: the window, the day, the code, the confirmation, and the ways it can fall through."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from tadamun.foundation.people.models import Person
from tadamun.kernel.digits import to_latin
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import (
    AtNight,
    BeforeTheDay,
    CodeLocked,
    DateOutOfRange,
    LaterThanAsked,
    MatchCannotMove,
    NotYourTask,
    QuantityOutOfRange,
    WrongCode,
)
from tadamun.pillars.aid.needs.fitting import at_night, before_the_day, cancels_late
from tadamun.pillars.aid.needs.models import Match, Request
from tadamun.pillars.aid.needs.services.settling import (
    end_match,
    locked_match,
    settle,
    settle_slot,
    tell_giver,
)
from tadamun.pillars.aid.needs.services.telling import record_match, tell_asker, tell_owner
from tadamun.pillars.aid.needs.services.texts import kept_text
from tadamun.pillars.aid.needs.slots import local_day
from tadamun.pillars.aid.needs.vocabulary import (
    CODE_TRIES_MOST,
    COMES_NOW_FOR,
    DAY_ENDS,
    DETAIL_MOST,
    Confirmation,
    EndReason,
    MatchState,
)

FARTHEST = timedelta(days=90)
LONGEST = timedelta(hours=24)
"""Name and address stand open on the days of the window: it is a day, not a season."""
_LAST_OF_DAY = time(23, 59, 59)


@transaction.atomic
def schedule(
    *,
    match_id: str,
    starts: datetime,
    ends: datetime,
    actor: Any,
    at: datetime,
    late_is_agreed: bool = False,
    night_is_agreed: bool = False,
) -> Match:
    """Settle when the help comes. The asker is told; name and address open to the giver that day only.

    :param late_is_agreed: the household was asked, and would rather have it late than not at all.
    :param night_is_agreed: the household was asked, and somebody opens at that hour.
    :raises DateOutOfRange: in the past, too far ahead, or past the food's last good day.
    :raises LaterThanAsked: it may come after what the line asks for, and nobody has said that this is agreed.
    :raises AtNight: it reaches into the night, and nobody has said that this is agreed.
    """
    match = locked_match(match_id=match_id)
    _require_giver_or_coordinator(match, actor=actor)
    best_before = match.slot.offer.best_before
    last = local_day(community=match.community, at=ends)
    in_time = at - timedelta(hours=1) <= starts <= ends <= at + FARTHEST and ends - starts <= LONGEST
    if not in_time or (best_before and last > best_before):
        raise DateOutOfRange
    late = match.line.until_at is not None and ends > match.line.until_at
    if late and not late_is_agreed:
        raise LaterThanAsked
    if not night_is_agreed and at_night(community=match.community, starts=starts, ends=ends):
        raise AtNight
    if match.state == MatchState.SCHEDULED and (match.window_from, match.window_until) == (starts, ends):
        return match
    _set_window(match, starts=starts, ends=ends, at=at)
    tell_asker(match, kind="needs.scheduled", at=at, latest_only=True)
    change = "late_as_agreed" if late else ""
    record_match(match, verb="handover_scheduled", actor=actor, at=at, change=change)
    return match


@transaction.atomic
def move_to_now(*, match_id: str, actor: Any, at: datetime, night_is_agreed: bool = False) -> Match:
    """Hand over before the agreed day, as both sides said: the time is this moment. The household is told at once.

    What begins by day ends before the night, unless the night is agreed.

    :param night_is_agreed: the household was asked, and somebody opens at that hour.
    :raises AtNight: it is night now, and nobody has said that this is agreed.
    :raises MatchCannotMove: no time is settled, or its day has come.
    """
    match = locked_match(match_id=match_id)
    _require_giver_or_coordinator(match, actor=actor)
    if not before_the_day(match=match, at=at):
        raise MatchCannotMove(now=match.state, asked="now")
    if not night_is_agreed and at_night(community=match.community, starts=at, ends=at):
        raise AtNight
    latest = _LAST_OF_DAY if night_is_agreed else DAY_ENDS
    last = datetime.combine(
        local_day(community=match.community, at=at), latest, tzinfo=ZoneInfo(match.community.time_zone)
    )
    _set_window(match, starts=at, ends=min(at + COMES_NOW_FOR, max(at, last)), at=at)
    tell_asker(match, kind="needs.comes_now", at=at)
    record_match(match, verb="handover_scheduled", actor=actor, at=at, change="moved_to_now")
    return match


@transaction.atomic
def mark_handed_over(*, match_id: str, actor: Any, at: datetime) -> Match:
    """The giver says it was handed over; it counts as met only when the household's side confirms.

    :raises BeforeTheDay: the agreed day is still to come; `move_to_now` comes first.
    """
    match = locked_match(match_id=match_id)
    _require_giver_or_coordinator(match, actor=actor)
    _refuse_stay(match, asked=MatchState.HANDED_OVER)
    _refuse_early(match, at=at)
    match.move_to(MatchState.HANDED_OVER)
    match.handed_over_at = at
    match.save()
    match.line.untold_since = None
    settle(line=match.line, at=at)
    tell_asker(match, kind="needs.please_confirm", at=at)
    record_match(match, verb="handed_over", actor=actor, at=at)
    return match


def confirm_by_code(
    *, match_id: str, code: str, actor: Any, at: datetime, quantity: int | None = None
) -> Match:
    """The giver types the code that the household gave at the door.

    :raises BeforeTheDay: the agreed day is still to come; `move_to_now` comes first.
    :raises WrongCode: it is not the code of this handover.
    :raises CodeLocked: it is the fifth wrong one or a later one: only the household or a coordinator can confirm.
    """
    right, tries_left = _take_code(match_id=match_id, code=code, actor=actor, at=at)
    if not right:
        raise WrongCode if tries_left else CodeLocked
    with transaction.atomic():
        match = locked_match(match_id=match_id)
        _require_giver_or_coordinator(match, actor=actor)
        return _confirm(match, how=Confirmation.CODE, quantity=quantity, actor=actor, at=at)


@transaction.atomic
def confirm_receipt(
    *, match_id: str, actor: Any, at: datetime, quantity: int | None = None, with_pin: bool = False
) -> Match:
    """The household says that it received the help, all of it or a part.

    :raises NotYourNeed: only the asker's side confirms so.
    """
    match = locked_match(match_id=match_id)
    request = Request.objects.select_related("community").get(pk=match.line.request_id)
    policies.require_asker(actor=actor, request=request, with_pin=with_pin)
    by_asker = with_pin or request.asker_id == getattr(actor, "pk", None)
    how = Confirmation.ASKER if by_asker else Confirmation.CALL_BACK
    if by_asker:
        _refuse_stay(match, asked=MatchState.CONFIRMED)
    return _confirm(match, how=how, quantity=quantity, actor=actor, at=at)


@transaction.atomic
def confirm_at_counter(*, match_id: str, actor: Person, at: datetime) -> Match:
    """A household is checked off on a distribution day."""
    match = locked_match(match_id=match_id)
    policies.require_coordinator(actor=actor, community=match.community)
    return _confirm(match, how=Confirmation.COUNTER, quantity=None, actor=actor, at=at)


@transaction.atomic
def cancel_match(*, match_id: str, actor: Any, at: datetime) -> Match:
    """The giver cannot after all. Early or late is kept apart; neither is held against anybody."""
    match = locked_match(match_id=match_id)
    _require_giver_or_coordinator(match, actor=actor)
    if not match.is_under_way:
        raise MatchCannotMove(now=match.state, asked=MatchState.CANCELLED.value)
    late = cancels_late(match=match, at=at)
    reason = EndReason.CANCELLED_LATE if late else EndReason.CANCELLED_EARLY
    end_match(match=match, state=MatchState.CANCELLED, reason=reason, at=at)
    tell_asker(match, kind="needs.helper_cannot", at=at)
    tell_owner(match, kind="needs.giver_cancelled", at=at)
    record_match(match, verb="match_cancelled", actor=actor, at=at, change=reason.value)
    return match


@transaction.atomic
def did_not_happen(*, match_id: str, reason: EndReason, actor: Person, at: datetime) -> Match:
    """Nobody came, or it did not work out and nobody is at fault: the line goes back to the queue.

    :raises MatchCannotMove: another reason than a no-show or nobody's fault.
    """
    match = locked_match(match_id=match_id)
    policies.require_coordinator(actor=actor, community=match.community)
    if reason not in {EndReason.NO_SHOW, EndReason.NOBODYS_FAULT}:
        raise MatchCannotMove(now=match.state, asked=reason.value)
    end_match(match=match, state=MatchState.DID_NOT_HAPPEN, reason=reason, at=at)
    record_match(match, verb="did_not_happen", actor=actor, at=at, change=reason.value)
    return match


@transaction.atomic
def say_thanks(*, match_id: str, words: str, actor: Any, at: datetime, with_pin: bool = False) -> Match:
    """Pass a word of thanks to the giver, without a name."""
    match = locked_match(match_id=match_id)
    request = Request.objects.select_related("community").get(pk=match.line.request_id)
    policies.require_asker(actor=actor, request=request, with_pin=with_pin)
    if match.state != MatchState.CONFIRMED:
        raise MatchCannotMove(now=match.state, asked="thanked")
    match.thanks = kept_text(words, most=DETAIL_MOST)
    match.save(update_fields=["thanks"])
    tell_giver(match=match, kind="needs.thanks", at=at)
    return match


def _confirm(match: Match, *, how: Confirmation, quantity: int | None, actor: Any, at: datetime) -> Match:
    amount = match.quantity if quantity is None else quantity
    if not 1 <= amount <= match.quantity:
        raise QuantityOutOfRange(most=match.quantity)
    match.move_to(MatchState.CONFIRMED)
    match.delivered, match.confirmed_at, match.confirmed_how = amount, at, how
    match.handed_over_at = match.handed_over_at or at
    match.save()
    settle_slot(slot=match.slot)
    match.line.heard_at, match.line.untold_since = at, None
    settle(line=match.line, at=at)
    if how is not Confirmation.CODE:
        tell_giver(match=match, kind="needs.confirmed", at=at)
    record_match(match, verb="receipt_confirmed", actor=actor, at=at, change=how.value)
    return match


def _set_window(match: Match, *, starts: datetime, ends: datetime, at: datetime) -> None:
    match.move_to(MatchState.SCHEDULED)
    match.window_from, match.window_until = starts, ends
    match.save()
    settle(line=match.line, at=at)


@transaction.atomic
def _take_code(*, match_id: str, code: str, actor: Any, at: datetime) -> tuple[bool, int]:
    """Whether it is the code, and how many tries are left.

    A wrong try is counted in a transaction of its own, so that the count outlives the refusal.
    """
    match = locked_match(match_id=match_id)
    _require_giver_or_coordinator(match, actor=actor)
    _refuse_stay(match, asked=MatchState.CONFIRMED)
    if not match.is_under_way:
        raise MatchCannotMove(now=match.state, asked=MatchState.CONFIRMED.value)
    _refuse_early(match, at=at)
    if match.code_tries >= CODE_TRIES_MOST:
        return False, 0
    if match.code and to_latin(code).strip() == match.code:
        return True, CODE_TRIES_MOST - match.code_tries
    match.code_tries += 1
    match.save(update_fields=["code_tries"])
    return False, CODE_TRIES_MOST - match.code_tries


def _refuse_early(match: Match, *, at: datetime) -> None:
    """Name and address open on the agreed day only, and the household reckons with it: no giver comes by surprise."""
    if before_the_day(match=match, at=at):
        raise BeforeTheDay


def _refuse_stay(match: Match, *, asked: MatchState) -> None:
    """Nights under a roof begin and end by the word of both sides; only a coordinator who called both may cut short."""
    if match.line.category.whole:
        raise MatchCannotMove(now=match.state, asked=asked.value)


def _require_giver_or_coordinator(match: Match, *, actor: Any) -> None:
    by_giver = policies.may_answer(actor=actor, match=match)
    if not by_giver and not policies.may_coordinate(person=actor, community=match.community):
        raise NotYourTask

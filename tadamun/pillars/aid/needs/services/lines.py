"""The lines of a request: one more, another quantity or date, taken back, ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.trail.services import record
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import NeedCannotMove, QuantityOutOfRange, TextTooLong, TooManyLines
from tadamun.pillars.aid.needs.models import NeedLine, Request
from tadamun.pillars.aid.needs.services.changing import standing_request
from tadamun.pillars.aid.needs.services.details import LineDetails
from tadamun.pillars.aid.needs.services.finding import put_request
from tadamun.pillars.aid.needs.services.settling import end_matches_of, find_line, settle
from tadamun.pillars.aid.needs.services.sides import tell_owning_side
from tadamun.pillars.aid.needs.vocabulary import (
    DETAIL_MOST,
    ENDED,
    LINES_MOST,
    NOT_ENDED,
    QUANTITY_MOST,
    CloseReason,
    EndReason,
    LineState,
    When,
)

OPEN_STATES = NOT_ENDED


@transaction.atomic
def add_line(
    *, request_id: str, details: LineDetails, actor: Any, at: datetime, with_pin: bool = False
) -> NeedLine:
    """Ask for one more thing under the same number.

    :raises NoSuchNeed: none of this id.
    :raises TooManyLines: the request holds as many things as one can.
    """
    locked = standing_request(request_id=request_id, actor=actor, with_pin=with_pin)
    if locked.lines.count() >= LINES_MOST:
        raise TooManyLines(most=LINES_MOST)
    refuse_unsound_line(details)
    if details.category.sensitive and locked.shows_in_public:
        locked.shows_in_public = False
        locked.save(update_fields=["shows_in_public"])
    line = new_line(locked, details, at=at)
    put_request(request=locked)
    tell_owning_side(
        request=locked,
        kind="needs.request_came_in",
        dedupe_key=f"came_in:{locked.public_id}:{line.public_id}",
        at=at,
    )
    _record_line(line, verb="line_added", actor=actor, at=at)
    return line


@transaction.atomic
def change_line(
    *, line_id: str, quantity: int, when: When, actor: Any, at: datetime, with_pin: bool = False
) -> NeedLine:
    """Change how much is needed, or by when; never below what somebody was asked for already.

    :raises NeedCannotMove: the line is met or closed, or less is asked than somebody was asked for.
    """
    line = find_line(line_id=line_id)
    policies.require_asker(actor=actor, request=line.request, with_pin=with_pin)
    alter_line(line, quantity=quantity, when=when, at=at)
    _record_line(line, verb="line_changed", actor=actor, at=at)
    return line


def alter_line(line: NeedLine, *, quantity: int, when: When, at: datetime) -> None:
    """Keep another quantity or date of a locked line, as `change_line` does, without a word on the trail."""
    if line.state in ENDED or quantity < line.reserved:
        raise NeedCannotMove(now=line.state, asked="changed")
    _refuse_quantity(quantity)
    if when != line.when:
        line.when = when
        line.until_at = deadline(when=when, community=line.community, at=at)
    # Whoever leaves the place holder as it is says no amount by it.
    line.amount_unsaid = line.amount_unsaid and quantity == line.quantity
    line.quantity, line.heard_at = quantity, at
    line.save()
    settle(line=line, at=at)


@transaction.atomic
def withdraw_line(*, line_id: str, actor: Any, at: datetime, with_pin: bool = False) -> NeedLine:
    """Take back what was asked, without a reason; whoever was going to help is told."""
    line = find_line(line_id=line_id)
    policies.require_asker(actor=actor, request=line.request, with_pin=with_pin)
    if line.close_reason == CloseReason.DUPLICATE and line.asks_for_call and line.request.repeats_id:
        # It waits under the first call-back, which stays: whoever takes this one back may not know of it.
        line.close_reason = CloseReason.WITHDRAWN
        line.save(update_fields=["close_reason"])
        return line
    return close_line(line, reason=CloseReason.WITHDRAWN, actor=actor, at=at)


def close_line(
    line: NeedLine, *, reason: CloseReason, actor: Any, at: datetime, referred_to: str = ""
) -> NeedLine:
    """End a line with its reason, free what was reserved, and write it on the trail (inside a transaction)."""
    if line.state in ENDED:
        raise NeedCannotMove(now=line.state, asked=LineState.CLOSED.value)
    end_matches_of(line=line, reason=EndReason.LINE_CLOSED, at=at)
    line.refresh_from_db()
    line.state, line.close_reason, line.closed_at = LineState.CLOSED, reason, at
    line.referred_to = clean_line(referred_to)[:200]
    line.save()
    _record_line(line, verb="line_closed", actor=actor, at=at, reason=reason.value)
    return line


def new_line(request: Request, details: LineDetails, *, at: datetime) -> NeedLine:
    """One line of a request, waiting to be sorted (inside a transaction)."""
    return NeedLine.objects.create(
        request=request,
        community=request.community,
        category=details.category,
        detail=clean_line(details.detail),
        asks_for_call=details.asks_for_call,
        quantity=details.quantity,
        amount_unsaid=details.amount_unsaid,
        when=details.when,
        until_at=deadline(when=details.when, community=request.community, at=at),
        waiting_since=at,
    )


def deadline(*, when: When, community: Community, at: datetime) -> datetime | None:
    """The end of the day, of seven days, of thirty days, in the community's own time."""
    days = {When.TODAY: 0, When.WEEK: 7, When.MONTH: 30}.get(when)
    if days is None:
        return None
    local = at.astimezone(ZoneInfo(community.time_zone)) + timedelta(days=days)
    return local.replace(hour=23, minute=59, second=0, microsecond=0)


def refuse_unsound_line(line: LineDetails) -> None:
    """Only a line that can be kept goes on.

    :raises QuantityOutOfRange: none, or more than anybody means.
    :raises TextTooLong: the description is longer than a line.
    """
    _refuse_quantity(line.quantity)
    if len(line.detail) > DETAIL_MOST:
        raise TextTooLong(most=DETAIL_MOST)


def _refuse_quantity(quantity: int) -> None:
    if not 1 <= quantity <= QUANTITY_MOST:
        raise QuantityOutOfRange(most=QUANTITY_MOST)


def _record_line(line: NeedLine, *, verb: str, actor: Any, at: datetime, reason: str = "") -> None:
    record(
        scope=line.community.public_id,
        verb=verb,
        thing="line",
        thing_id=line.public_id,
        actor=getattr(actor, "public_id", ""),
        at=at,
        data={"quantity": line.quantity, "reason": reason} if reason else {"quantity": line.quantity},
    )

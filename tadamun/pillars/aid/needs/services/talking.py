"""The one thread between an asker and the coordinators, and the PIN that opens it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.limits import TooManyTries, forgive, hit
from tadamun.foundation.sealed import keyed_hash
from tadamun.foundation.trail.services import record
from tadamun.kernel.digits import to_latin
from tadamun.pillars.aid.needs.errors import PinLocked, WrongPin
from tadamun.pillars.aid.needs.models import Message, Request
from tadamun.pillars.aid.needs.services.changing import standing_request
from tadamun.pillars.aid.needs.services.sides import tell_asking_side, tell_owning_side
from tadamun.pillars.aid.needs.services.texts import kept_text
from tadamun.pillars.aid.needs.vocabulary import (
    NUMBER_DIGITS_MOST,
    PIN_TRIES,
    PIN_TRIES_OF_ALL,
    TEXT_MOST,
    Side,
)

SENDER_WINDOW = timedelta(minutes=15)
WINDOW_OF_ALL = timedelta(hours=1)


@transaction.atomic
def write_message(*, request_id: str, body: str, actor: Any, at: datetime, with_pin: bool = False) -> Message:
    """Write in the thread; the other side is told that there is something to read, never what."""
    request = standing_request(request_id=request_id, actor=actor, with_pin=with_pin)
    words = kept_text(body, most=TEXT_MOST, needed=True)
    own = with_pin or request.asker_id == getattr(actor, "pk", None)
    author = actor if getattr(actor, "is_authenticated", False) else None
    message = Message.objects.create(
        request=request, side=Side.ASKER if own else Side.COORDINATOR, author=author, body=words, at=at
    )
    if own:
        request.heard_at = at
        request.save(update_fields=["heard_at"])
    _tell_other_side(request, message=message, at=at)
    record(
        scope=request.community.public_id,
        verb="message_written",
        thing="request",
        thing_id=request.public_id,
        actor=getattr(author, "public_id", ""),
        at=at,
        data={"side": message.side},
    )
    return message


def open_with_pin(*, community: Community, number: str, pin: str, sender: str, at: datetime) -> Request:
    """The request of this number, if the PIN is its own; tries are counted for each sender at each number.

    :param sender: the network address that the try came from; only a keyed hash of it is kept, for a short while.
    :raises WrongPin: no such number, or not its PIN: which of the two is not said.
    :raises PinLocked: too many tries; from there even the right one waits, for `minutes`.
    """
    found = to_latin(number).strip()
    if not found.isascii() or not found.isdigit() or len(found) > NUMBER_DIGITS_MOST:
        raise WrongPin
    where = f"{community.public_id}:{int(found)}"
    own = partial(_of_sender, who=f"{where}:{sender}", at=at)
    try:
        # The sender's own count comes first: what it holds back does not use up the count of all.
        own(hit)
        hit(what="pin_of_all", who=where, most=PIN_TRIES_OF_ALL, window=WINDOW_OF_ALL, at=at)
    except TooManyTries as refusal:
        raise PinLocked(**refusal.params) from None
    request = Request.objects.filter(community=community, number=int(found)).first()
    if request is None:
        raise WrongPin
    given = keyed_hash(f"{request.public_id}:{to_latin(pin).strip()[:20]}", purpose="pin")
    if not hmac.compare_digest(given, request.pin_hash):
        raise WrongPin
    own(forgive)
    return request


def _of_sender(count: Callable[..., None], *, who: str, at: datetime) -> None:
    count(what="pin_of_sender", who=who, most=PIN_TRIES, window=SENDER_WINDOW, at=at)


def _tell_other_side(request: Request, *, message: Message, at: datetime) -> None:
    key = f"message:{message.pk}"
    if message.side == Side.ASKER:
        tell_owning_side(request=request, kind="needs.message", dedupe_key=key, at=at)
    else:
        tell_asking_side(request=request, kind="needs.answer", dedupe_key=key, at=at)

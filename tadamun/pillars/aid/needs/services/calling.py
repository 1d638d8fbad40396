"""«We call you»: a phone number is left, and what is needed is said on the phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from tadamun.foundation.catalogue.errors import NoSuchCategory
from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.catalogue.queries import category_of, open_categories
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.queries import phone_hash
from tadamun.foundation.trail.services import held_back, record
from tadamun.pillars.aid.needs.errors import NothingAsked, PhoneOrReasonNeeded
from tadamun.pillars.aid.needs.models import NeedLine, Request
from tadamun.pillars.aid.needs.services.asking import Asked, lock_numbers, post_request
from tadamun.pillars.aid.needs.services.details import AskDetails, LineDetails
from tadamun.pillars.aid.needs.services.sides import tell_owning_side
from tadamun.pillars.aid.needs.vocabulary import CloseReason, LineState, Origin

UNTIL_CALLED = "advice"
"""Under which category the line waits until the call says what is needed: sensitive, so it shows nowhere."""


@transaction.atomic
def ask_for_call(
    *,
    community: Community,
    actor: Any,
    phone: str,
    at: datetime,
    name: str = "",
    safe_hours: str = "",
    language: str = "ar",
    consent_version: str = "",
) -> Asked:
    """Keep a request that says only whom to call and when; it waits to be sorted like any other.

    A phone has one call-back waiting. Whoever asks once more is answered as the first time, with a number and a PIN of
    their own that say nothing of the other: somebody else may know the phone. The ask itself is raised on the first.

    :param phone: E.164.
    :raises PhoneOrReasonNeeded: no phone is given.
    :raises NothingAsked: the community uses no category at all.
    """
    if not phone:
        raise PhoneOrReasonNeeded
    details = AskDetails(
        lines=(LineDetails(category=_until_called(community), asks_for_call=True),),
        origin=Origin.CALL_BACK,
        phone=phone,
        asker_name=name,
        safe_hours=safe_hours,
        language=language,
        consent_version=consent_version,
    )
    with held_back():
        lock_numbers(community=community)
        waiting = _waiting_call(community=community, phone=phone)
        if waiting is None:
            return post_request(community=community, actor=actor, details=details, at=at)
        again = post_request(community=community, actor=actor, details=replace(details, tells=False), at=at)
        _join(again.request, waiting=waiting, actor=actor, at=at)
    return again


def _waiting_call(*, community: Community, phone: str) -> Request | None:
    """The request under which a call to this phone waits already, under lock."""
    waiting = NeedLine.objects.filter(
        request=OuterRef("pk"), asks_for_call=True, state=LineState.TRIAGE, tier__isnull=True
    )
    found = Request.objects.filter(
        Exists(waiting),
        community=community,
        phone_hash=phone_hash(phone=phone),
        merged_into__isnull=True,
        forgotten_at__isnull=True,
    )
    return found.select_for_update(of=("self",)).order_by("pk").first()


def _join(again: Request, *, waiting: Request, actor: Any, at: datetime) -> None:
    """Let the first wait for both, as one that has become more urgent; never later than it was promised."""
    NeedLine.objects.filter(request=again).update(
        state=LineState.CLOSED, close_reason=CloseReason.DUPLICATE, closed_at=at
    )
    again.repeats, again.owner = waiting, waiting.owner
    again.save(update_fields=["repeats", "owner"])
    promised = again.call_by or at
    waiting.call_by = min(waiting.call_by or promised, promised)
    waiting.unreachable_since = waiting.follow_up_on = waiting.follow_up_by = None
    waiting.heard_at = at
    waiting.save(update_fields=["call_by", "unreachable_since", "follow_up_on", "follow_up_by", "heard_at"])
    key = f"call_again:{waiting.public_id}:{again.public_id}"
    tell_owning_side(request=waiting, kind="needs.call_asked_again", dedupe_key=key, at=at)
    record(
        scope=waiting.community.public_id,
        verb="call_asked_again",
        thing="request",
        thing_id=waiting.public_id,
        actor=getattr(actor, "public_id", ""),
        at=at,
    )


def _until_called(community: Community) -> Category:
    """The category of advice, or where it is hidden the first one in use."""
    try:
        return category_of(community=community, code=UNTIL_CALLED)
    except NoSuchCategory:
        first = next((card.code for card in open_categories(community=community)), "")
        if not first:
            raise NothingAsked from None
        return category_of(community=community, code=first)

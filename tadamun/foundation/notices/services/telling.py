"""Telling people: written in the same transaction as what it tells of, sent by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from tadamun.foundation.notices.models import Delivery, Notice
from tadamun.foundation.notices.vocabulary import Channel, DeliveryState
from tadamun.foundation.notices.wording import wording_of
from tadamun.foundation.people.models import Person


def tell(
    *,
    recipient: Person,
    kind: str,
    at: datetime,
    params: Mapping[str, Any] | None = None,
    url: str = "",
    scope: str = "",
    secret: str = "",
    about: str = "",
    dedupe_key: str | None = None,
    instead_of: str = "",
    by_hand: bool = False,
) -> Notice | None:
    """Tell a person with an account something: in the app always, by e-mail when they have one.

    :param scope: public id of the community it belongs to.
    :param about: public id of the request or record it tells of.
    :param by_hand: also offer it to the coordinators as a ready text for the phone.
    :param dedupe_key: a second notice of the same key is not made; None is returned then.
    :param instead_of: how the keys of earlier notices begin: one that has reached nobody yet says what is new now, and
        no second one is made. It is returned then.
    """
    channels = [Channel.IN_APP]
    if recipient.email:
        channels.append(Channel.EMAIL)
    if recipient.phone and recipient.phone_verified_at and settings.SMS_GATEWAY_URL:
        channels.append(Channel.SMS)
    elif by_hand and recipient.phone:
        channels.append(Channel.BY_HAND)
    notice = Notice(
        recipient=recipient,
        kind=kind,
        params=dict(params or {}),
        url=url,
        scope=scope,
        secret=secret,
        about=about,
    )
    said = _say_in_waiting(notice, instead_of=instead_of, at=at) if instead_of else None
    return said or _post(notice, channels=channels, dedupe_key=dedupe_key, at=at)


def tell_guest(
    *,
    phone: str,
    language: str,
    kind: str,
    at: datetime,
    scope: str,
    params: Mapping[str, Any] | None = None,
    url: str = "",
    secret: str = "",
    about: str = "",
    dedupe_key: str | None = None,
    instead_of: str = "",
) -> Notice | None:
    """Tell somebody without an account something, by the gateway if one is set, else by a coordinator's phone.

    :param phone: E.164.
    :param about: public id of the request it tells of: a coordinator's look at the phone is logged under it.
    :param instead_of: as in `tell`.
    """
    channel = Channel.SMS if settings.SMS_GATEWAY_URL else Channel.BY_HAND
    notice = Notice(
        guest_phone=phone,
        guest_language=language,
        kind=kind,
        params=dict(params or {}),
        url=url,
        scope=scope,
        secret=secret,
        about=about,
    )
    said = _say_in_waiting(notice, instead_of=instead_of, at=at) if instead_of else None
    return said or _post(notice, channels=[channel], dedupe_key=dedupe_key, at=at)


def _post(notice: Notice, *, channels: list[Channel], dedupe_key: str | None, at: datetime) -> Notice | None:
    wording_of(kind=notice.kind)
    notice.made_at, notice.dedupe_key = at, dedupe_key
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        if dedupe_key is None or not Notice.objects.filter(dedupe_key=dedupe_key).exists():
            raise
        return None
    Delivery.objects.bulk_create([_delivery(notice, channel, at) for channel in channels])
    return notice


def _say_in_waiting(notice: Notice, *, instead_of: str, at: datetime) -> Notice | None:
    """Put what is new into the last notice of these keys, if it is unread and nothing of it has gone out."""
    earlier = Notice.objects.filter(dedupe_key__startswith=instead_of, recipient=notice.recipient)
    waiting = earlier.order_by("-made_at", "-pk").first()
    if waiting is None or waiting.read_at is not None or waiting.guest_phone != notice.guest_phone:
        return None
    outside = waiting.deliveries.exclude(channel=Channel.IN_APP).select_for_update()
    if any(delivery.state != DeliveryState.PENDING or delivery.tries for delivery in outside):
        return None
    waiting.params, waiting.url, waiting.made_at = notice.params, notice.url, at
    waiting.save(update_fields=["params", "url", "made_at"])
    return waiting


def _delivery(notice: Notice, channel: Channel, at: datetime) -> Delivery:
    """What is told in the app has arrived as soon as it is written."""
    if channel is Channel.IN_APP:
        return Delivery(notice=notice, channel=channel, next_try_at=at, state=DeliveryState.SENT, sent_at=at)
    return Delivery(notice=notice, channel=channel, next_try_at=at)

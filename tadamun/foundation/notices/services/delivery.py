"""Sending what waits: each delivery is claimed first and sent once.

A delivery is claimed by one conditional update, so two workers never send the same. What the server said is written
down right after. When the worker dies or the line breaks between the two, nobody knows whether it arrived: the delivery
becomes *unsure* and is not sent again by itself. The notice is not lost: it stands in the app, and a coordinator sees
it among the texts and decides whether it is sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from time import perf_counter

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from tadamun.foundation.notices.errors import AlreadySent
from tadamun.foundation.notices.models import Delivery, Notice
from tadamun.foundation.notices.services.mail import post_mail
from tadamun.foundation.notices.vocabulary import LIVE, Channel, DeliveryState, Failure
from tadamun.foundation.notices.wording import Reader, Words, write_out, written_for
from tadamun.foundation.sms import MaybeSent, NotSent, post_text

log = structlog.get_logger("tadamun.notices")
BY_WORKER = (Channel.EMAIL, Channel.SMS)
WAITS = (1, 5, 15, 60, 240, 720, 1440)
"""Minutes before the next try after each failure; after the last the delivery is given up."""
BROKEN_OFF_AFTER = timedelta(minutes=5)
AT_MOST = 200


def deliver_due(*, at: datetime, readers: Mapping[str, Reader] | None = None) -> dict[str, int]:
    """Send what is due, at most two hundred in one go; returns how many ended in which state.

    :param readers: region and clock by scope (the public id of a community); the language is the recipient's own.
    """
    _abandoned(at).update(state=DeliveryState.UNSURE, failure=Failure.BROKEN_OFF)
    counts: dict[str, int] = {}
    begun = perf_counter()
    for pk in list(_due(at).order_by("next_try_at", "pk").values_list("pk", flat=True)[:AT_MOST]):
        # A claim counts from its own moment: the two hundredth letter of a slow run is no older than the first.
        now = at + timedelta(seconds=perf_counter() - begun)
        state = _send_one(pk, at=at, claimed_at=now, readers=readers or {})
        if state is not None:
            counts[state.value] = counts.get(state.value, 0) + 1
    return counts


def anything_due(*, at: datetime) -> bool:
    """Whether the worker has anything to send, or to say of a sending that broke off; it reads alone."""
    return _due(at).exists() or _abandoned(at).exists()


def _due(at: datetime) -> QuerySet[Delivery]:
    # A try further ahead than any wait was set by a clock that has been moved back since.
    now = Q(next_try_at__lte=at) | Q(next_try_at__gt=at + timedelta(minutes=WAITS[-1]))
    return Delivery.objects.filter(now, state=DeliveryState.PENDING, channel__in=BY_WORKER)


def _abandoned(at: datetime) -> QuerySet[Delivery]:
    """Claims this old, or from a time to come, belong to a worker that died: that is said instead of guessing."""
    abandoned = Q(claimed_at__lt=at - BROKEN_OFF_AFTER) | Q(claimed_at__gt=at + BROKEN_OFF_AFTER)
    return Delivery.objects.filter(abandoned, state=DeliveryState.SENDING)


def _send_one(
    pk: int, *, at: datetime, claimed_at: datetime, readers: Mapping[str, Reader]
) -> DeliveryState | None:
    claimed = Delivery.objects.filter(pk=pk, state=DeliveryState.PENDING).update(
        state=DeliveryState.SENDING, claimed_at=claimed_at, tries=F("tries") + 1
    )
    if not claimed:
        return None  # another worker has it
    delivery = Delivery.objects.select_related("notice__recipient").get(pk=pk)
    address = _address_of(delivery)
    if not address:
        return _settle(delivery, DeliveryState.DROPPED, at=at, failure=Failure.NO_ADDRESS)
    try:
        _hand_over(delivery, address=address, words=words_of(delivery.notice, readers=readers))
    except NotSent as refusal:
        return _try_later(delivery, at=at, for_good=refusal.for_good)
    except MaybeSent:
        return _settle(delivery, DeliveryState.UNSURE, at=at, failure=Failure.BROKEN_OFF)
    return _settle(delivery, DeliveryState.SENT, at=at)


def words_of(notice: Notice, *, readers: Mapping[str, Reader]) -> Words:
    """A notice written out in its recipient's language, and its community's digits and clock."""
    place = readers.get(notice.scope, Reader())
    language = notice.recipient.language if notice.recipient else notice.guest_language
    with written_for(Reader(language=language, region=place.region, time_zone=place.time_zone)):
        url = f"{settings.PUBLIC_URL}{notice.url}" if notice.url.startswith("/") else notice.url
        return write_out(kind=notice.kind, params=notice.params, url=url, secret=notice.secret)


def _address_of(delivery: Delivery) -> str:
    recipient = delivery.notice.recipient
    if delivery.channel == Channel.EMAIL:
        return (recipient.email or "") if recipient and recipient.is_active else ""
    if recipient is None:
        return delivery.notice.guest_phone
    return (recipient.phone or "") if recipient.is_active else ""


def _hand_over(delivery: Delivery, *, address: str, words: Words) -> None:
    if delivery.channel == Channel.EMAIL:
        post_mail(address=address, words=words, key=delivery.notice.public_id)
    else:
        post_text(phone=address, text=words.body, key=delivery.notice.public_id)


def _try_later(delivery: Delivery, *, at: datetime, for_good: bool) -> DeliveryState:
    if for_good or delivery.tries > len(WAITS):
        return _settle(delivery, DeliveryState.FAILED, at=at, failure=Failure.REFUSED)
    wait = timedelta(minutes=WAITS[delivery.tries - 1])
    return _settle(delivery, DeliveryState.PENDING, at=at, failure=Failure.UNREACHABLE, next_try_at=at + wait)


@transaction.atomic
def _settle(
    delivery: Delivery,
    state: DeliveryState,
    *,
    at: datetime,
    failure: Failure = Failure.NONE,
    next_try_at: datetime | None = None,
) -> DeliveryState:
    delivery.state, delivery.failure = state, failure
    if state is not DeliveryState.UNSURE:
        delivery.claimed_at = None
    delivery.sent_at = at if state is DeliveryState.SENT else None
    delivery.next_try_at = next_try_at or delivery.next_try_at
    delivery.save(update_fields=["state", "failure", "claimed_at", "sent_at", "next_try_at"])
    if state is DeliveryState.FAILED and delivery.channel == Channel.SMS:
        # The gateway will not take it: a coordinator's phone still can.
        Delivery.objects.get_or_create(
            notice=delivery.notice, channel=Channel.BY_HAND, defaults={"next_try_at": at}
        )
    if state not in (DeliveryState.SENT, DeliveryState.PENDING):
        log.warning("delivery_not_made", channel=delivery.channel, state=state.value, failure=failure.value)
    wipe_secret_when_done(delivery.notice)
    return state


def wipe_secret_when_done(notice: Notice) -> None:
    """Forget the code or link a text carried as soon as no delivery needs it any more."""
    if notice.secret and not Delivery.objects.filter(notice=notice, state__in=LIVE).exists():
        Notice.objects.filter(pk=notice.pk).update(secret="")


@transaction.atomic
def resolve_unsure(*, notice_id: str, scope: str, channel: Channel, send_again: bool, at: datetime) -> None:
    """What a person decided of a sending that broke off: send it again, or take it as arrived.

    :raises AlreadySent: somebody has decided already.
    """
    unsure = Delivery.objects.filter(
        notice__public_id=notice_id, notice__scope=scope, channel=channel, state=DeliveryState.UNSURE
    )
    delivery = unsure.select_related("notice").first()
    state = DeliveryState.PENDING if send_again else DeliveryState.DROPPED
    if delivery is None or not Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.UNSURE).update(
        state=state, claimed_at=None, next_try_at=at
    ):
        raise AlreadySent
    wipe_secret_when_done(delivery.notice)

"""Texts that a coordinator sends from their own phone with one tap.

The community's own floor checks who may; here the look at the phone is logged and the sending is written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from django.db import transaction

from tadamun.foundation.notices.cards import ReadyText
from tadamun.foundation.notices.errors import AlreadySent, NoSuchNotice
from tadamun.foundation.notices.models import Delivery
from tadamun.foundation.notices.services.delivery import wipe_secret_when_done, words_of
from tadamun.foundation.notices.vocabulary import Channel, DeliveryState
from tadamun.foundation.notices.wording import Reader
from tadamun.foundation.people import services as people
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.vocabulary import Revealed
from tadamun.foundation.trail import services as trail


@transaction.atomic
def read_ready_text(
    *,
    notice_id: str,
    scope: str,
    viewer: Person,
    viewer_role: str,
    at: datetime,
    readers: Mapping[str, Reader],
) -> ReadyText:
    """Open a waiting text with the phone it goes to; the look is logged for the person concerned.

    :param scope: public id of the community the text belongs to; one of another community does not exist here.
    :raises NoSuchNotice: no text of this id waits here.
    """
    delivery = _waiting(notice_id, scope)
    notice = delivery.notice
    phone = (notice.recipient.phone or "") if notice.recipient else notice.guest_phone
    if not phone:
        raise NoSuchNotice
    people.log_reveal(
        subject=notice.recipient,
        about=notice.about or notice.public_id,
        viewer=viewer,
        viewer_role=viewer_role,
        what=Revealed.PHONE,
        scope=scope,
        at=at,
        reason="ready_text",
        reason_needed=False,
    )
    body = words_of(notice, readers=readers).body
    return ReadyText(
        public_id=notice.public_id,
        first_name=notice.recipient.first_name if notice.recipient else "",
        phone=phone,
        body=body,
        wa_url=f"https://wa.me/{phone.lstrip('+')}?text={quote(body, safe='')}",
        sms_url=f"sms:{phone}?body={quote(body, safe='')}",
    )


@transaction.atomic
def mark_sent_by_hand(*, notice_id: str, scope: str, actor: Person, at: datetime) -> None:
    """Write down that a text went out from a coordinator's phone, by whom and when; its code is forgotten.

    :raises AlreadySent: it was marked or put aside a moment ago.
    """
    delivery = _settle(notice_id, scope, state=DeliveryState.SENT, sent_at=at, sent_by=actor)
    trail.record(
        scope=scope,
        verb="text_sent",
        thing="notice",
        thing_id=delivery.notice.public_id,
        actor=actor.public_id,
        at=at,
        data={"kind": delivery.notice.kind},
    )


@transaction.atomic
def drop_text(*, notice_id: str, scope: str, actor: Person, at: datetime) -> None:
    """Put a text aside that is no longer needed; its code is forgotten.

    :raises AlreadySent: it was marked or put aside a moment ago.
    """
    delivery = _settle(notice_id, scope, state=DeliveryState.DROPPED, sent_at=None, sent_by=actor)
    trail.record(
        scope=scope,
        verb="text_dropped",
        thing="notice",
        thing_id=delivery.notice.public_id,
        actor=actor.public_id,
        at=at,
        data={"kind": delivery.notice.kind},
    )


def _waiting(notice_id: str, scope: str) -> Delivery:
    waiting = Delivery.objects.filter(
        notice__public_id=notice_id, notice__scope=scope, channel=Channel.BY_HAND, state=DeliveryState.PENDING
    )
    delivery = waiting.select_related("notice__recipient").first()
    if delivery is None:
        raise NoSuchNotice
    return delivery


def _settle(
    notice_id: str, scope: str, *, state: DeliveryState, sent_at: datetime | None, sent_by: Person
) -> Delivery:
    """Move a waiting text on by one conditional update: of two people at once one wins.

    :raises NoSuchNotice: there is no such text in this community.
    :raises AlreadySent: it waits no longer.
    """
    rows = Delivery.objects.filter(notice__public_id=notice_id, notice__scope=scope, channel=Channel.BY_HAND)
    delivery = rows.select_related("notice").first()
    if delivery is None:
        raise NoSuchNotice
    moved = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.PENDING).update(
        state=state, sent_at=sent_at, sent_by=sent_by
    )
    if not moved:
        raise AlreadySent
    wipe_secret_when_done(delivery.notice)
    return delivery

"""Somebody's own notices: opened, marked as read, forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from tadamun.foundation.notices.errors import NoSuchNotice
from tadamun.foundation.notices.models import Delivery, Notice
from tadamun.foundation.notices.vocabulary import LIVE
from tadamun.foundation.people.models import Person

KEPT = timedelta(days=365)


def open_notice(*, notice_id: str, person: Person, at: datetime) -> Notice:
    """Mark one of somebody's own notices as read; the first time counts.

    :raises NoSuchNotice: it is unknown, or somebody else's.
    """
    notice = Notice.objects.filter(public_id=notice_id, recipient=person).first()
    if notice is None:
        raise NoSuchNotice
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)
        notice.read_at = at
    return notice


def mark_all_read(*, person: Person, at: datetime) -> int:
    """Mark everything somebody was told as read; returns how many were new."""
    return Notice.objects.filter(recipient=person, read_at__isnull=True).update(read_at=at)


def forget_old_notices(*, at: datetime) -> int:
    """Drop notices older than a year that nothing waits for; returns how many rows went."""
    waiting = Delivery.objects.filter(notice=OuterRef("pk"), state__in=LIVE)
    return Notice.objects.filter(~Exists(waiting), made_at__lt=at - KEPT).delete()[0]


@transaction.atomic
def forget_person(*, person: Person, at: datetime) -> None:
    """Remove what somebody was told, sent or not; what they sent for others loses their name."""
    Notice.objects.filter(recipient=person).delete()
    Delivery.objects.filter(sent_by=person).update(sent_by=None)


def forget_about(*, about: str) -> None:
    """Remove what a guest was told of one request, with the phone it went to or still waits to go to."""
    Notice.objects.filter(about=about, recipient__isnull=True).delete()

"""Looking at notices: one's own, and the texts of a community that wait for a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from tadamun.foundation.notices.cards import NoticeCard, UnsureSending, WaitingText
from tadamun.foundation.notices.errors import NoSuchNotice
from tadamun.foundation.notices.models import Delivery, Notice
from tadamun.foundation.notices.vocabulary import Channel, DeliveryState
from tadamun.foundation.notices.wording import Words, write_out
from tadamun.foundation.people.models import Person

PAGE = 30
NOT_SHOWN = "…"
#: What a text ends in before its address, in any of the languages.
_LEADS = ": \u00a0\u202f\n"


def unread_count(*, person: Person) -> int:
    """How many notices somebody has not opened yet."""
    return Notice.objects.filter(recipient=person, read_at__isnull=True).count()


def inbox(*, person: Person, number: int = 1) -> Page[Any]:
    """One page of what somebody was told, newest first, in the active language and region.

    The page's `object_list` holds `NoticeCard`s.
    """
    rows = Notice.objects.filter(recipient=person).order_by("-made_at", "-pk")
    page: Page[Any] = Paginator(rows, PAGE).get_page(number)
    page.object_list = [_card(notice) for notice in page.object_list]
    return page


def own_notices(
    *, person: Any, scope: str, most: int, before: int | None = None
) -> list[tuple[int, NoticeCard]]:
    """What somebody was told in one community, the last written first, each with its row's number to go on from."""
    rows = Notice.objects.filter(recipient=person, scope=scope)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [(notice.pk, _card(notice)) for notice in rows.order_by("-pk")[:most]]


def require_notice(*, person: Any, scope: str, notice_id: str) -> None:
    """Go on only with one of somebody's own notices of one community.

    :raises NoSuchNotice: unknown, somebody else's, or another community's.
    """
    if not Notice.objects.filter(public_id=notice_id, recipient=person, scope=scope).exists():
        raise NoSuchNotice


def waiting_texts(*, scope: str) -> list[WaitingText]:
    """The texts of a community that wait for a coordinator's phone, oldest first: no phone, no text."""
    rows = Delivery.objects.filter(
        channel=Channel.BY_HAND, state=DeliveryState.PENDING, notice__scope=scope
    ).select_related("notice__recipient")
    return [
        WaitingText(
            public_id=row.notice.public_id,
            subject=_words(row.notice).subject,
            made_at=row.notice.made_at,
            first_name=_first_name(row.notice),
        )
        for row in rows.order_by("notice__made_at", "pk")[:200]
    ]


def outbox() -> dict[str, dict[str, int]]:
    """What is under way on the whole instance: by channel, how many deliveries wait, are unsure or have failed."""
    rows = Delivery.objects.exclude(state__in=[DeliveryState.SENT, DeliveryState.DROPPED])
    found: dict[str, dict[str, int]] = {}
    for channel, state, number in (
        rows.values_list("channel", "state").annotate(number=Count("pk")).order_by()
    ):
        found.setdefault(channel, {})[state] = number
    return found


def waiting_count(*, scope: str) -> int:
    """How many texts of a community wait for a phone or for a decision."""
    rows = Delivery.objects.filter(notice__scope=scope)
    by_hand = rows.filter(channel=Channel.BY_HAND, state=DeliveryState.PENDING)
    return by_hand.count() + rows.filter(state=DeliveryState.UNSURE).count()


def unsure_sendings(*, scope: str) -> list[UnsureSending]:
    """Sendings of a community that broke off and wait for somebody's decision, oldest first."""
    rows = Delivery.objects.filter(state=DeliveryState.UNSURE, notice__scope=scope).select_related(
        "notice__recipient"
    )
    return [
        UnsureSending(
            public_id=row.notice.public_id,
            channel=Channel(row.channel),
            subject=_words(row.notice).subject,
            at=row.claimed_at or row.notice.made_at,
            first_name=_first_name(row.notice),
        )
        for row in rows.order_by("notice__made_at", "pk")[:200]
    ]


def my_records(*, person: Person) -> dict[str, Any]:
    """What is kept about somebody here, for their own export."""
    rows = Notice.objects.filter(recipient=person).order_by("made_at", "pk")
    return {
        "notices": [
            {
                "kind": notice.kind,
                "text": _words(notice).body,
                "made_at": notice.made_at,
                "read_at": notice.read_at,
            }
            for notice in rows
        ]
    }


def _card(notice: Notice) -> NoticeCard:
    words = _words(notice)
    return NoticeCard(
        public_id=notice.public_id,
        subject=words.subject,
        body=without_lead(words.body),
        url=notice.url,
        made_at=notice.made_at,
        unread=notice.read_at is None,
    )


def without_lead(body: str) -> str:
    """A text whose address has become a link: what led to the address ends as a sentence."""
    shown = body.rstrip(_LEADS)
    return body if shown == body else f"{shown}."


def _words(notice: Notice) -> Words:
    """Written out for the page: without its address, which is a link there, and without its secret."""
    params: Mapping[str, Any] = notice.params
    return write_out(kind=notice.kind, params=params, secret=NOT_SHOWN)


def _first_name(notice: Notice) -> str:
    return notice.recipient.first_name if notice.recipient else ""

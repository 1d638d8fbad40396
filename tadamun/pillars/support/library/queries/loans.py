"""Bookings: one's own, and what the counter sees."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from tadamun.foundation.communities.models import Community
from tadamun.kernel.text import given_name
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.cards import (
    CopyCard,
    CounterCard,
    LabelCard,
    LoanCard,
    RepairCard,
)
from tadamun.pillars.support.library.errors import NoSuchCopy, NoSuchLoan
from tadamun.pillars.support.library.models import Booking, Copy, Item, RepairTicket, WaitingPlace
from tadamun.pillars.support.library.queries.items import item_rows, item_seen
from tadamun.pillars.support.library.slots import last_day, local_day, midnight
from tadamun.pillars.support.library.vocabulary import (
    ENDED,
    HOLDING,
    BookingState,
    CopyState,
    ItemState,
    Kind,
    RepairState,
)

SHOWN_MOST = 50
PAST_MOST = 20


def _rows() -> QuerySet[Booking]:
    return Booking.objects.select_related("item__community", "item__lender", "community", "copy", "borrower")


def own_loans(*, community: Community, viewer: Any, at: datetime) -> tuple[list[LoanCard], list[LoanCard]]:
    """What the viewer has or will have, the next first; and the last twenty that are over."""
    rows = _rows().filter(community=community, borrower=viewer)
    now = rows.filter(state__in=HOLDING).order_by("starts_at", "pk")
    past = rows.filter(state__in=ENDED).order_by("-ended_at", "-pk")[:PAST_MOST]
    return [loan_of(row, viewer, at) for row in now], [loan_of(row, viewer, at) for row in past]


def own_places(*, community: Community, viewer: Any) -> list[tuple[str, str, int]]:
    """In which lines the viewer stands: id and name of the thing, and which place."""
    rows = WaitingPlace.objects.filter(
        item__community=community, person=viewer, ended_at=None, offer=None
    ).select_related("item")
    return [(row.item.public_id, row.item.name, _place_of(row)) for row in rows.order_by("joined_at", "pk")]


def _place_of(row: WaitingPlace) -> int:
    line = WaitingPlace.objects.filter(item=row.item, ended_at=None, offer=None).order_by("joined_at", "pk")
    return list(line.values_list("pk", flat=True)).index(row.pk) + 1


def loan_card(*, community: Community, loan_id: str, viewer: Any, at: datetime) -> LoanCard:
    """One booking, for whoever borrows, for the lender and for the counter.

    :raises NoSuchLoan: for anybody else there is none.
    """
    row = _rows().filter(community=community, public_id=loan_id).first()
    if row is None or not policies.may_see_loan(viewer=viewer, loan=row):
        raise NoSuchLoan
    return loan_of(row, viewer, at)


def loan_of(row: Booking, viewer: Any, at: datetime) -> LoanCard:
    """The card of a booking for a viewer who may see it."""
    item, zone = row.item, row.community.time_zone
    keeper = policies.may_coordinate(person=viewer, community=row.community)
    last = last_day(row.ends_at, zone)
    late = (local_day(at, zone) - last).days if row.state == BookingState.OUT else 0
    own = row.borrower_id is not None and row.borrower_id == getattr(viewer, "pk", None)
    return LoanCard(
        public_id=row.public_id,
        item_id=item.public_id,
        item=item.name,
        kind=item.kind,
        state=row.state,
        code=row.copy.code if row.copy and row.state in (BookingState.OUT, BookingState.READY) else "",
        place=item.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        first=local_day(row.starts_at, zone),
        last=last,
        opens=item.opens,
        closes=item.closes,
        days_late=max(late, 0),
        answer_until=row.answer_until,
        renewals=row.renewals,
        renewals_most=item.renewals_most,
        borrower=_borrower(row, viewer, keeper=keeper),
        is_guest=bool(row.guest_name),
        is_own=own,
        may_decide=policies.may_decide(actor=viewer, loan=row),
        may_keep=keeper,
        may_renew=row.state == BookingState.OUT
        and item.kind == Kind.THING
        and row.renewals < item.renewals_most
        and not WaitingPlace.objects.filter(item=item, ended_at=None, offer=None).exists(),
        needs_introduction=item.needs_introduction,
        unplaced=row.copy_id is None and row.state in HOLDING,
        mending=bool(row.copy and row.copy.state == CopyState.MENDING),
    )


def _borrower(row: Booking, viewer: Any, *, keeper: bool) -> str:
    if keeper:
        # Members stand on the coordinators' list by name; a guest's whole name is opened under a log entry.
        return row.borrower.name if row.borrower else given_name(row.guest_name)
    if policies.is_lender(viewer, row.item) and row.borrower is not None:
        return row.borrower.first_name
    return ""


def counter(*, community: Community, viewer: Any, at: datetime) -> CounterCard:
    """What the counter has to do today.

    :raises LibraryForCoordinators: anybody but a coordinator.
    """
    policies.require_keeper(actor=viewer, community=community)
    zone = community.time_zone
    tomorrow = midnight(local_day(at, zone) + timedelta(days=1), zone)
    rows = _rows().filter(community=community)

    def cards(found: QuerySet[Booking], order: str) -> tuple[LoanCard, ...]:
        return tuple(loan_of(row, viewer, at) for row in found.order_by(order, "pk")[:SHOWN_MOST])

    coming = rows.filter(state__in=(BookingState.APPROVED, BookingState.READY), starts_at__lt=tomorrow)
    out = rows.filter(state=BookingState.OUT)
    proposed = Item.objects.filter(community=community, state=ItemState.PROPOSED)
    return CounterCard(
        asked=cards(rows.filter(state=BookingState.REQUESTED), "starts_at"),
        coming=cards(coming, "starts_at"),
        back_today=cards(out.filter(ends_at__gt=at, ends_at__lte=tomorrow), "ends_at"),
        late=cards(out.filter(ends_at__lte=at), "ends_at"),
        proposed=tuple(item_rows(proposed.order_by("added_at"))[:SHOWN_MOST]),
        repairs=RepairTicket.objects.filter(copy__community=community, state=RepairState.OPEN).count(),
    )


def copy_card(*, community: Community, code: str, viewer: Any, at: datetime) -> CopyCard:
    """One piece at the counter, by its label.

    :raises LibraryForCoordinators: anybody but a coordinator.
    :raises NoSuchCopy: no piece here carries this label.
    """
    policies.require_keeper(actor=viewer, community=community)
    copy = _copy(community=community, code=code)
    rows = _rows().filter(item=copy.item)
    out = rows.filter(copy=copy, state__in=(BookingState.OUT, BookingState.LOST)).order_by("-out_at").first()
    if out is not None and out.state == BookingState.LOST and copy.state != CopyState.LOST:
        out = None
    soon = at + timedelta(days=2)
    coming = rows.filter(
        state__in=(BookingState.APPROVED, BookingState.READY), starts_at__lt=soon, ends_at__gt=at
    )
    ticket = RepairTicket.objects.filter(copy=copy, state=RepairState.OPEN).first()
    return CopyCard(
        code=copy.code,
        state=copy.state,
        item_id=copy.item.public_id,
        item=copy.item.name,
        kind=copy.item.kind,
        days_most=copy.item.days_most,
        out=loan_of(out, viewer, at) if out else None,
        coming=tuple(loan_of(row, viewer, at) for row in coming.order_by("starts_at", "pk")[:SHOWN_MOST]),
        repair=ticket.words if ticket else "",
    )


def item_of_label(*, community: Community, code: str) -> str:
    """The id of what a label hangs on.

    :raises NoSuchCopy: no piece here carries this label.
    """
    return _copy(community=community, code=code).item.public_id


def _copy(*, community: Community, code: str) -> Copy:
    copy = Copy.objects.select_related("item__community").filter(community=community, code=code).first()
    if copy is None:
        raise NoSuchCopy
    return copy


def labels(*, community: Community, item_id: str, viewer: Any) -> list[LabelCard]:
    """The labels of an item's pieces, to print.

    :raises LibraryForCoordinators: anybody but a coordinator.
    """
    policies.require_keeper(actor=viewer, community=community)
    item = item_seen(community=community, item_id=item_id, viewer=viewer)
    rows = item.copies.exclude(state=CopyState.RETIRED).order_by("code")
    return [LabelCard(row.code, item.name) for row in rows]


def open_repairs(*, community: Community, viewer: Any) -> list[RepairCard]:
    """What waits to be mended, the oldest first.

    :raises LibraryForCoordinators: anybody but a coordinator.
    """
    policies.require_keeper(actor=viewer, community=community)
    rows = RepairTicket.objects.filter(copy__community=community, state=RepairState.OPEN)
    return [
        RepairCard(
            public_id=row.public_id,
            code=row.copy.code,
            item=row.copy.item.name,
            item_id=row.copy.item.public_id,
            words=row.words,
            helper=row.told_by.name if row.helps and row.told_by else "",
            opened_at=row.opened_at,
        )
        for row in rows.select_related("copy__item", "told_by").order_by("opened_at")
    ]

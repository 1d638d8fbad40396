"""What every deed of the library does: one transaction, the item's lock first, the calendar, the trail last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.trail.services import held_back, record
from tadamun.pillars.support.library.errors import LoanCannotMove, NoSuchCopy, NoSuchItem, NoSuchLoan
from tadamun.pillars.support.library.models import Booking, Copy, Item
from tadamun.pillars.support.library.queries.calendars import calendar_of
from tadamun.pillars.support.library.slots import Layout, lay_out
from tadamun.pillars.support.library.vocabulary import ENDED, MOVES, BookingState

Given = ParamSpec("Given")
Result = TypeVar("Result")
__all__ = [
    "calendar_of",
    "deed",
    "end",
    "locked_copy",
    "locked_item",
    "locked_loan",
    "log",
    "move",
    "seat",
    "settle",
]


def deed(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Run in one transaction, with what is written on the trail held back to its end."""

    @wraps(function)
    def run(*args: Given.args, **given: Given.kwargs) -> Result:
        with transaction.atomic(), held_back():
            return function(*args, **given)

    return run


def locked_item(*, community: Community, item_id: str) -> Item:
    """An item of a community, locked: whoever changes its calendar holds this lock.

    :raises NoSuchItem: there is none of this id here.
    """
    rows = Item.objects.select_for_update(of=("self",), no_key=True)
    item = rows.filter(community=community, public_id=item_id).select_related("community").first()
    if item is None:
        raise NoSuchItem
    return item


def locked_loan(*, community: Community, loan_id: str) -> Booking:
    """A booking as it stands once its item is locked.

    :raises NoSuchLoan: there is none of this id here.
    """
    known = (
        Booking.objects.filter(community=community, public_id=loan_id).values_list("item__public_id").first()
    )
    if known is None:
        raise NoSuchLoan
    item = locked_item(community=community, item_id=known[0])
    loan = Booking.objects.select_related("borrower", "copy").get(public_id=loan_id)
    loan.item = item
    return loan


def locked_copy(*, community: Community, code: str) -> Copy:
    """The piece with a label, once its item is locked.

    :raises NoSuchCopy: no piece here carries this label.
    """
    known = Copy.objects.filter(community=community, code=code).values_list("item__public_id").first()
    if known is None:
        raise NoSuchCopy
    item = locked_item(community=community, item_id=known[0])
    copy = Copy.objects.get(community=community, code=code)
    copy.item = item
    return copy


def seat(layout: Layout, *, loan: Booking) -> None:
    """Write a layout down: the loan on its piece, and those that moved out of its way on theirs.

    Whoever moves stands on no piece for a moment, as PostgreSQL looks at every statement for itself.
    """
    others = Booking.objects.filter(pk__in=[key for key in layout.on if key != (loan.pk or 0)])
    moved = [other for other in others if other.copy_id != layout.on[other.pk]]
    Booking.objects.filter(pk__in=[other.pk for other in moved]).update(copy=None)
    loan.copy_id = layout.on[loan.pk or 0]
    loan.save()
    for other in moved:
        Booking.objects.filter(pk=other.pk).update(copy=layout.on[other.pk])


def settle(item: Item, *, at: datetime) -> None:
    """Lay the times out anew, as after a piece broke or came back; what finds no piece waits for a coordinator."""
    calendar = calendar_of(item=item, at=at)
    layout = lay_out(copies=calendar.copies, held=calendar.held)
    moved = [one for one in calendar.held if not one.pinned and one.copy != layout.on.get(one.key)]
    Booking.objects.filter(pk__in=[one.key for one in moved]).update(copy=None)
    for one in moved:
        if one.key in layout.on:
            Booking.objects.filter(pk=one.key).update(copy=layout.on[one.key])


def move(loan: Booking, state: BookingState, *, at: datetime) -> None:
    """Change the state in memory.

    :raises LoanCannotMove: the present state does not lead there.
    """
    if state not in MOVES.get(BookingState(loan.state), frozenset()):
        raise LoanCannotMove(now=loan.state, asked=state.value)
    loan.state = state
    loan.ended_at = at if state in ENDED else None


def end(loan: Booking, state: BookingState, *, at: datetime) -> None:
    """Move to a state in which no time is taken any more."""
    move(loan, state, at=at)
    loan.save(update_fields=["state", "ended_at"])


def log(
    thing: Any, *, verb: str, kind: str, actor: Any, at: datetime, community: Community, **data: Any
) -> None:
    """Write on the community's trail."""
    record(
        scope=community.public_id,
        verb=verb,
        thing=kind,
        thing_id=thing.public_id,
        actor=getattr(actor, "public_id", ""),
        at=at,
        data=data,
    )

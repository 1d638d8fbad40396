"""What time brings: reminders, bookings that nobody came for, and names that are no longer needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from tadamun.foundation.communities.models import Community
from tadamun.pillars.support.library.models import Booking
from tadamun.pillars.support.library.services.queueing import offer_next
from tadamun.pillars.support.library.services.settling import deed, end, locked_loan, log
from tadamun.pillars.support.library.services.telling import tell_borrower
from tadamun.pillars.support.library.slots import last_day, local_day
from tadamun.pillars.support.library.vocabulary import ENDED, GUEST_KEPT, BookingState, Kind

LATE_AFTER_DAYS = (1, 4, 11)
"""A word after so many days, and then no more: a call helps better."""


def remind(*, at: datetime) -> int:
    """Remind whoever brings something back tomorrow or is late; each is told once. Returns how many loans were due."""
    soon = at + timedelta(days=2)
    out = Booking.objects.filter(state=BookingState.OUT, item__kind=Kind.THING, ends_at__lte=soon)
    rows = out.select_related("item__community", "borrower", "community")
    return sum(_remind(loan, at=at) for loan in rows.order_by("ends_at", "pk"))


def _remind(loan: Booking, *, at: datetime) -> bool:
    zone = loan.community.time_zone
    back_on = last_day(loan.ends_at, zone)
    late = (local_day(at, zone) - back_on).days
    if late in (-1, 0):
        _say(loan, kind="library.due", again=back_on.isoformat(), at=at)
        return True
    passed = [days for days in LATE_AFTER_DAYS if late >= days]
    if passed:
        _say(loan, kind="library.late", again=f"{back_on.isoformat()}+{passed[-1]}", at=at)
    return bool(passed)


@deed
def _say(loan: Booking, *, kind: str, again: str, at: datetime) -> None:
    end_on = last_day(loan.ends_at, loan.community.time_zone).isoformat()
    tell_borrower(loan, kind=kind, at=at, again=again, end_on=end_on)


def settle_past(*, at: datetime) -> int:
    """End what is over: appointments took place, and what nobody came for never happened. Returns how many."""
    holding = (BookingState.REQUESTED, BookingState.APPROVED, BookingState.READY)
    past = Booking.objects.filter(state__in=holding, ends_at__lte=at).select_related("community")
    return sum(_settle(row.community, row.public_id, at=at) for row in past.order_by("ends_at", "pk"))


@deed
def _settle(community: Community, loan_id: str, *, at: datetime) -> bool:
    loan = locked_loan(community=community, loan_id=loan_id)
    if loan.ends_at > at or loan.state in (*ENDED, BookingState.OUT, BookingState.OFFERED):
        return False
    met = loan.item.kind != Kind.THING and loan.state == BookingState.APPROVED
    end(loan, BookingState.RETURNED if met else BookingState.NEVER_HAPPENED, at=at)
    offer_next(loan.item, at=at)
    log(loan, verb=f"loan_{loan.state}", kind="loan", actor=None, at=at, community=community)
    return True


def forget_guests(*, at: datetime) -> int:
    """Drop name and phone of people without an account a month after their loan; returns how many loans."""
    old = Booking.objects.filter(state__in=ENDED, ended_at__lte=at - GUEST_KEPT, borrower=None)
    keys = [
        row.pk for row in old.only("pk", "guest_name", "guest_phone") if row.guest_name or row.guest_phone
    ]
    return Booking.objects.filter(pk__in=keys).update(guest_name="", guest_phone="")

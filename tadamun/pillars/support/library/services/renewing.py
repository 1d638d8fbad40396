"""Keeping a thing longer, unless somebody waits for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.errors import (
    LoanCannotMove,
    NoLineHere,
    RenewedEnough,
    SomebodyWaits,
    TimeTaken,
)
from tadamun.pillars.support.library.models import Booking
from tadamun.pillars.support.library.queries.calendars import week_of
from tadamun.pillars.support.library.services.settling import calendar_of, deed, locked_loan, log, seat
from tadamun.pillars.support.library.slots import last_day, local_day
from tadamun.pillars.support.library.vocabulary import BookingState, Kind


@deed
def renew(*, community: Community, loan_id: str, actor: Person, at: datetime) -> Booking:
    """Keep it for as many days again as it is lent, from the day it was to come back; late ones from today.

    :raises NoSuchLoan: it is somebody else's.
    :raises LoanCannotMove: it is not out.
    :raises RenewedEnough: as often as it may be.
    :raises SomebodyWaits: somebody is in line.
    :raises TimeTaken: the days after are booked.
    """
    loan = locked_loan(community=community, loan_id=loan_id)
    policies.require_loan_of(actor=actor, loan=loan)
    item, zone = loan.item, community.time_zone
    policies.require(item.kind == Kind.THING, NoLineHere())
    if loan.state != BookingState.OUT:
        raise LoanCannotMove(now=loan.state, asked=BookingState.OUT.value)
    policies.require(loan.renewals < item.renewals_most, RenewedEnough(most=item.renewals_most))
    calendar = calendar_of(item=item, at=at)
    policies.require(not calendar.waiting, SomebodyWaits())
    first = max(last_day(loan.ends_at, zone), local_day(at, zone)) + timedelta(days=1)
    _, until = week_of(item).span(first, item.days_most)
    layout = calendar.renewed(loan.pk, until=until)
    if layout is None:
        raise TimeTaken
    loan.ends_at, loan.renewals = until, loan.renewals + 1
    seat(layout, loan=loan)
    log(loan, verb="loan_renewed", kind="loan", actor=actor, at=at, community=community, times=loan.renewals)
    return loan

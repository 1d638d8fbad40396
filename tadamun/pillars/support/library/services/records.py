"""Forgetting a person: their bookings lose the name, their places in line and their calendar go."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.people.models import Person
from tadamun.pillars.support.library.models import (
    Booking,
    CalendarFeed,
    Introduction,
    Item,
    RepairTicket,
    WaitingPlace,
)
from tadamun.pillars.support.library.services.photos import drop_photos_of
from tadamun.pillars.support.library.services.queueing import offer_next
from tadamun.pillars.support.library.services.settling import deed, locked_item
from tadamun.pillars.support.library.vocabulary import HOLDING, BookingState, ItemState


@deed
def forget_person(*, person: Person, at: datetime) -> None:
    """What was not out yet is cancelled, theirs is no longer lent nor shown; what is out stays so, nameless."""
    theirs = Booking.objects.filter(borrower=person)
    held = theirs.filter(state__in=HOLDING).values_list("item_id", flat=True)
    waits = WaitingPlace.objects.filter(person=person, ended_at=None).values_list("item_id", flat=True)
    keys = sorted({*held, *waits, *Item.objects.filter(lender=person).values_list("pk", flat=True)})
    items = [
        locked_item(community=row.community, item_id=row.public_id)
        for row in Item.objects.filter(pk__in=keys).select_related("community").order_by("pk")
    ]
    open_ones = theirs.filter(state__in=[state for state in HOLDING if state != BookingState.OUT])
    open_ones.update(state=BookingState.CANCELLED, ended_at=at)
    theirs.update(borrower=None)
    Booking.objects.filter(made_by=person).update(made_by=None)
    WaitingPlace.objects.filter(person=person).delete()
    Introduction.objects.filter(person=person).delete()
    Introduction.objects.filter(by=person).update(by=None)
    RepairTicket.objects.filter(told_by=person).update(told_by=None, helps=False)
    CalendarFeed.objects.filter(person=person).delete()
    drop_photos_of(lender=person)
    Item.objects.filter(lender=person).update(
        lender=None, state=ItemState.RETIRED, description="", instructions="", place="", searched=""
    )
    for item in items:
        item.refresh_from_db(fields=["state", "lender"])
        offer_next(item, at=at)

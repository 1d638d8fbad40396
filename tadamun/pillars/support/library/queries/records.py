"""What the library holds about one person, for "my data"."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.people.models import Person
from tadamun.pillars.support.library.models import (
    Booking,
    CalendarFeed,
    Introduction,
    Item,
    RepairTicket,
    WaitingPlace,
)


def my_records(*, person: Person) -> dict[str, Any]:
    """What somebody borrowed and lends, waits for, told of and was shown."""
    return {
        "loans": [
            {
                "item": row.item.name,
                "state": row.state,
                "from": row.starts_at,
                "until": row.ends_at,
                "renewals": row.renewals,
                "asked_at": row.made_at,
            }
            for row in Booking.objects.filter(borrower=person).select_related("item").order_by("made_at")
        ],
        "lent": [
            {
                "item": row.name,
                "description": row.description,
                "place": row.place,
                "state": row.state,
                "since": row.added_at,
            }
            for row in Item.objects.filter(lender=person).order_by("added_at")
        ],
        "waited_for": [
            {"item": row.item.name, "since": row.joined_at, "until": row.ended_at}
            for row in WaitingPlace.objects.filter(person=person).select_related("item")
        ],
        "introduced_to": [
            {"item": row.item.name, "at": row.at}
            for row in Introduction.objects.filter(person=person).select_related("item")
        ],
        "breakages_told": [
            {"item": row.copy.item.name, "words": row.words, "at": row.opened_at}
            for row in RepairTicket.objects.filter(told_by=person).select_related("copy__item")
        ],
        "bookings_made_for_others": Booking.objects.filter(made_by=person).exclude(borrower=person).count(),
        "introductions_given": Introduction.objects.filter(by=person).count(),
        "calendar_addresses": [row.made_at for row in CalendarFeed.objects.filter(person=person)],
    }

"""What this app holds about one person, for "my data"."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs.models import ContactAttempt, Match, Message, Offer, Request, SheetImport


def my_records(*, person: Person) -> dict[str, Any]:
    """Requests, offers, promises and messages of one person, in plain values."""
    return {
        "requests": [
            _request(row) for row in Request.objects.filter(asker=person).select_related("place__area")
        ],
        "offers": [
            _offer(row)
            for row in Offer.objects.filter(giver=person).select_related("category", "place__area")
        ],
        "promises": [
            {
                "id": row.public_id,
                "offer": row.slot.offer.public_id,
                "quantity": row.quantity,
                "delivered": row.delivered,
                "state": row.state,
                "invited_at": row.invited_at,
                "answered_at": row.answered_at,
                "confirmed_at": row.confirmed_at,
                "thanks": row.thanks,
            }
            for row in Match.objects.filter(
                slot__offer__giver=person, invited_at__isnull=False
            ).select_related("slot__offer")
        ],
        "messages_written": [
            {"request": row.request.number, "text": row.body, "at": row.at}
            for row in Message.objects.filter(author=person).select_related("request")
        ],
        "contacts_made": [
            {"request": row.request.number, "outcome": row.outcome, "at": row.at}
            for row in ContactAttempt.objects.filter(by=person).select_related("request")
        ],
        "sheets_brought_in": [
            {"title": row.title, "started_at": row.started_at}
            for row in SheetImport.objects.filter(started_by=person)
        ],
    }


def _request(row: Request) -> dict[str, Any]:
    return {
        "number": row.number,
        "asked_at": row.asked_at,
        "name": row.asker_name,
        "recipient": row.recipient_name,
        "phone": row.phone,
        "household_size": row.household_size,
        "household": row.household,
        "area": row.place.area.name if row.place and row.place.area else "",
        "address": row.place.address if row.place else "",
        "requirements": row.requirements,
        "notes": row.notes,
        "lines": [
            {
                "category": line.category.code,
                "detail": line.detail,
                "quantity": None if line.amount_unsaid else line.quantity,
                "delivered": line.delivered,
                "state": line.state,
            }
            for line in row.lines.select_related("category")
        ],
        "thread": [{"side": one.side, "text": one.body, "at": one.at} for one in row.messages.order_by("at")],
    }


def _offer(row: Offer) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "category": row.category.code,
        "quantity": row.quantity,
        "rhythm": row.rhythm,
        "detail": row.detail,
        "area": row.place.area.name if row.place and row.place.area else "",
        "address": row.place.address if row.place else "",
        "provides": row.provides,
        "state": row.state,
        "made_at": row.made_at,
    }

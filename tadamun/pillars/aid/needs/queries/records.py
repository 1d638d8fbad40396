"""What this app holds about one person, for "my data"."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs.models import (
    ContactAttempt,
    Match,
    Message,
    Offer,
    Request,
    SheetImport,
    StayConcern,
)
from tadamun.pillars.aid.needs.vocabulary import Side


def my_records(*, person: Person) -> dict[str, Any]:
    """Requests, offers, promises and messages of one person, in plain values."""
    return {
        "requests": [
            _request(row) for row in Request.objects.filter(asker=person).select_related("place__area")
        ],
        "offers": [
            _offer(row)
            for row in Offer.objects.filter(giver=person).select_related("category", "place__area", "shelter")
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
        "concerns_raised": [
            {"match": row.match.public_id, "text": row.body, "at": row.at, "taken_care_of_at": row.handled_at}
            for row in _concerns_of(person)
        ],
        "sheets_brought_in": [
            {"title": row.title, "started_at": row.started_at}
            for row in SheetImport.objects.filter(started_by=person)
        ],
    }


def _concerns_of(person: Person) -> QuerySet[StayConcern]:
    """What the person said in confidence, as the host or as the guest."""
    as_host = Q(side=Side.GIVER, match__slot__offer__giver=person)
    as_guest = Q(side=Side.ASKER, match__line__request__asker=person)
    return StayConcern.objects.filter(as_host | as_guest).select_related("match").order_by("pk")


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
        "delivery": row.delivery,
        "contact_way": row.contact_way,
        "safe_hours": row.safe_hours,
        "language": row.language,
        "shows_in_public": row.shows_in_public,
        "requirements": row.requirements,
        "notes": row.notes,
        "lines": [
            {
                "category": line.category.code,
                "detail": line.detail,
                "referred_to": line.referred_to,
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
        "name": row.giver_name,
        "is_organisation": row.is_organisation,
        "phone": row.phone,
        "category": row.category.code,
        "quantity": row.quantity,
        "divisible": row.divisible,
        "rhythm": row.rhythm,
        "from_at": row.from_at,
        "until_at": row.until_at,
        "detail": row.detail,
        "allergens": row.allergens,
        "storage": row.storage,
        "best_before": row.best_before,
        "reach_km": row.reach_km,
        "brings_it": row.brings_it,
        "monthly_limit": row.monthly_limit,
        "paused_until": row.paused_until,
        "area": row.place.area.name if row.place and row.place.area else "",
        "address": row.place.address if row.place else "",
        "provides": row.provides,
        "state": row.state,
        "made_at": row.made_at,
        "closed_at": row.closed_at,
        "house": _house(row),
    }


def _house(row: Offer) -> dict[str, Any] | None:
    """What was said of the house, where it takes people in."""
    shelter = getattr(row, "shelter", None)
    if shelter is None:
        return None
    return {
        "beds": shelter.beds,
        "nights_from": shelter.nights_from,
        "nights_until": shelter.nights_until,
        "women_only": shelter.women_only,
        "families_welcome": shelter.families_welcome,
        "rules": shelter.house_rules,
        "about": shelter.about_house,
    }

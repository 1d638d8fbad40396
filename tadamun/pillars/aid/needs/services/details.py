"""What comes in, cleaned and typed, before a service acts on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.places.cards import Point
from tadamun.foundation.places.models import Area
from tadamun.pillars.aid.needs.vocabulary import ContactWay, Delivery, Household, Origin, Rhythm, When


@dataclass(frozen=True)
class LineDetails:
    """One thing that is needed."""

    category: Category
    quantity: int = 1
    when: When = When.ANY
    detail: str = ""
    asks_for_call: bool = False
    """Only a call is asked for; what is needed is said in it."""
    amount_unsaid: bool = False
    """Money of which nobody said how much; the quantity only holds a place."""


@dataclass(frozen=True)
class AskDetails:
    """One request, as a form or a program says it. `phone` is E.164 or empty."""

    lines: tuple[LineDetails, ...]
    origin: Origin = Origin.WEB
    phone: str = ""
    asker_name: str = ""
    recipient_name: str = ""
    contact_way: ContactWay = ContactWay.CALL
    safe_hours: str = ""
    language: str = "ar"
    household_size: int | None = None
    household: Household = Household.UNKNOWN
    area: Area | None = None
    address: str = ""
    exact: Point | None = None
    confidential: bool = False
    delivery: Delivery = Delivery.EITHER
    requirements: tuple[str, ...] = ()
    notes: str = ""
    shows_in_public: bool = False
    consent_version: str = ""
    tells: bool = True
    """Whether the coordinator is told of it at once; a whole sheet is told of once."""
    promises_call: bool = True
    """Whether whoever asks is told by when somebody calls; who stands in a sheet was told nothing of the kind."""


@dataclass(frozen=True)
class Completion:
    """What a coordinator learned about a request; None: as it was. `phone` is E.164."""

    asker_name: str | None = None
    recipient_name: str | None = None
    phone: str | None = None
    contact_way: ContactWay | None = None
    safe_hours: str | None = None
    household_size: int | None = None
    household: Household | None = None
    area: Area | None = None
    no_area: bool = False
    """The area that was said is wrong, and the right one is not known."""
    address: str | None = None
    delivery: Delivery | None = None
    quantities: Mapping[str, int] = field(default_factory=dict)
    """How much of a line is needed, by the line's id."""


@dataclass(frozen=True)
class ShelterOffer:
    """What a house that takes people in is like."""

    beds: int
    nights_from: date
    nights_until: date
    women_only: bool = False
    families_welcome: bool = True
    house_rules: str = ""
    about_house: str = ""


@dataclass(frozen=True)
class OfferDetails:
    """One offer, as a form or a program says it."""

    category: Category
    quantity: int = 1
    divisible: bool = True
    rhythm: Rhythm = Rhythm.ONCE
    from_at: datetime | None = None
    until_at: datetime | None = None
    reach_km: float = 5.0
    brings_it: bool = True
    provides: tuple[str, ...] = ()
    detail: str = ""
    monthly_limit: int | None = None
    best_before: date | None = None
    allergens: str = ""
    storage: str = ""
    area: Area | None = None
    address: str = ""
    exact: Point | None = None
    giver_name: str = ""
    is_organisation: bool = False
    phone: str = ""
    consent_version: str = ""
    shelter: ShelterOffer | None = field(default=None)

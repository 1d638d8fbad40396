"""Words about a person: how to address them, what they consent to, what of them can be looked at."""

from __future__ import annotations

from enum import StrEnum


class AddressForm(StrEnum):
    """How a person wants to be addressed."""

    NEUTRAL = "neutral"
    FEMININE = "feminine"
    MASCULINE = "masculine"


class ConsentPurpose(StrEnum):
    """What somebody agrees to."""

    HELP = "help"
    """Keeping and using what was told in order to find help."""
    OFFER = "offer"
    """Keeping and using what was offered in order to match it with a need."""
    ON_BEHALF = "on_behalf"
    """Somebody else asks for the person, with their knowledge."""
    MEMBERSHIP = "membership"
    """Being a member with an account."""
    PUBLIC_NEED = "public_need"
    """Showing category and area of a need in public."""
    SHARE_PHONE = "share_phone"
    """Showing the phone to the matched volunteer."""


class ConsentMeans(StrEnum):
    """How a consent was given."""

    SELF = "self"
    PHONE = "phone"
    IN_PERSON = "in_person"


class Revealed(StrEnum):
    """What of a person can be looked at under a log entry."""

    NAME = "name"
    PHONE = "phone"
    PLACE = "place"
    NOTES = "notes"
    CONTACT = "contact"
    """Name, phone and place together."""

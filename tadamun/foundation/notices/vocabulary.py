"""Words about notices: by which channel, in which state."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a notice reaches somebody."""

    IN_APP = "in_app"
    EMAIL = "email"
    SMS = "sms"
    BY_HAND = "by_hand"
    """A ready text that a coordinator sends from their own phone with one tap."""


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    SENDING = "sending"
    """Claimed by a worker; what becomes of it is written down right after."""
    SENT = "sent"
    UNSURE = "unsure"
    """The worker or the line broke off in mid-sending: it may have arrived, and a person decides."""
    FAILED = "failed"
    DROPPED = "dropped"


LIVE = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNSURE)
"""States in which a delivery may still need what its text carries."""


class Failure(StrEnum):
    """Why a delivery was not made, for those who look after the instance."""

    NONE = ""
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NO_ADDRESS = "no_address"
    BROKEN_OFF = "broken_off"

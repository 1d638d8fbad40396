"""Words about categories: how near a giver comes, and in which unit things are counted."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class SafetyTier(IntEnum):
    """How close giving brings two people; each tier asks more of the giver."""

    HANDOVER = 0
    HOME_VISIT = 1
    OVERNIGHT = 2


class Unit(StrEnum):
    """What a quantity counts."""

    ITEM = "item"
    PARCEL = "parcel"
    MEAL = "meal"
    BOX = "box"
    HOUR = "hour"
    VISIT = "visit"
    NIGHT = "night"
    RIDE = "ride"
    MONEY = "money"

"""The names of what the catalogue reckons with, as lazy texts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.catalogue.vocabulary import SafetyTier, Unit

UNITS: dict[Unit, Any] = {
    Unit.ITEM: _("Items"),
    Unit.PARCEL: _("Parcels"),
    Unit.MEAL: _("Meals"),
    Unit.BOX: _("Boxes"),
    Unit.HOUR: _("Hours"),
    Unit.VISIT: _("Visits"),
    Unit.NIGHT: _("Nights"),
    Unit.RIDE: _("Rides"),
    Unit.MONEY: _("Money"),
}
TIERS: dict[SafetyTier, Any] = {
    SafetyTier.HANDOVER: _("Handed over at a door or a meeting place"),
    SafetyTier.HOME_VISIT: _("Inside a home, or alone together: verified givers only"),
    SafetyTier.OVERNIGHT: _("Overnight: verified givers whom a coordinator approved"),
}


def unit_choices() -> list[tuple[str, Any]]:
    """Units that an own category can be counted in; money has its own main category."""
    return [(unit.value, label) for unit, label in UNITS.items() if unit is not Unit.MONEY]


def tier_choices() -> list[tuple[int, Any]]:
    """How near a giver comes, the nearest last."""
    return [(tier.value, label) for tier, label in TIERS.items()]


def unit_label(unit: Unit) -> Any:
    """The name of a unit."""
    return UNITS[unit]


def tier_label(tier: SafetyTier) -> Any:
    """What a safety tier means."""
    return TIERS[tier]

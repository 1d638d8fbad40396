"""What anybody may see of a category, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass, field

from tadamun.foundation.catalogue.vocabulary import SafetyTier, Unit


@dataclass(frozen=True)
class CategoryCard:
    """One category. `root_code` is the main category it stands under (its own code for a main one)."""

    code: str
    name: str
    icon: str
    unit: Unit
    safety_tier: SafetyTier
    root_code: str
    perishable: bool
    sensitive: bool
    whole: bool
    is_money: bool
    on_first_page: bool
    shared: bool
    hidden: bool = False
    closed: bool = False
    below: tuple[CategoryCard, ...] = field(default=())

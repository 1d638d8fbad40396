"""Keeping the catalogue: the shared one as seeded, and what a community adds, closes or hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from tadamun.foundation.catalogue.errors import (
    CategoryBelowItself,
    CategoryNameNeeded,
    CategoryNameTaken,
    CategoryNotYours,
    NoSuchCategory,
)
from tadamun.foundation.catalogue.models import Category, HiddenCategory
from tadamun.foundation.catalogue.seed import SHARED, Seed
from tadamun.foundation.catalogue.vocabulary import SafetyTier, Unit
from tadamun.foundation.communities import policies
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail import services as trail
from tadamun.kernel.ids import new_public_id
from tadamun.kernel.text import clean_line

OWN_FROM = 500
"""Own categories come after the shared ones unless a steward says otherwise."""


def load_catalogue(*, model: Any = Category) -> int:
    """Add the shared categories that are missing; those that stand already are left as they are.

    :param model: the Category class, or its historical one in a migration.
    :returns: how many were added.
    """
    added = 0
    for position, (seed, parent_code) in enumerate(_walk()):
        parent = model.objects.get(community=None, code=parent_code) if parent_code else None
        _row, made = model.objects.get_or_create(
            community=None, code=seed.code, defaults=_columns(seed) | {"parent": parent, "position": position}
        )
        added += made
    return added


def _walk() -> Iterator[tuple[Seed, str]]:
    """Every seed with the code of the one it stands under, main ones first."""
    for root in SHARED:
        yield root, ""
    for root in SHARED:
        for seed in root.below:
            yield seed, root.code


def _columns(seed: Seed) -> dict[str, Any]:
    arabic, english, french = seed.names
    return {
        "name_ar": arabic,
        "name_en": english,
        "name_fr": french,
        "icon": seed.icon,
        "unit": seed.unit.value,
        "perishable": seed.perishable,
        "sensitive": seed.sensitive,
        "safety_tier": seed.safety_tier.value,
        "whole": seed.whole,
        "is_money": seed.is_money,
        "on_first_page": seed.on_first_page,
        "open_eligibility": seed.open_eligibility,
    }


@dataclass(frozen=True)
class CategoryFacts:
    """What a steward says of an own category. At least one name; the others fall back to it."""

    name_ar: str = ""
    name_en: str = ""
    name_fr: str = ""
    icon: str = "package"
    unit: Unit = Unit.ITEM
    safety_tier: SafetyTier = SafetyTier.HANDOVER
    perishable: bool = False
    sensitive: bool = False
    whole: bool = False


@transaction.atomic
def add_category(
    *, community: Community, actor: Person, facts: CategoryFacts, at: datetime, parent_code: str = ""
) -> Category:
    """Add a category that only this community uses, a main one or under a main one.

    Under a money category it is money too: it waits for the fund and never enters a round.

    :raises RoleNeeded: only stewards.
    :raises CategoryNameNeeded: every name is empty.
    :raises CategoryNameTaken: there is one of this name at the same place.
    :raises CategoryBelowItself: the parent stands under another one.
    :raises NoSuchCategory: no such parent here.
    """
    _require_steward(actor, community)
    parent = _row(community, parent_code, lock=False) if parent_code else None
    policies.require(parent is None or parent.parent_id is None, CategoryBelowItself())
    row = Category(community=community, code=f"own-{new_public_id()}", parent=parent, position=OWN_FROM)
    _write(row, facts)
    if parent is not None and parent.is_money:
        row.is_money, row.unit, row.sensitive = True, Unit.MONEY, True
    _refuse_same_name(row)
    row.save(force_insert=True)
    _log(community, actor, "category_added", row, at)
    return row


@transaction.atomic
def change_category(
    *, community: Community, actor: Person, code: str, facts: CategoryFacts, at: datetime
) -> Category:
    """Correct an own category.

    :raises RoleNeeded: only stewards.
    :raises CategoryNotYours: it is shared by all communities.
    """
    _require_steward(actor, community)
    row = _own(community, code)
    _write(row, facts)
    if row.is_money:
        row.unit, row.sensitive = Unit.MONEY, True
    _refuse_same_name(row)
    row.save()
    _log(community, actor, "category_changed", row, at)
    return row


@transaction.atomic
def close_category(*, community: Community, actor: Person, code: str, at: datetime) -> None:
    """Take an own category out of use; what was asked or offered in it stays. Closing twice changes nothing.

    :raises RoleNeeded: only stewards.
    :raises CategoryNotYours: it is shared by all communities; it can be hidden.
    """
    _require_steward(actor, community)
    row = _own(community, code)
    if row.closed_at is None:
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        _log(community, actor, "category_closed", row, at)


@transaction.atomic
def reopen_category(*, community: Community, actor: Person, code: str, at: datetime) -> None:
    """Use a closed own category again.

    :raises RoleNeeded: only stewards.
    :raises CategoryNotYours: it is shared by all communities.
    """
    _require_steward(actor, community)
    row = _own(community, code)
    if row.closed_at is not None:
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        _log(community, actor, "category_reopened", row, at)


@transaction.atomic
def hide_category(*, community: Community, actor: Person, code: str, at: datetime) -> None:
    """Leave a shared category out in this community, with those below it. Hiding twice changes nothing.

    :raises RoleNeeded: only stewards.
    """
    _require_steward(actor, community)
    row = _row(community, code, lock=True)
    try:
        with transaction.atomic():
            HiddenCategory.objects.create(community=community, category=row)
    except IntegrityError:
        return
    _log(community, actor, "category_hidden", row, at)


@transaction.atomic
def show_category(*, community: Community, actor: Person, code: str, at: datetime) -> None:
    """Use a hidden category again.

    :raises RoleNeeded: only stewards.
    """
    _require_steward(actor, community)
    row = _row(community, code, lock=True)
    if HiddenCategory.objects.filter(community=community, category=row).delete()[0]:
        _log(community, actor, "category_shown", row, at)


def _require_steward(actor: Person, community: Community) -> None:
    policies.require_role(person=actor, community=community, any_of=(Role.STEWARD,))


def _row(community: Community, code: str, *, lock: bool) -> Category:
    rows = Category.objects.select_for_update(of=("self",)) if lock else Category.objects.all()
    row = (
        rows.filter(code=code, community__in=[community]).first()
        or rows.filter(code=code, community=None).first()
    )
    if row is None:
        raise NoSuchCategory
    return row


def _own(community: Community, code: str) -> Category:
    row = _row(community, code, lock=True)
    policies.require(row.community_id == community.pk, CategoryNotYours())
    return row


def _write(row: Category, facts: CategoryFacts) -> None:
    row.name_ar, row.name_en, row.name_fr = (
        clean_line(name)[:60] for name in (facts.name_ar, facts.name_en, facts.name_fr)
    )
    if not (row.name_ar or row.name_en or row.name_fr):
        raise CategoryNameNeeded
    row.icon, row.unit, row.safety_tier = clean_line(facts.icon)[:40], facts.unit, facts.safety_tier
    row.perishable, row.sensitive, row.whole = facts.perishable, facts.sensitive, facts.whole


def _refuse_same_name(row: Category) -> None:
    """Two of one name at one place cannot be told apart; a race between two stewards is merely untidy."""
    beside = Category.objects.filter(parent=row.parent, closed_at__isnull=True).exclude(pk=row.pk)
    beside = beside.filter(community__in=[row.community_id]) | beside.filter(community__isnull=True)
    for field in ("name_ar", "name_en", "name_fr"):
        name = getattr(row, field)
        if name and beside.filter(**{field: name}).exists():
            raise CategoryNameTaken


def _log(community: Community, actor: Person, verb: str, row: Category, at: datetime) -> None:
    trail.record(
        scope=community.public_id,
        verb=verb,
        thing="category",
        thing_id=row.code,
        actor=actor.public_id,
        at=at,
    )

"""Looking at the catalogue: what can be needed and offered in a community."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.catalogue.errors import NoSuchCategory
from tadamun.foundation.catalogue.models import Category, HiddenCategory
from tadamun.foundation.catalogue.vocabulary import SafetyTier, Unit
from tadamun.foundation.communities.models import Community


def name_of(*, category: Category) -> str:
    """The name in the active language, else in the first language it has one in."""
    return name_among({"ar": category.name_ar, "en": category.name_en, "fr": category.name_fr})


def name_among(names: Mapping[str, str]) -> str:
    """Of names by language, the one in the active language, else the first there is: Arabic, English, French."""
    language = (get_language() or "ar").partition("-")[0]
    return names.get(language) or names["ar"] or names["en"] or names["fr"]


def tiles(*, community: Community) -> list[CategoryCard]:
    """The main categories of the first page, in their order, each with those below it."""
    return [card for card in open_categories(community=community) if card.on_first_page]


def open_categories(*, community: Community) -> list[CategoryCard]:
    """What a community uses now: main categories in their order, each with those below it."""
    return _tree(list(_visible(community)), hidden=_hidden(community), only_open=True)


def names_in_every_language(*, community: Community) -> dict[str, str]:
    """By code, all names of a category in one text: a search in one language finds what is named in another."""
    rows = _visible(community).values_list("code", "name_ar", "name_en", "name_fr")
    return {code: " · ".join(filter(None, names)) for code, *names in rows}


def all_categories(*, community: Community) -> list[CategoryCard]:
    """The whole catalogue with what is hidden or closed: for those who edit it."""
    return _tree(list(_visible(community)), hidden=_hidden(community), only_open=False)


def own_category(*, community: Community, code: str) -> dict[str, Any]:
    """What a community's own category says, open or closed: for the form that corrects it.

    :raises NoSuchCategory: unknown, shared, or another community's.
    """
    row = Category.objects.filter(community=community, code=code).select_related("parent").first()
    if row is None:
        raise NoSuchCategory
    columns = (
        "code",
        "name_ar",
        "name_en",
        "name_fr",
        "icon",
        "unit",
        "safety_tier",
        "perishable",
        "sensitive",
        "whole",
    )
    facts = {name: getattr(row, name) for name in columns}
    return facts | {
        "parent": row.parent.code if row.parent else "",
        "closed": row.closed_at is not None,
        "is_money": row.is_money,
    }


def category_of(*, community: Community, code: str) -> Category:
    """The row of a category in use.

    :raises NoSuchCategory: unknown, closed, hidden here, or another community's.
    """
    row = _visible(community).filter(code=code, closed_at__isnull=True).select_related("parent").first()
    if row is None or (row.parent is not None and row.parent.closed_at is not None):
        raise NoSuchCategory
    if {row.pk, row.parent_id} & _hidden(community):
        raise NoSuchCategory
    return row


def category_card(*, community: Community, code: str) -> CategoryCard:
    """One category in use, with those below it.

    :raises NoSuchCategory: unknown, closed, hidden here, or another community's.
    """
    category_of(community=community, code=code)
    for root in open_categories(community=community):
        for card in (root, *root.below):
            if card.code == code:
                return card
    raise NoSuchCategory


def cards_by_id(*, ids: Iterable[int]) -> dict[int, CategoryCard]:
    """Categories of rows that exist already, in use or not, for lists: one query."""
    rows = Category.objects.filter(pk__in=set(ids)).select_related("parent")
    return {row.pk: card_of(category=row) for row in rows}


def card_of(*, category: Category) -> CategoryCard:
    """The card of one row, without those below it."""
    return _card(category, root=category.parent or category, hidden=frozenset(), below=())


def _visible(community: Community) -> QuerySet[Category]:
    return Category.objects.filter(Q(community__isnull=True) | Q(community=community))


def _hidden(community: Community) -> frozenset[int]:
    return frozenset(HiddenCategory.objects.filter(community=community).values_list("category_id", flat=True))


def _tree(rows: list[Category], *, hidden: frozenset[int], only_open: bool) -> list[CategoryCard]:
    below: dict[int | None, list[Category]] = {}
    for row in rows:
        if not only_open or (row.closed_at is None and row.pk not in hidden):
            below.setdefault(row.parent_id, []).append(row)
    return [
        _card(
            root,
            root=root,
            hidden=hidden,
            below=tuple(_card(row, root=root, hidden=hidden, below=()) for row in below.get(root.pk, [])),
        )
        for root in below.get(None, [])
    ]


def _card(
    row: Category, *, root: Category, hidden: frozenset[int], below: tuple[CategoryCard, ...]
) -> CategoryCard:
    return CategoryCard(
        code=row.code,
        name=name_of(category=row),
        icon=row.icon,
        unit=Unit(row.unit),
        safety_tier=SafetyTier(row.safety_tier),
        root_code=root.code,
        perishable=row.perishable,
        sensitive=row.sensitive,
        whole=row.whole,
        is_money=row.is_money,
        on_first_page=row.on_first_page,
        shared=row.community_id is None,
        hidden=row.pk in hidden,
        closed=row.closed_at is not None,
        below=below,
    )

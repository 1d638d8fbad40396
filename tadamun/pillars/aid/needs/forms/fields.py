"""Fields that asking and offering share: counts in any digit set, clean words, categories with their units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadamun.design.numbers import number
from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.catalogue.errors import NoSuchCategory
from tadamun.foundation.catalogue.queries import category_of, open_categories
from tadamun.foundation.people.fields import LineField
from tadamun.foundation.places.errors import NoSuchArea
from tadamun.foundation.places.queries import area_card, area_of, open_areas
from tadamun.kernel.digits import to_plain_number
from tadamun.kernel.text import clean_text
from tadamun.pillars.aid.needs.wording import word_for

TOO_LONG = _("This is too long. Please shorten it to %(limit_value)s characters.")
DIGITS_MOST = 9
"""No count that anybody means has more digits; a longer one is refused before it is reckoned with."""


def _say_range(least: int, most: int) -> str:
    return gettext("Please write a number from %(least)s to %(most)s.") % {
        "least": number(least),
        "most": number(most),
    }


_range_words = lazy(_say_range, str)


class CountField(forms.IntegerField):
    """A whole number in any digit set, with its limits said in words."""

    default_error_messages = {"invalid": _("Please write a whole number.")}

    def __init__(self, *, least: int, most: int, **options: Any) -> None:
        options.setdefault("error_messages", {})
        super().__init__(
            min_value=least, max_value=most, widget=forms.NumberInput(attrs={"data-max": most}), **options
        )
        for validator in self.validators:
            validator.message = _range_words(least, most)  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> int | None:
        """The number, or nothing."""
        text = to_plain_number(str(value)) if value not in self.empty_values else ""
        if len(text) > DIGITS_MOST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


def line_field(*, most: int, **options: Any) -> LineField:
    """One optional line of words."""
    options.setdefault("required", False)
    return LineField(max_length=most, error_messages={"max_length": TOO_LONG}, **options)


class WordsField(forms.CharField):
    """Several lines of words, without controls and direction marks."""

    def __init__(self, *, most: int, rows: int = 3, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        options.setdefault("error_messages", {})["max_length"] = TOO_LONG
        super().__init__(max_length=most, **options)

    def to_python(self, value: Any) -> str:
        """What was typed, made safe to keep."""
        return clean_text(super().to_python(value) or "")


class CategoryField(forms.ChoiceField):
    """A category in use here; its value is the category's row."""

    default_error_messages = {"invalid_choice": _("This is not in the list. Please choose again.")}
    community: Any = None

    def serve(self, *, community: Any, choices: list[Any]) -> None:
        """Offer the categories of a community."""
        self.community = community
        self.choices = choices

    def clean(self, value: Any) -> Any:
        """The row of the chosen category, or nothing."""
        code = super().clean(value)
        if not code:
            return None
        try:
            return category_of(community=self.community, code=code)
        except NoSuchCategory:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from None


class AreaField(forms.ChoiceField):
    """A named part of the community, or nothing; its value is the area's row."""

    community: Any = None

    def serve(self, *, community: Any, kept: str = "") -> None:
        """Offer the areas of a community; `kept` is the id of one that stays chosen though it is closed by now."""
        self.community = community
        areas = [(one.public_id, one.name) for one in open_areas(community=community)]
        if kept and kept not in dict(areas):
            areas.append((kept, area_card(community=community, area_id=kept).name))
        self.choices = [("", _("Not chosen")), *areas]

    def clean(self, value: Any) -> Any:
        """The row of the chosen area, or nothing."""
        chosen = super().clean(value)
        if not chosen:
            return None
        try:
            return area_of(community=self.community, area_id=chosen)
        except NoSuchArea:
            raise forms.ValidationError(
                _("This area can no longer be chosen. Please choose another."), code="closed"
            ) from None


def category_groups(*, community: Any, empty: Any, with_money: bool = True) -> list[Any]:
    """Every category in use, under its main one, each with the unit it is counted in."""
    groups: list[Any] = [("", empty)]
    for main in open_categories(community=community):
        cards = [card for card in (main, *main.below) if with_money or not card.is_money]
        if cards:
            groups.append((main.name, [(card.code, _labelled(card, main=main)) for card in cards]))
    return groups


def _labelled(card: CategoryCard, *, main: CategoryCard) -> str:
    name = str(_("%(name)s, of any kind")) % {"name": card.name} if card is main and main.below else card.name
    unit = word_for(kind="unit", code=card.unit)
    return str(_("%(name)s (%(unit)s)")) % {"name": name, "unit": unit} if unit else name

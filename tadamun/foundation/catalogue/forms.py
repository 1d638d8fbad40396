"""What comes in about a category of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.catalogue.vocabulary import SafetyTier, Unit
from tadamun.foundation.catalogue.wording import tier_choices, unit_choices
from tadamun.foundation.communities.forms import OnceForm

ICONS: dict[str, Any] = {
    "package": _("Parcel"),
    "basket": _("Basket"),
    "soup": _("Meal"),
    "salad": _("Vegetables"),
    "bed": _("Bed"),
    "home-2": _("House"),
    "pill": _("Medicine"),
    "baby-carriage": _("Child"),
    "shirt": _("Clothing"),
    "shoe": _("Shoes"),
    "car": _("Car"),
    "truck": _("Van"),
    "school": _("School"),
    "book": _("Book"),
    "tools": _("Tools"),
    "phone": _("Telephone"),
    "heart": _("Heart"),
    "users-group": _("People"),
    "scale": _("Law"),
    "file-text": _("Papers"),
    "language": _("Language"),
    "plant-2": _("Plant"),
    "flame": _("Heating"),
    "gift": _("Gift"),
}
"""The icons offered for an own category, and what they show."""


class CategoryForm(OnceForm):
    """A category that only this community uses."""

    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=60, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    name_fr = forms.CharField(label=_("Name in French"), max_length=60, required=False)
    parent = forms.ChoiceField(label=_("Where does it belong?"), required=False)
    icon = forms.ChoiceField(
        label=_("Icon"), widget=forms.RadioSelect, initial="package", choices=list(ICONS.items())
    )
    unit = forms.TypedChoiceField(
        label=_("What is counted?"), choices=unit_choices, coerce=Unit, initial=Unit.ITEM.value
    )
    safety_tier = forms.TypedChoiceField(
        label=_("How near does giving bring two people?"),
        widget=forms.RadioSelect,
        choices=tier_choices,
        coerce=lambda value: SafetyTier(int(value)),
        initial=SafetyTier.HANDOVER.value,
    )
    perishable = forms.BooleanField(label=_("It perishes: offers say until when it is good"), required=False)
    sensitive = forms.BooleanField(label=_("It is private: it is never shown in public"), required=False)
    whole = forms.BooleanField(label=_("An offer goes whole to one household"), required=False)

    def __init__(self, *args: Any, parents: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent, icon = self.fields["parent"], self.fields["icon"]
        assert isinstance(parent, forms.ChoiceField)  # noqa: S101  # said for the type checker
        parent.choices = [("", _("It is a main category")), *parents]
        icon.icons = {name: name for name in ICONS}  # type: ignore[attr-defined]  # the tiles tag reads it

    def clean(self) -> dict[str, Any]:
        """One name at least; the others fall back to it."""
        given = super().clean() or {}
        if not any(given.get(f"name_{language}") for language in ("ar", "en", "fr")):
            self.add_error("name_ar", _("A name in one language is needed."))
        return given

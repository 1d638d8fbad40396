"""What comes in about a sheet: the file, what its columns are, and what stands instead of a cell."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.kernel.intake import FIELDS
from tadamun.kernel.sheets.sheet import BYTES_MOST
from tadamun.pillars.aid.needs.cards import ImportCard
from tadamun.pillars.aid.needs.forms.fields import category_groups, line_field
from tadamun.pillars.aid.needs.vocabulary import DayOrder
from tadamun.pillars.aid.needs.wording import word_for

SEVERAL = frozenset({"phone", "need", "notes"})
COLUMN = "column-"


class SheetForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("The sheet"),
        help_text=_("XLSX or CSV, as the form or the notebook gave it: up to 5,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": _("Please choose a file."),
            "missing": _("Please choose a file."),
            "invalid": _("Please choose a file."),
            "empty": _("This file is empty."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)

    def clean_file(self) -> Any:
        """The file, unless it is too large to be read at all."""
        file = self.cleaned_data["file"]
        if file.size > BYTES_MOST:
            raise forms.ValidationError(_("The file may have up to 8 megabytes."), code="too_large")
        return file


class ColumnsForm(forms.Form):
    """What each column of a sheet is."""

    def __init__(self, *args: Any, card: ImportCard, **options: Any) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)
        choices: list[tuple[str, Any]] = [("", _("Left aside"))]
        choices += [(field, word_for(kind="import_field", code=field)) for field in FIELDS]
        for column in card.columns:
            head = column.head or str(_("A column without a name"))
            self.fields[f"{COLUMN}{column.place}"] = forms.ChoiceField(
                label=head,
                choices=choices,
                required=False,
                initial=column.field,
                help_text=" · ".join(sample[:40] for sample in column.samples),
            )

    def clean(self) -> dict[str, Any]:
        """Every field once, but for those that may stand in several columns."""
        data: dict[str, Any] = super().clean() or {}
        taken: set[str] = set()
        for name, field in list(data.items()):
            if field and field in taken and field not in SEVERAL:
                self.add_error(name, _("Another column is this already. Please leave one aside."))
            taken.add(field)
        return data

    def mapping(self) -> dict[int, str]:
        """The field of each column that is one."""
        return {int(name.removeprefix(COLUMN)): field for name, field in self.cleaned_data.items() if field}


class OrderForm(forms.Form):
    """Whether the day or the month comes first."""

    order = forms.ChoiceField(
        choices=[
            (DayOrder.DAY_FIRST, _("The day comes first")),
            (DayOrder.MONTH_FIRST, _("The month comes first")),
        ]
    )


class MendForm(forms.Form):
    """What stands instead of the cells of one row; what is left empty stays as it is."""

    phone = line_field(most=60, label=_("Phone number"), widget=forms.TextInput(attrs={"type": "tel"}))
    size = line_field(most=60, label=_("How many people"))
    date = line_field(most=60, label=_("When it is needed"))
    need = forms.ChoiceField(label=_("What is needed"), required=False)

    def __init__(self, *args: Any, community: Any, **options: Any) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)
        choices = category_groups(community=community, empty=_("Please choose"))
        self.fields["need"] = forms.ChoiceField(label=_("What is needed"), required=False, choices=choices)

    def mends(self) -> dict[str, str]:
        """The words by field; a thing of the catalogue by its code."""
        given = {field: str(text) for field, text in self.cleaned_data.items() if text}
        return {field: f"#{text}" if field == "need" else text for field, text in given.items()}


class TakeInForm(forms.Form):
    """The word that the people of the sheet know of it."""

    agreed = forms.BooleanField(
        label=_(
            "The people of this sheet told us themselves, on the phone or on paper, and agree that we keep what is"
            " needed to help them."
        ),
        error_messages={"required": _("Without their agreement we may not keep this.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)

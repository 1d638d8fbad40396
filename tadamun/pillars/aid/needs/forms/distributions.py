"""A distribution day: when and where, and the counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.people.fields import CodeField, LineField
from tadamun.pillars.aid.needs.forms.fields import TOO_LONG, CountField
from tadamun.pillars.aid.needs.forms.tasks import TimeForm

NUMBERS_MOST = 10_000


class DistributionForm(TimeForm):
    """What the day is called, where and when it is."""

    title = LineField(
        label=_("What is it called?"),
        max_length=120,
        error_messages={"required": _("Please write something first."), "max_length": TOO_LONG},
    )
    where = LineField(
        label=_("Where?"),
        max_length=200,
        error_messages={"required": _("Please write where it is."), "max_length": TOO_LONG},
    )
    field_order = ["title", "where", "day", "starts", "ends"]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)


class CounterForm(forms.Form):
    """A household's number, and its code unless somebody vouches for it."""

    number = CountField(
        least=1,
        most=NUMBERS_MOST,
        label=_("Number on the list"),
        error_messages={"required": _("Please write the number.")},
    )
    code = CodeField(label=_("Delivery code"), max_length=12, required=False)
    vouched = forms.BooleanField(label=_("Without a code: I know the household"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """Either a code, or somebody's word."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("code") and not data.get("vouched") and "code" not in self.errors:
            self.add_error("code", _("Please enter the code, or say that you know the household."))
        return data

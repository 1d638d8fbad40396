"""What is said before names are taken out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.pillars.aid.needs.forms.fields import line_field

KINDS = ("xlsx", "csv")


class ReasonForm(forms.Form):
    """Why names, phones and addresses are needed in a file."""

    reason = line_field(
        most=200,
        label=_("What are the names needed for?"),
        help_text=_("Everybody on the list can read this."),
    )
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)


class RunForm(forms.Form):
    """Why a coordinator needs another's run sheet; a giver opens their own without saying."""

    use_required_attribute = False
    run_reason = line_field(
        most=200,
        label=_("What is the run sheet needed for?"),
        help_text=_("Each household on it can read this."),
    )

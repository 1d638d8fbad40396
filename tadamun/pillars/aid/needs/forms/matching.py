"""What a coordinator does with choices and promises: invite, set a time, confirm after a call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.pillars.aid.needs.cards import MatchCard
from tadamun.pillars.aid.needs.forms.fields import CountField
from tadamun.pillars.aid.needs.forms.tasks import NightForm, TimeForm
from tadamun.pillars.aid.needs.vocabulary import EndReason
from tadamun.pillars.aid.needs.wording import choices_of

CHANGES = ("knows_better", "asker_wish", "giver_wish", "nearer_in_time")
_CHOOSE = _("Please choose one.")


class InviteForm(forms.Form):
    """Which offer, and why this one when it is not the first choice."""

    offer = forms.CharField(max_length=24, widget=forms.HiddenInput)
    change_reason = forms.ChoiceField(
        label=_("Why this one?"),
        required=False,
        error_messages={"invalid_choice": _CHOOSE, "required": _CHOOSE},
    )
    form_token = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, *args: Any, first: bool, **options: Any) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)
        words = dict(choices_of(kind="change_reason"))
        field: Any = self.fields["change_reason"]
        field.choices = [("", _("Please choose")), *((code, words[code]) for code in CHANGES)]
        field.required = not first


class MatchTimeForm(TimeForm):
    """When the help comes, settled on the phone."""

    def __init__(self, *args: Any, match_id: str, **options: Any) -> None:
        options.setdefault("auto_id", f"w_{match_id}_%s")
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)


class MatchNowForm(NightForm):
    """It comes before its day, settled on the phone."""

    def __init__(self, *args: Any, match_id: str, **options: Any) -> None:
        options.setdefault("auto_id", f"n_{match_id}_%s")
        super().__init__(*args, **options)


class ConfirmForm(forms.Form):
    """How much arrived, as the household said on the phone."""

    def __init__(self, *args: Any, match: MatchCard, **options: Any) -> None:
        options.setdefault("auto_id", f"k_{match.public_id}_%s")
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)
        if match.quantity > 1:
            self.fields["quantity"] = CountField(
                least=1,
                most=match.quantity,
                initial=match.quantity,
                label=_("How much arrived?"),
                help_text=_("If it is less than promised, the rest waits for somebody else."),
            )


class FellThroughForm(forms.Form):
    """Nobody came, or nobody is at fault."""

    reason = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )

    def __init__(self, *args: Any, match_id: str, **options: Any) -> None:
        options.setdefault("auto_id", f"n_{match_id}_%s")
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)
        words = dict(choices_of(kind="end_reason"))
        field: Any = self.fields["reason"]
        field.choices = [
            (code.value, words[code.value]) for code in (EndReason.NO_SHOW, EndReason.NOBODYS_FAULT)
        ]

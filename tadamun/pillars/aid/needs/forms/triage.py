"""What a coordinator settles about a request: severity, contact, an answer, an end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.people.fields import LineField
from tadamun.pillars.aid.needs.cards import LineCard
from tadamun.pillars.aid.needs.forms.fields import TOO_LONG, WordsField
from tadamun.pillars.aid.needs.forms.tasks import DayField
from tadamun.pillars.aid.needs.vocabulary import TEXT_MOST, CloseReason
from tadamun.pillars.aid.needs.wording import choices_of

CLOSING = ("met_by_others", "not_wanted", "withdrawn", "expired", "duplicate", "referred")
_CHOOSE = _("Please choose one.")


class TriageForm(forms.Form):
    """How severe a line is, on what ground, and what exactly is needed."""

    tier = forms.TypedChoiceField(
        label=_("How severe?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=choices_of(kind="tier"),
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    reason = forms.ChoiceField(
        label=_("On what ground?"),
        choices=[("", _("Please choose")), *choices_of(kind="tier_reason")],
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )

    def __init__(
        self,
        *args: Any,
        line: LineCard,
        root: CategoryCard | None,
        groups: list[Any] | None = None,
        **options: Any,
    ) -> None:
        """`groups`: every category there is, for a line of which nobody has said yet what it is."""
        options.setdefault("auto_id", f"t_{line.public_id}_%s")
        code = "" if groups else line.category_code
        options.setdefault("initial", {"tier": line.tier, "reason": line.tier_reason, "category": code})
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)
        if groups:
            self.fields["category"] = forms.ChoiceField(
                label=_("What is needed"),
                choices=groups,
                error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
            )
        elif root is not None and root.below:
            kinds = [(card.code, card.name) for card in (root, *root.below) if not card.closed]
            if line.category_code not in dict(kinds):
                kinds.append((line.category_code, line.category))
            self.fields["category"] = forms.ChoiceField(label=_("What exactly?"), choices=kinds)


class RevealForm(forms.Form):
    """Why somebody looks at a name, a phone and an address."""

    reason = LineField(
        label=_("Reason"),
        help_text=_("A few words. The person concerned can read them, with your name."),
        max_length=200,
        error_messages={"required": _("Please write a reason."), "max_length": TOO_LONG},
    )


class ContactForm(forms.Form):
    """A call or a message, what came of it, and when to come back."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        widget=forms.RadioSelect,
        choices=choices_of(kind="contact_outcome"),
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    follow_up_on = DayField(label=_("Coming back to it on"), required=False)
    note = WordsField(most=TEXT_MOST, rows=2, label=_("Note for the coordinators"))
    form_token = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        options.setdefault("auto_id", "c_%s")
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)
        self.today = today

    def clean_follow_up_on(self) -> date | None:
        """A day to come."""
        day: date | None = self.cleaned_data["follow_up_on"]
        if day is not None and not self.today <= day <= date(self.today.year + 1, 12, 31):
            raise forms.ValidationError(_("Please choose a day to come."), code="past")
        return day


class AnswerForm(forms.Form):
    """A message to the asker."""

    body = WordsField(
        most=TEXT_MOST,
        required=True,
        label=_("Message to the asker"),
        error_messages={"required": _("Please write something first.")},
    )
    form_token = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", "a_%s")
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)


class CloseForm(forms.Form):
    """Why a line ends, honestly; where it was referred to."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"), error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE}
    )
    where = LineField(
        label=_("Where was it referred to?"),
        help_text=_("The asker reads this."),
        required=False,
        max_length=200,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, line: LineCard, **options: Any) -> None:
        options.setdefault("auto_id", f"x_{line.public_id}_%s")
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)
        words = dict(choices_of(kind="close_reason"))
        reason: Any = self.fields["reason"]
        reason.choices = [("", _("Please choose")), *((code, words[code]) for code in CLOSING)]

    def clean(self) -> dict[str, Any]:
        """Somebody referred needs to know where."""
        data: dict[str, Any] = super().clean() or {}
        if (
            data.get("reason") == CloseReason.REFERRED
            and not data.get("where")
            and "where" not in self.errors
        ):
            self.add_error("where", _("Please write where it was referred to."))
        return data

"""What an asker sends from the page of their request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.people.fields import CodeField
from tadamun.pillars.aid.needs.cards import HelpCard, LineCard, TrackCard
from tadamun.pillars.aid.needs.forms.fields import AreaField, CountField, WordsField, line_field
from tadamun.pillars.aid.needs.vocabulary import QUANTITY_MOST, TEXT_MOST, ContactWay
from tadamun.pillars.aid.needs.wording import choices_of

ALL, PART = "all", "part"


class OpenForm(forms.Form):
    """Number and PIN."""

    use_required_attribute = False
    number = CodeField(
        label=_("Request number"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Please write the number of the request.")},
    )
    pin = CodeField(
        label=_("PIN"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Please write the PIN.")},
    )


class MessageForm(forms.Form):
    """One message to the coordinators."""

    use_required_attribute = False
    form_token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    body = WordsField(
        most=TEXT_MOST,
        required=True,
        label=_("Message"),
        error_messages={"required": _("Please write something first.")},
    )


class ConcernForm(MessageForm):
    """Said in confidence about a stay."""

    body = WordsField(
        most=TEXT_MOST,
        rows=5,
        required=True,
        label=_("What was wrong?"),
        error_messages={"required": _("Please write something first.")},
    )


class ThanksForm(forms.Form):
    """A word of thanks."""

    use_required_attribute = False
    words = WordsField(
        most=300,
        rows=2,
        required=True,
        label=_("A word of thanks"),
        error_messages={"required": _("Please write something first.")},
    )


class ReceiptForm(forms.Form):
    """All of it, or a part."""

    use_required_attribute = False
    how_much = forms.ChoiceField(
        label=_("What arrived?"),
        widget=forms.RadioSelect,
        choices=[(ALL, _("All of it")), (PART, _("A part of it"))],
        initial=ALL,
        error_messages={"required": _("Please choose what arrived.")},
    )

    def __init__(self, *args: Any, help_card: HelpCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = help_card.quantity
        if self.whole > 1:
            self.fields["quantity"] = CountField(
                least=1, most=self.whole, required=False, label=_("How many arrived?")
            )
        else:
            del self.fields["how_much"]

    def clean(self) -> dict[str, Any]:
        """A part needs its number."""
        cleaned = super().clean() or {}
        part = cleaned.get("how_much") == PART
        if part and cleaned.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", _("Please write how many arrived."))
        return cleaned

    def amount(self) -> int:
        """How many units arrived."""
        if self.cleaned_data.get("how_much") != PART:
            return self.whole
        return int(self.cleaned_data["quantity"])


class LineChangeForm(forms.Form):
    """How much of one line, and by when."""

    use_required_attribute = False
    when = forms.ChoiceField(label=_("By when?"))

    def __init__(self, data: Any = None, *, line: LineCard) -> None:
        started = {"quantity": None if line.amount_unsaid else line.quantity, "when": line.when}
        super().__init__(data, prefix=line.public_id, auto_id="id_%s", initial=started)
        self.line = line
        self.fields["quantity"] = CountField(
            least=max(1, line.reserved),
            most=QUANTITY_MOST,
            label=_("How many?"),
            required=not line.amount_unsaid,
        )
        when: Any = self.fields["when"]
        when.choices = choices_of(kind="when")
        self.order_fields(["quantity", "when"])


class RequestChangeForm(forms.Form):
    """What was said around the lines."""

    use_required_attribute = False
    area = AreaField(label=_("Neighbourhood"), required=False)
    address = line_field(most=300, label=_("Address"))
    contact_way = forms.ChoiceField(label=_("How may we reach you?"), widget=forms.RadioSelect)
    safe_hours = line_field(most=120, label=_("When is it safe to call?"))
    notes = WordsField(most=TEXT_MOST, label=_("Notes for the coordinators"))
    shows_in_public = forms.BooleanField(
        label=_("Show this need on the public page, without a name"), required=False
    )

    def __init__(self, data: Any = None, *, card: TrackCard, community: Any) -> None:
        started = {
            "area": card.area_id,
            "address": card.address,
            "contact_way": card.contact_way,
            "safe_hours": card.safe_hours,
            "notes": card.notes,
            "shows_in_public": card.shows_in_public,
        }
        super().__init__(data, initial=started)
        area: Any = self.fields["area"]
        area.serve(community=community, kept=card.area_id)
        contact: Any = self.fields["contact_way"]
        contact.choices = [
            choice
            for choice in choices_of(kind="contact_way")
            if card.has_phone or choice[0] == ContactWay.NEITHER
        ]
        if any(tracked.line.sensitive for tracked in card.lines):
            del self.fields["shows_in_public"]

    def said(self) -> dict[str, Any]:
        """What the service takes."""
        said = dict(self.cleaned_data)
        said["contact_way"] = ContactWay(said["contact_way"])
        return said


class WithdrawForm(forms.Form):
    """Which lines are taken back; all of them are ticked where there is only one."""

    use_required_attribute = False
    lines = forms.MultipleChoiceField(
        label=_("What is no longer asked for?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick what is to be taken back.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        if len(choices) == 1:
            kwargs["initial"] = {"lines": [choices[0][0]]}
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["lines"]
        lines.choices = choices

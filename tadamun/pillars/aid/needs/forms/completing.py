"""What a coordinator enters and corrects of a request that came in with gaps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.people.fields import PhoneField
from tadamun.pillars.aid.needs.cards import LineCard, RequestCard
from tadamun.pillars.aid.needs.forms.fields import AreaField, CountField, line_field
from tadamun.pillars.aid.needs.services import Completion
from tadamun.pillars.aid.needs.vocabulary import (
    HOURS_MOST,
    HOUSEHOLD_MOST,
    NAME_MOST,
    QUANTITY_MOST,
    ContactWay,
    Delivery,
    Household,
)
from tadamun.pillars.aid.needs.wording import choices_of, household_choices

_STAYS = _("Something is kept already and stays hidden. What is written here takes its place.")
HIDDEN = ("asker_name", "recipient_name", "phone", "address")


class CompletionForm(forms.Form):
    """Where, whom, how to reach them, for how many, and how much of each line."""

    use_required_attribute = False
    area = AreaField(label=_("Neighbourhood"), required=False)
    address = line_field(most=300, label=_("Exact address"))
    delivery = forms.ChoiceField(label=_("How does it reach them?"), widget=forms.RadioSelect)
    asker_name = line_field(most=NAME_MOST, label=_("Name"))
    recipient_name = line_field(most=NAME_MOST, label=_("Who needs it?"))
    household_size = CountField(least=1, most=HOUSEHOLD_MOST, label=_("For how many people?"), required=False)
    household = forms.ChoiceField(label=_("Who would sleep there?"), widget=forms.RadioSelect, required=False)
    phone = PhoneField(label=_("Phone number"), required=False, max_length=60)
    contact_way = forms.ChoiceField(label=_("How may they be reached?"), widget=forms.RadioSelect)
    safe_hours = line_field(most=HOURS_MOST, label=_("When is it safe to call?"))

    def __init__(self, data: Any = None, *, card: RequestCard, community: Any) -> None:
        started = {
            "area": card.area_id,
            "delivery": card.delivery,
            "household_size": card.household_size,
            "household": card.household,
            "contact_way": card.contact_way,
            "safe_hours": card.safe_hours,
            **{_quantity(line): line.quantity for line in card.lines if not line.amount_unsaid},
        }
        super().__init__(data, initial=started)
        self.card = card
        fields: dict[str, Any] = self.fields
        fields["area"].serve(community=community, kept=card.area_id)
        fields["delivery"].choices = choices_of(kind="delivery")
        fields["contact_way"].choices = choices_of(kind="contact_way")
        fields["household"].choices = household_choices()
        if not any(line.is_stay for line in card.lines):
            del self.fields["household"]
        if not card.on_behalf:
            del self.fields["recipient_name"]
        self._say_what_is_kept()
        for line in self.open_lines:
            self.fields[_quantity(line)] = CountField(
                least=max(1, line.reserved),
                most=QUANTITY_MOST,
                label=line.category,
                required=not line.amount_unsaid,
            )

    @property
    def open_lines(self) -> list[LineCard]:
        """The lines of which more or less may still be wanted."""
        return [
            line for line in self.card.lines if line.state not in {"met", "closed"} and not line.asks_for_call
        ]

    @property
    def amounts(self) -> list[tuple[LineCard, Any]]:
        """Each open line with its field."""
        return [(line, self[_quantity(line)]) for line in self.open_lines]

    def clean(self) -> dict[str, Any]:
        """Who is to be called or written to needs a phone."""
        cleaned = super().clean() or {}
        reachable = self.card.has_phone or cleaned.get("phone") or "phone" in self.errors
        if not reachable and cleaned.get("contact_way") not in {None, ContactWay.NEITHER}:
            self.add_error("phone", _("Please write a phone number, or choose that they look at their page."))
        return cleaned

    def said(self) -> Completion:
        """What was entered or changed; what is hidden and left empty stays as it is."""
        changed, given = set(self.changed_data), self.cleaned_data
        plain = {name: given[name] for name in ("household_size", "safe_hours") if name in changed}
        hidden = {name: given[name] for name in HIDDEN if given.get(name)}
        return Completion(
            **plain,
            **hidden,
            contact_way=ContactWay(given["contact_way"]) if "contact_way" in changed else None,
            household=Household(given["household"]) if "household" in changed else None,
            delivery=Delivery(given["delivery"]) if "delivery" in changed else None,
            area=given["area"] if "area" in changed else None,
            no_area="area" in changed and given["area"] is None,
            quantities={
                line.public_id: given[_quantity(line)]
                for line in self.open_lines
                if _quantity(line) in changed and given[_quantity(line)] is not None
            },
        )

    def _say_what_is_kept(self) -> None:
        kept = {
            "asker_name": self.card.has_name,
            "phone": self.card.has_phone,
            "address": self.card.has_address,
            "area": self.card.confidential,
        }
        for name, there in kept.items():
            if there:
                self.fields[name].help_text = _STAYS


def _quantity(line: LineCard) -> str:
    return f"quantity_{line.public_id}"

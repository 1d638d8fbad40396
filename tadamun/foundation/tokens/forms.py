"""What comes in from the page of tokens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.idempotency.services import new_form_token
from tadamun.foundation.people.fields import LineField
from tadamun.foundation.tokens.vocabulary import NAME_MOST
from tadamun.foundation.tokens.wording import SCOPES


class TokenForm(forms.Form):
    """A new token: its name, the community, what it is for, and how long it works."""

    use_required_attribute = False
    form_token = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=new_form_token)
    name = LineField(
        label=_("What is the program called?"),
        max_length=NAME_MOST,
        error_messages={"required": _("Please write a name, so that you know it again in the list.")},
    )
    community = forms.ChoiceField(
        label=_("In which community?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a community.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        choices=list(SCOPES.items()),
        error_messages={"required": _("Please choose at least one.")},
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        widget=forms.RadioSelect,
        coerce=int,
        initial="90",
        choices=[("7", _("A week")), ("30", _("A month")), ("90", _("Three months")), ("365", _("A year"))],
    )

    def __init__(self, *args: Any, communities: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.choices = [(community.slug, community.name) for community in communities]
        if len(communities) == 1:
            field.initial = communities[0].slug

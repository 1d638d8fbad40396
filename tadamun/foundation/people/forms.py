"""The forms of one's own pages."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.people.fields import LineField, PhoneField
from tadamun.foundation.people.wording import address_form_choices


class ProfileForm(forms.Form):
    """Name, how to be addressed, and language."""

    name = LineField(
        label=_("Name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Please shorten the name to eighty characters at most.")},
    )
    address_form = forms.ChoiceField(
        label=_("How shall we address you?"), choices=address_form_choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class PhoneForm(forms.Form):
    """The phone of an account where no gateway can verify it."""

    phone = PhoneField(required=False, help_text=_("Leave it empty to take the number off your account."))


class NewPasswordForm(forms.Form):
    """A new password, twice, for whoever came in by a one-time link."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least eight characters. A short sentence is easy to remember and hard to guess."),
    )
    password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Any, **options: Any) -> None:
        self.person = person
        super().__init__(*args, **options)

    def clean_password1(self) -> str:
        """The password, unless it is too short or too common."""
        return str(get_adapter().clean_password(self.cleaned_data["password1"], user=self.person))

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        given: dict[str, Any] = super().clean() or {}
        if "password1" in given and given["password1"] != given.get("password2"):
            self.add_error("password2", _("The two are not the same."))
        return given

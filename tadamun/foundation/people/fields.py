"""Form fields that read what people type: any digit set, pasted spaces and direction marks included."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tadamun.design.region import current_region
from tadamun.kernel.digits import to_latin
from tadamun.kernel.phones import PhoneNotUnderstood, read_phone
from tadamun.kernel.regions import FALLBACK
from tadamun.kernel.text import clean_line

EMAIL_LENGTH = 254


def region_here() -> str:
    """The country whose prefix a phone without one gets: the community's, else the instance's."""
    code = current_region().code
    return str(settings.REGION) if code == FALLBACK.code else code


class LineField(forms.CharField):
    """One line of text, without controls and direction marks."""

    def to_python(self, value: Any) -> str:
        """What was typed, made safe to keep."""
        return clean_line(super().to_python(value) or "")


class PhoneField(LineField):
    """A phone number in any spelling; its value is E.164, or empty."""

    default_error_messages = {
        "phone": _(
            "This does not look like a phone number. Please write it as you would dial it, with all its digits."
        )
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        options.setdefault("label", _("Phone number"))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """The number as E.164."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return read_phone(text, region=region_here())
        except PhoneNotUnderstood:
            raise forms.ValidationError(self.error_messages["phone"], code="phone") from None


class EmailField(forms.EmailField):
    """An e-mail address in small letters."""

    default_error_messages = {"invalid": _("This does not look like an e-mail address.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", EMAIL_LENGTH)
        options.setdefault("label", _("E-mail"))
        options.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """The address without stray spaces and marks."""
        return to_latin(clean_line(super().to_python(value) or "")).replace(" ", "").lower()


class CodeField(LineField):
    """A code of digits in any digit set."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 40)
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric"}
        options.setdefault("widget", forms.TextInput(attrs=attributes))
        options.setdefault("label", _("Code"))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """The code in Latin digits."""
        return to_latin(super().to_python(value))

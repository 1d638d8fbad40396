"""allauth's forms for the second factor, with our fields and words; settings name them in `MFA_FORMS`."""

from __future__ import annotations

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django.core.cache import cache

from tadamun.foundation.people.sign_in_forms import WithCode


class UsedOnce:
    """A code is taken once as long as the clock allows it.

    allauth forgets a used code after one period; with a tolerance for slow clocks it would still be valid then.
    """

    user: Any

    def clean_code(self) -> str:
        """The code, unless it was used a moment ago."""
        code = self.cleaned_data["code"]  # type: ignore[attr-defined]
        key = f"people:code-used:{self.user.pk}:{code}"
        if cache.get(key):
            raise get_adapter().validation_error("incorrect_code")
        taken = str(super().clean_code())  # type: ignore[misc]
        cache.set(key, True, timeout=app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 2))
        return taken


class AuthenticateForm(UsedOnce, WithCode, base.AuthenticateForm):
    """The code of the app, or a recovery code, when signing in."""


class ReauthenticateForm(UsedOnce, WithCode, base.ReauthenticateForm):
    """The same, before something weighty."""


class ActivateForm(WithCode, totp.ActivateTOTPForm):
    """The first code of a new app, which shows that it was set up rightly."""

"""allauth's forms for passkeys, with our fields and words; settings name them in `MFA_FORMS`."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from tadamun.foundation.people.fields import LineField

LONGEST_NAME = 40
_LIMITS = {"too_many_login_attempts", "rate_limited"}


class PasskeyNameField(LineField):
    """What somebody calls a passkey."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Name of the passkey"),
            max_length=LONGEST_NAME,
            help_text=_("It tells this one from others later: the phone, the computer at home."),
            error_messages={"max_length": _("Please shorten the name to forty characters at most.")},
            **options,
        )


class AddForm(webauthn.AddWebAuthnForm):
    """A new passkey: its name, and what the device answered."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Every key is a passkey here: there is nothing to choose.
        self.fields.pop("passwordless", None)
        self.fields["name"] = PasskeyNameField(required=False)

    def clean(self) -> dict[str, Any]:
        """The answer, made by this site's page and by nobody else's."""
        answer = self.cleaned_data.get("credential")
        if answer is None:
            return dict(self.cleaned_data)
        require_this_site(answer, kind=RegistrationResponse)
        try:
            return dict(super().clean())
        except (ValidationError, ValueError) as error:
            raise get_adapter().validation_error("passkey_not_taken") from error


class RenameForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = PasskeyNameField()


class AnsweredByPasskey:
    """A form with the answer of a device to this site's question."""

    def clean_credential(self) -> Any:
        """The passkey that answered."""
        require_this_site(self.cleaned_data["credential"], kind=AuthenticationResponse)  # type: ignore[attr-defined]
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as refusal:
            if refusal.code in _LIMITS:
                raise
            raise get_adapter().validation_error("passkey_not_taken") from refusal


class SignInForm(AnsweredByPasskey, webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class AuthenticateForm(AnsweredByPasskey, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second factor, after the password."""


class ReauthenticateForm(AnsweredByPasskey, webauthn.ReauthenticateWebAuthnForm):
    """A passkey before something weighty."""


def require_this_site(answer: Any, *, kind: type[AuthenticationResponse | RegistrationResponse]) -> None:
    """Refuse an answer that is none, or that a page of another address asked for, a neighbouring host name included.

    :raises ValidationError: it is not ours.
    """
    try:
        origin = kind.from_dict(answer).response.client_data.origin
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("passkey_not_taken") from error
    if not get_adapter().is_this_site(origin):
        raise get_adapter().validation_error("passkey_not_taken")

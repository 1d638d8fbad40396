"""allauth's forms for accounts, with our fields and words; settings name them in `ACCOUNT_FORMS`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.manage_email import email_already_exists
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.people.consents import ConsentText, consent_text, current_version
from tadamun.foundation.people.fields import CodeField, EmailField, LineField, PhoneField
from tadamun.foundation.people.services import record_consent
from tadamun.foundation.people.vocabulary import AddressForm, ConsentMeans, ConsentPurpose
from tadamun.foundation.people.wording import Words, address_form_choices
from tadamun.kernel.text import clean_line

PASSWORD = _("Password")
AT_LEAST_EIGHT = _("At least eight characters. A short sentence is easy to remember and hard to guess.")


class Worded:
    """Our labels and hints instead of placeholders."""

    labels: ClassVar[Mapping[str, Words]] = {}
    hints: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class WithCode(Worded):
    """A form with one code, in any digit set."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = CodeField()  # type: ignore[attr-defined]


class SignInForm(Worded, allauth.LoginForm):
    """Phone or e-mail, and the password."""

    labels = {
        "login": _("Phone number or e-mail"),
        "password": PASSWORD,
        "remember": _("Stay signed in on this device"),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"] = LineField(
            label=self.labels["login"],
            widget=forms.TextInput(attrs={"autocomplete": "username", "dir": "ltr"}),
        )

    field_order = ("login", "password", "remember")

    def clean_login(self) -> str:
        """A phone in one spelling, or an address in small letters."""
        login = self.cleaned_data["login"]
        return EmailField().clean(login) if "@" in login else PhoneField().clean(login)


class SignUpForm(Worded, allauth.SignupForm):
    """A new account: name, how to be addressed, phone or e-mail, password, consent."""

    data: Any

    field_order = (
        "name",
        "phone",
        "email",
        "password1",
        "address_form",
        "language",
        "agrees",
        "consent_version",
    )
    labels = {"phone": _("Phone number"), "email": _("E-mail"), "password1": PASSWORD}
    hints = {
        "name": _("The name your community knows you by. Other members see the first word of it."),
        "phone": _("Phone number or e-mail: one of the two is enough."),
        "password1": AT_LEAST_EIGHT,
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = LineField(
            label=_("Name"),
            max_length=80,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            help_text=self.hints["name"],
            error_messages={"max_length": _("Please shorten the name to eighty characters at most.")},
        )
        self.fields["email"] = EmailField(required=False)
        self.fields["address_form"] = forms.ChoiceField(
            label=_("How shall we address you?"),
            choices=address_form_choices,
            initial=AddressForm.NEUTRAL.value,
            widget=forms.RadioSelect,
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=settings.LANGUAGES, initial=(get_language() or "ar")
        )
        self.fields["agrees"] = forms.BooleanField(
            label=_("I have read what membership means, and I agree."),
            error_messages={"required": _("Without this consent no account can be opened.")},
        )
        self.fields["consent_version"] = forms.CharField(
            widget=forms.HiddenInput,
            initial=current_version(purpose=ConsentPurpose.MEMBERSHIP),
            required=False,
        )
        self.order_fields(self.field_order)

    @property
    def consent(self) -> ConsentText | None:
        """The text that is agreed to, for showing beside its box."""
        return consent_text(purpose=ConsentPurpose.MEMBERSHIP)

    def clean_consent_version(self) -> str:
        """The version that was shown; a newer one must be read first."""
        version = current_version(purpose=ConsentPurpose.MEMBERSHIP)
        if self.cleaned_data["consent_version"] != version:
            self.data = self.data.copy()
            self.data[self.add_prefix("consent_version")] = version
            self.add_error("agrees", _("The text has changed in the meantime. Please read it again."))
        return version

    def clean(self) -> dict[str, Any]:
        """One way to be reached is needed; which of the two is free to choose."""
        given: dict[str, Any] = super().clean()
        untouched = not self.errors.get("phone") and not self.errors.get("email")
        if untouched and not given.get("phone") and not given.get("email"):
            self.add_error("phone", _("Please give a phone number or an e-mail address."))
        return given

    def _clean_phone(self) -> None:
        # An unverified phone cannot be told of its account in secret, so a taken one is said openly.
        phone = self.cleaned_data.get("phone")
        if phone and get_adapter().get_user_by_phone(phone):
            self.add_error("phone", get_adapter().validation_error("phone_taken"))

    @transaction.atomic
    def save(self, request: HttpRequest) -> Any:
        """The account, its address and its consent, or none of them."""
        return super().save(request)

    def signup(self, request: HttpRequest, person: Any) -> None:
        """Keep the consent that opened the account, and that its password was given just now."""
        record_authentication(request, person, method="password")
        record_consent(
            purpose=ConsentPurpose.MEMBERSHIP,
            text_version=self.cleaned_data["consent_version"],
            means=ConsentMeans.SELF,
            at=timezone.now(),
            person=person,
        )


class RequestCodeForm(Worded, allauth.RequestLoginCodeForm):
    """Where to send a sign-in code: by e-mail, and to a verified phone where a gateway is set."""

    _user: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"] = EmailField(required=not settings.SMS_GATEWAY_URL)
        if not settings.SMS_GATEWAY_URL:
            del self.fields["phone"]

    def clean_phone(self) -> str:
        """An unverified phone gets no code: it proves nothing about whose account it is."""
        phone = str(super().clean_phone())
        if phone and self._user and self._user.phone_verified_at is None:
            self._user = None
        return phone

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        given: dict[str, Any] = super().clean()
        if not self.errors and not given.get("phone") and not given.get("email"):
            self.add_error("email", _("Please give a phone number or an e-mail address."))
        return given


class ConfirmCodeForm(WithCode, allauth.ConfirmLoginCodeForm):
    """The code that came by e-mail or SMS."""


class ConfirmPhoneForm(WithCode, allauth.VerifyPhoneForm):
    """The code that came to a phone."""


class ChangePhoneForm(Worded, allauth.ChangePhoneForm):
    """Another phone number; a taken one is said openly."""

    def clean_phone(self) -> str:
        """The number, unless it is the present one or somebody else's."""
        phone = str(super().clean_phone())
        if self.account_already_exists:
            raise get_adapter().validation_error("phone_taken")
        return phone


class ChangeEmailForm(Worded, allauth.AddEmailForm):
    """Another e-mail address; a taken one is said openly."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"] = EmailField(label=_("New e-mail address"))

    def clean_email(self) -> str:
        """The address, unless it is the present one or somebody else's."""
        email = str(super().clean_email())
        email_already_exists(email, user=self.user, always_raise=True)
        return email


class ChangePasswordForm(Worded, allauth.ChangePasswordForm):
    """The present password, and the new one twice."""

    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints = {"password1": AT_LEAST_EIGHT}


class SetPasswordForm(Worded, allauth.SetPasswordForm):
    """A first password, twice."""

    labels = {"password1": _("New password"), "password2": _("New password again")}
    hints = {"password1": AT_LEAST_EIGHT}


class ResetPasswordForm(Worded, allauth.ResetPasswordForm):
    """The address that a new password is asked for with."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"] = EmailField()


class NewPasswordForm(Worded, allauth.ResetPasswordKeyForm):
    """A new password, twice, behind a link that came by e-mail."""

    labels = {"password1": _("New password"), "password2": _("New password again")}
    hints = {"password1": AT_LEAST_EIGHT}


class ReauthenticateForm(Worded, allauth.ReauthenticateForm):
    """The password once more, before something weighty."""

    labels = {"password": PASSWORD}


def plain(text: str) -> str:
    """A typed word, ready to be compared."""
    return clean_line(text).casefold()

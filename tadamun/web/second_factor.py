"""The second factor: who must keep one, and how it is stored and shown. `MFA_ADAPTER` names the class."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadamun.design.figures import qr
from tadamun.design.numbers import number
from tadamun.foundation.communities import queries as communities
from tadamun.foundation.people import queries as people
from tadamun.foundation.sealed import seal, unseal
from tadamun.kernel.phones import national_form

_REFUSALS = {
    "add_email_blocked": _("With a second factor set up, no address can be added."),
    "cannot_delete_authenticator": _(
        "Your role sees names, so one second factor stays. Set up another first, or a steward takes the role back."
    ),
    "cannot_generate_recovery_codes": _("Recovery codes belong to a second factor. Set that up first."),
    "incorrect_code": _("This code is not right, or it is too old."),
    "passkey_not_taken": _("This passkey was not accepted. Please try again, or use another way."),
    "unverified_email": _("Please confirm your e-mail address first."),
}
_PORTS = {"https": 443, "http": 80}


def must_have_second_factor(*, person: Any) -> bool:
    """Whether somebody's roles, or the admin pages they may open, ask for one; in a demonstration nothing does."""
    administers = person.is_staff or person.is_superuser
    return not settings.DEMO and (administers or communities.sees_names_anywhere(person=person))


def takes_passkeys() -> bool:
    """Whether browsers make passkeys for the public address: one by name, over https or on this machine alone."""
    address = _public_address()
    host = address.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return address.scheme == "https" or (address.scheme, host) == ("http", "localhost")
    return False


def _public_address() -> SplitResult:
    return urlsplit(settings.PUBLIC_URL)


def _place(address: SplitResult) -> tuple[str, str | None, int | None]:
    return address.scheme, address.hostname, address.port or _PORTS.get(address.scheme)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors with their secrets sealed, the last of which some roles cannot put aside."""

    error_messages = {**DefaultMFAAdapter.error_messages, **_REFUSALS}

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Refuse to let the last one go while the role asks for it."""
        person = authenticator.user
        return not must_have_second_factor(person=person) or people.has_second_factor_besides(
            person=person, authenticator_id=authenticator.pk
        )

    # The app for codes

    def get_totp_label(self, user: Any) -> str:
        """What the authenticator app calls the account."""
        return str(user.email or (national_form(user.phone) if user.phone else user.public_id))

    def build_totp_svg(self, url: str) -> str:
        """The QR code as inline SVG: the content policy forbids data: images."""
        return qr(url)

    def encrypt(self, text: str) -> str:
        """Seal a secret on its way into the database."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(encrypted_text)

    # Passkeys

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called until its owner calls it something."""
        have = len(people.passkeys_of(person=user))
        return gettext("Passkey %(number)s") % {"number": number(have + 1)} if have else gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is: the host name of the public address, whatever name the request came by."""
        return {"id": _public_address().hostname or "", "name": gettext("Tadamun")}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Whose it is, as the device shows it when there are several."""
        label = self.get_totp_label(user)
        return {**super().get_public_key_credential_user_entity(user), "name": label, "display_name": label}

    def is_this_site(self, origin: str) -> bool:
        """Whether a page of the public address, to the port, asked the device."""
        return _place(urlsplit(origin)) == _place(_public_address())

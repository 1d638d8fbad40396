"""The words of what signing in sends and says: e-mails, the SMS with a code, and the short messages after a step."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tadamun.foundation.people.wording import Words


class Letter(NamedTuple):
    """One e-mail: subject, and body with %(name)s parameters."""

    subject: Words
    body: Words


_NOT_YOU = _("If it was not you, change your password now and tell a coordinator.")
_IGNORE = _("If you did not ask for this, nothing needs to be done.")
SIGNATURE = _("Tadamun")
SMS_CODE = _("%(code)s is your Tadamun code. Please give it to nobody.")

LETTERS: dict[str, tuple[Letter, Words]] = {
    "account/email/login_code": (
        Letter(
            _("Your sign-in code"), _("Your code for signing in:\n\n%(code)s\n\nIt works for ten minutes.")
        ),
        _IGNORE,
    ),
    "account/email/email_confirmation": (
        Letter(
            _("Confirming your e-mail address"),
            _("Please confirm your address on this page:\n\n%(activate_url)s"),
        ),
        _IGNORE,
    ),
    "account/email/email_confirmation_signup": (
        Letter(
            _("Confirming your e-mail address"),
            _("Welcome! Please confirm your address on this page:\n\n%(activate_url)s"),
        ),
        _IGNORE,
    ),
    "account/email/password_reset_key": (
        Letter(
            _("A new password"), _("A new password can be chosen on this page:\n\n%(password_reset_url)s")
        ),
        _IGNORE,
    ),
    "account/email/account_already_exists": (
        Letter(
            _("You have an account already"),
            _(
                "Somebody wanted to open an account with this address. It has one; choose a new password here:"
                "\n\n%(password_reset_url)s"
            ),
        ),
        _IGNORE,
    ),
    "account/email/unknown_account": (
        Letter(
            _("No account with this address"),
            _(
                "Somebody wanted to sign in with this address. It has no account; open one here:\n\n%(signup_url)s"
            ),
        ),
        _IGNORE,
    ),
    "account/email/email_changed": (
        Letter(
            _("Your e-mail address was changed"),
            _("Your account now uses another e-mail address: %(to_email)s"),
        ),
        _NOT_YOU,
    ),
    "account/email/email_deleted": (
        Letter(
            _("Your e-mail address was removed"),
            _("Your account no longer uses the address %(deleted_email)s"),
        ),
        _NOT_YOU,
    ),
    "account/email/password_changed": (
        Letter(_("Your password was changed"), _("The password of your account was changed.")),
        _NOT_YOU,
    ),
    "account/email/password_set": (
        Letter(_("Your password was set"), _("Your account now has a password.")),
        _NOT_YOU,
    ),
    "account/email/password_reset": (
        Letter(_("Your password was changed"), _("A new password was chosen by e-mail.")),
        _NOT_YOU,
    ),
    "mfa/email/totp_activated": (
        Letter(_("Second factor set up"), _("From now on, signing in also asks for a code from your app.")),
        _NOT_YOU,
    ),
    "mfa/email/totp_deactivated": (
        Letter(_("Second factor removed"), _("Signing in no longer asks for a code from your app.")),
        _NOT_YOU,
    ),
    "mfa/email/recovery_codes_generated": (
        Letter(_("New recovery codes"), _("New recovery codes were made; the earlier ones no longer work.")),
        _NOT_YOU,
    ),
}

TOLD_BY_NOTICE = frozenset({"mfa/email/webauthn_added", "mfa/email/webauthn_removed"})
"""A notice reaches those without an e-mail address as well; it is sent by e-mail where there is one."""

CODES_RENEWED = "mfa/messages/recovery_codes_generated.txt"
CODES_MADE_FIRST = "mfa/messages/recovery_codes_made_first.txt"

MESSAGES: dict[str, Words] = {
    "account/messages/cannot_delete_primary_email.txt": _(
        "This address is the only way into your account. Add a phone number first, then it can be removed."
    ),
    "account/messages/email_confirmation_failed.txt": _(
        "Another account has confirmed this address already."
    ),
    "account/messages/email_confirmation_sent.txt": _(
        "We sent a message to %(email)s. The link in it confirms the address."
    ),
    "account/messages/email_confirmed.txt": _("The address %(email)s is confirmed."),
    "account/messages/email_deleted.txt": _("The address %(email)s is removed."),
    "account/messages/logged_in.txt": "",
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/login_code_sent.txt": _("If there is such an account, a code is on its way to it."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "account/messages/phone_verification_sent.txt": _("A code is on its way to your phone."),
    "account/messages/phone_verified.txt": _("Your phone number is confirmed."),
    "account/messages/primary_email_set.txt": _("This address is now the one we write to."),
    "account/messages/unverified_primary_email.txt": _("Please confirm the address first."),
    CODES_RENEWED: _("New recovery codes are made; the earlier ones no longer work."),
    CODES_MADE_FIRST: _("Here are your recovery codes, for a day without the phone."),
    "mfa/messages/totp_activated.txt": _("The second factor is set up."),
    "mfa/messages/totp_deactivated.txt": _("The second factor is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _(
        "The passkey is removed. It can be deleted on its device as well."
    ),
}

TOO_MANY = _("Too many tries in a short time.")

REFUSALS: dict[str, Words] = {
    "account_inactive": _("This account is closed."),
    "cannot_remove_primary_email": MESSAGES["account/messages/cannot_delete_primary_email.txt"],
    "duplicate_email": _("This address is on your account already."),
    "email_password_mismatch": _("E-mail and password do not fit together."),
    "phone_password_mismatch": _("Phone number and password do not fit together."),
    "username_password_mismatch": _("This is neither a phone number nor an e-mail address."),
    "email_taken": _(
        "Another account uses this e-mail address. Sign in with it, or choose a new password by e-mail."
    ),
    "phone_taken": _(
        "Another account uses this phone number. Sign in with it, or ask a coordinator for help."
    ),
    "enter_current_password": _("This is not your present password."),
    "incorrect_code": _("This code is not right, or it is too old."),
    "incorrect_password": _("This is not your password."),
    "invalid_or_expired_key": _("This link no longer works."),
    "invalid_login": _("This is neither a phone number nor an e-mail address."),
    "invalid_password_reset": _("This link no longer works."),
    "too_many_login_attempts": _("Too many wrong codes. Please ask for a new one."),
    "rate_limited": TOO_MANY,
    "select_only_one": _("Please fill in only one of the two."),
    "same_as_current": _("This is the one you have already."),
    "unverified_primary_email": MESSAGES["account/messages/unverified_primary_email.txt"],
    "password_too_short": _("The password needs at least eight characters."),
    "password_too_common": _("Too many people use this password. Please choose another one."),
    "message_not_sent": _("The message could not be sent just now. Please try again in a little while."),
}


def letter(*, kind: str, params: dict[str, object]) -> tuple[str, str] | None:
    """Subject and body of an e-mail in the active language, or None for a kind that has no words here."""
    known = LETTERS.get(kind)
    if known is None:
        return None
    (subject, body), ending = known
    return str(subject), f"{str(body) % params}\n\n{ending}\n\n{SIGNATURE}\n"


def rest(*, minutes: int) -> str:
    """That there were too many tries, and when the next one is let through."""
    when = ngettext("Please try again in a minute.", "Please try again in %(minutes)s minutes.", minutes) % {
        "minutes": minutes
    }
    return f"{TOO_MANY} {when}"


def message(*, kind: str, email: str = "") -> str:
    """A short message in the active language; empty where nothing needs saying."""
    words = str(MESSAGES.get(kind, ""))
    shown = format_html('<bdi dir="ltr">{}</bdi>', email)
    return mark_safe(conditional_escape(words) % {"email": shown}) if words else ""  # noqa: S308  # both parts are escaped

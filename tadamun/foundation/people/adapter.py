"""Where allauth asks us: phones, e-mails sent, limits counted. The settings name the class."""

from __future__ import annotations

import time
from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from tadamun.foundation.limits import client_address
from tadamun.foundation.people import letters, queries, services
from tadamun.foundation.people.fields import PhoneField, region_here
from tadamun.foundation.people.gateway import send_text
from tadamun.kernel.phones import PhoneNotUnderstood, read_phone

log = structlog.get_logger("tadamun.people")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by phone or e-mail, phones sealed, our words throughout."""

    error_messages = {**DefaultAccountAdapter.error_messages, **letters.REFUSALS}

    # Phones

    def phone_form_field(self, **options: Any) -> PhoneField:
        """A field that takes a phone in any spelling."""
        return PhoneField(**options)

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        """Put a phone on an account."""
        services.set_phone(person=user, phone=phone, verified_at=timezone.now() if verified else None)

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """A code came back from this phone."""
        services.set_phone(person=user, phone=phone, verified_at=timezone.now())

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        """The phone of an account, and whether a code ever came back from it."""
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def get_user_by_phone(self, phone: str) -> Any:
        """The account that uses a phone, however it is spelt."""
        try:
            return queries.person_by_phone(phone=read_phone(phone, region=region_here()))
        except PhoneNotUnderstood:
            return None

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **_: Any) -> None:
        """Send a code through the gateway, in the language of the account."""
        with translation.override(user.language):
            send_text(phone=phone, text=str(letters.SMS_CODE) % {"code": code})

    # Accounts

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Open the account of a sign-up form: one insert, so that phone and address are taken or free together."""
        given = form.cleaned_data
        return services.open_account(
            name=given["name"],
            language=given["language"],
            address_form=given["address_form"],
            phone=given.get("phone") or "",
            email=given.get("email") or "",
            password=given["password1"],
        )

    def clean_password(self, password: str, user: Any = None) -> str:
        """Refuse short and common passwords, in our words."""
        try:
            return str(super().clean_password(password, user))
        except ValidationError as error:
            ours = [
                self.validation_error(e.code) if e.code in letters.REFUSALS else e for e in error.error_list
            ]
            raise ValidationError(ours) from None

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """An address goes unless it is the only way in."""
        person = email_address.user
        others = EmailAddress.objects.filter(user=person, verified=True).exclude(pk=email_address.pk)
        return bool(person.phone) or not email_address.primary or others.exists()

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Give the address to whoever proves it: an unproven claim of somebody else's yields."""
        with transaction.atomic():
            services.drop_unproven_claims(email=email_address.email, keeper=email_address.user)
            return bool(super().confirm_email(request, email_address))

    # Signing in

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try before its password is looked at; a right one is taken off the count again.

        :raises ValidationError: too many wrong ones, from this address or from everywhere together.
        """
        tried = self._counted_by(request, **credentials)
        used = ratelimit.RateLimitUsage(usage=[])
        for action, key in tried:
            one = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if one is None:
                used.rollback()
                minutes = queries.minutes_to_wait(request=request, tried=tried, at=time.time())
                raise ValidationError(letters.rest(minutes=minutes), code="too_many_login_attempts")
            used.usage += one.usage
        self._login_failed_rl_usage = used

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A refusal in our words; that of a limit says when the next try is let through."""
        if code not in {"too_many_login_attempts", "rate_limited"}:
            refusal: ValidationError = super().validation_error(code, *args)
            return refusal
        request = context.request
        asked = [str(request.POST.get(name, "")).lower() for name in ("email", "phone")]
        tried = [("request_login_code", key) for key in asked] + [
            ("login_failed", _second_factor_key(request))
        ]
        return ValidationError(
            letters.rest(minutes=queries.minutes_to_wait(request=request, tried=tried, at=time.time())),
            code=code,
        )

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether this is the person's password; tries count against the person, by whatever way they signed in."""
        self.pre_authenticate(context.request, phone=user.public_id)
        right = bool(user.check_password(password))
        if right:
            self._rollback_login_failed_rl_usage()
        return right

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Ask for the password again, unless it (or a second factor) was given a moment ago."""
        if not super().is_reauthentication_required(app=app, **options):
            return False
        records = get_authentication_records(context.request, context.request.user)
        proven = [record["at"] for record in records if record["method"] != queries.BY_LINK]
        return not proven or time.time() - max(proven) > app_settings.REAUTHENTICATION_TIMEOUT

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """Go on in the language of the account."""
        response: HttpResponse = super().post_login(request, user, **options)
        remember_language(response, language=user.language)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page the change was begun on."""
        return reverse("people:security")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """To one's own page, or to signing in."""
        return reverse("people:me") if context.request.user.is_authenticated else reverse("account_login")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        for action, key in self._counted_by(request, **credentials):
            ratelimit.clear(request, app="allauth.account", action=action, key=key)

    def _counted_by(self, request: HttpRequest, **credentials: Any) -> list[tuple[str, str]]:
        """The limits that a try to sign in counts against: the account from this address, and from everywhere."""
        account = f"sign-in:{credentials.get('email') or credentials.get('phone') or ''}".lower()
        return [
            ("login_failed", f"{account}:{self.get_client_ip(request)}"),
            ("login_failed_anywhere", account),
        ]

    # Telling

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count by."""
        return client_address(request)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only, never wrapped in JSON, but for what a script asks before it asks the device for a passkey."""
        door = request.resolver_match and request.resolver_match.url_name
        return door == "mfa_login_webauthn" and request.headers.get("Accept") == "application/json"

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say a short thing in our words."""
        kind = message_template or ""
        if kind == letters.CODES_RENEWED and request.path != reverse("mfa_generate_recovery_codes"):
            # allauth says the same of the first codes, which come with the second factor; there are no earlier ones.
            kind = letters.CODES_MADE_FIRST
        words = message or letters.message(kind=kind, email=(message_context or {}).get("email", ""))
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """An e-mail in our words, in the language of whom it is for."""
        person = context.get("user")
        with translation.override(getattr(person, "language", None) or translation.get_language()):
            words = letters.letter(kind=template_prefix, params=context)
        if words is None:
            return super().render_mail(template_prefix, email, context, headers)
        to = [email] if isinstance(email, str) else email
        return EmailMessage(words[0], words[1], self.get_from_email(), to, headers=headers)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the owner of an account that it was changed, but for what a notice tells them of."""
        if template_prefix not in letters.TOLD_BY_NOTICE:
            super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send an e-mail; when the mail server does not take it, say so instead of failing."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            log.error("mail_not_sent", kind=template_prefix, error=type(error).__name__)
            messages.error(self.request, letters.REFUSALS["message_not_sent"])


def _second_factor_key(request: HttpRequest) -> str:
    """What allauth counts wrong second factors by: whoever is signed in, or is on the way."""
    entering = unstash_login(request, peek=True)
    person = request.user if request.user.is_authenticated else entering and entering.user
    return f"mfa-auth-user-{person.pk if person else ''}"


def remember_language(response: HttpResponse, *, language: str) -> None:
    """Put the chosen language into its cookie, for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=getattr(settings, "LANGUAGE_COOKIE_SECURE", False),
        httponly=True,
        samesite="Lax",
    )

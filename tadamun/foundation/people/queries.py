"""Looking at people's records: only through here, and only with a viewer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import ceil
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.http import HttpRequest

from tadamun.foundation.people.cards import ConsentCard, LinkCard, LookCard, PasskeyCard
from tadamun.foundation.people.consents import consent_text
from tadamun.foundation.people.models import Consent, Person, Reveal, SignInLink
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.foundation.people.wording import means_label, revealed_label, role_label
from tadamun.foundation.sealed import keyed_hash

BY_LINK = "link"
"""The method recorded for a sign-in by one-time link."""
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor by itself; recovery codes only stand in for one."""


def phone_hash(*, phone: str) -> str:
    """The keyed hash a phone (E.164) is found by."""
    return keyed_hash(phone, purpose="phone")


def link_hash(*, token: str) -> str:
    """The keyed hash a one-time link is found by."""
    return keyed_hash(token, purpose="sign_in_link")


def person_by_phone(*, phone: str) -> Person | None:
    """The account that uses a phone (E.164), if any."""
    return Person.objects.filter(phone_hash=phone_hash(phone=phone), is_active=True).first()


def has_second_factor(*, person: Any) -> bool:
    """Whether somebody has set up a second factor for signing in."""
    return Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS).exists()


def has_second_factor_besides(*, person: Any, authenticator_id: int) -> bool:
    """Whether somebody keeps a second factor when this one goes."""
    others = Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS)
    return others.exclude(pk=authenticator_id).exists()


def passkeys_of(*, person: Any) -> list[PasskeyCard]:
    """Somebody's passkeys, the first one first."""
    rows = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [PasskeyCard(row.pk, row.wrap().name, row.created_at, row.last_used_at) for row in rows]


def unused_recovery_codes(*, person: Any) -> int:
    """How many recovery codes somebody has left."""
    codes = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def waiting_email(*, person: Any) -> str:
    """The address somebody gave that no click has confirmed yet, or nothing."""
    address = EmailAddress.objects.filter(user=person, verified=False).order_by("-pk").first()
    return str(address.email) if address else ""


def holder_of_link(*, token: str, at: datetime) -> Person | None:
    """Whose account an open one-time link leads to, if it still works."""
    link = (
        SignInLink.objects.filter(token_hash=link_hash(token=token), used_at__isnull=True, expires_at__gt=at)
        .select_related("person")
        .first()
    )
    return link.person if link and link.person.is_active else None


def came_by_link(*, request: HttpRequest) -> bool:
    """Whether this session was opened by a one-time link and no password was given or chosen in it since."""
    methods = {record["method"] for record in get_authentication_records(request, request.user)}
    return BY_LINK in methods and "password" not in methods


def minutes_to_wait(*, request: HttpRequest, tried: Iterable[tuple[str, str]], at: float) -> int:
    """In how many minutes the limits of signing in let the next try through; one at least.

    :param tried: what was tried, as an action of `ACCOUNT_RATE_LIMITS`, and the key that it counts by.
    :param at: now, in seconds since the epoch, as these limits count.
    """
    free_at = at
    for action, key in tried:
        for rate in ratelimit.get_rates(app="allauth.account", action=action):
            counted = ratelimit.get_cache_key(
                request, app="allauth.account", action=action, rate=rate, key=key, user=request.user
            )
            history: list[float] = cache.get(counted, [])
            if len(history) >= rate.amount:
                free_at = max(free_at, history[-1] + rate.duration)
    return max(1, ceil((free_at - at) / 60))


def reveals_about(*, about: str) -> list[Reveal]:
    """Who looked at what of one request, newest first: for the person it is about."""
    return list(Reveal.objects.filter(about=about).select_related("viewer").order_by("-at", "-pk"))


class LooksAt:
    """Who looked at what of somebody, newest first, for that person alone: a list that is read page by page."""

    def __init__(self, *, person: Any) -> None:
        self._looks = Reveal.objects.filter(subject=person).select_related("viewer").order_by("-at", "-pk")

    def __len__(self) -> int:
        return self._looks.count()

    def __getitem__(self, part: slice) -> list[LookCard]:
        return [_look_card(look) for look in self._looks[part]]


def consents_of(*, person: Any) -> list[ConsentCard]:
    """What somebody agreed to, newest first."""
    consents = (
        Consent.objects.filter(person=person).select_related("recorded_by").order_by("-given_at", "-pk")
    )
    return [_consent_card(consent) for consent in consents]


def links_for(*, person: Any, most: int = 10) -> list[LinkCard]:
    """The sign-in links that were made for somebody, newest first."""
    links = (
        SignInLink.objects.filter(person=person).select_related("made_by").order_by("-made_at", "-pk")[:most]
    )
    return [LinkCard(_name(link.made_by), link.made_at, link.expires_at, link.used_at) for link in links]


def my_records(*, person: Person) -> dict[str, Any]:
    """Everything this app keeps about somebody, in plain values."""
    looks = LooksAt(person=person)[:]
    made = Reveal.objects.filter(viewer=person).order_by("at", "pk")
    return {
        "account": {
            "id": person.public_id,
            "name": person.name,
            "address_form": person.address_form,
            "language": person.language,
            "email": person.email,
            "email_confirmed": EmailAddress.objects.filter(
                user=person, email=person.email, verified=True
            ).exists(),
            "email_waiting": waiting_email(person=person),
            "phone": person.phone,
            "phone_verified_at": person.phone_verified_at,
            "joined_at": person.joined_at,
            "last_sign_in_at": person.last_login,
            "second_factor": has_second_factor(person=person),
            "passkeys": [
                {"name": card.name, "added_at": card.added_at, "last_used_at": card.last_used_at}
                for card in passkeys_of(person=person)
            ],
        },
        "consents": [
            {
                "id": card.public_id,
                "purpose": card.purpose,
                "text_version": card.version,
                "recorded_by": card.recorded_by,
                "given_at": card.given_at,
                "withdrawn_at": card.withdrawn_at,
            }
            for card in consents_of(person=person)
        ],
        "looks_at_me": [
            {
                "who": card.who,
                "role": str(card.role),
                "what": str(card.what),
                "reason": card.reason,
                "at": card.at,
            }
            for card in looks
        ],
        "looks_by_me": list(made.values("about", "what", "reason", "viewer_role", "at")),
        "sign_in_links": [
            {"made_by": card.made_by, "made_at": card.made_at, "used_at": card.used_at}
            for card in links_for(person=person, most=100_000)
        ],
    }


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _look_card(look: Reveal) -> LookCard:
    return LookCard(
        who=_name(look.viewer),
        role=role_label(look.viewer_role),
        what=revealed_label(look.what),
        reason=look.reason,
        at=look.at,
    )


def _consent_card(consent: Consent) -> ConsentCard:
    text = consent_text(purpose=consent.purpose, version=consent.text_version) or consent_text(
        purpose=consent.purpose
    )
    return ConsentCard(
        public_id=consent.public_id,
        purpose=consent.purpose,
        title=text.title if text else consent.purpose,
        version=consent.text_version,
        means=means_label(consent.means),
        recorded_by=_name(consent.recorded_by),
        given_at=consent.given_at,
        withdrawn_at=consent.withdrawn_at,
        ends_account=consent.purpose == ConsentPurpose.MEMBERSHIP,
    )

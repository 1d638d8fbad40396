"""Opening accounts and changing what they hold."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from tadamun.foundation.people.errors import EmailTaken, LastWayIn, PhoneTaken
from tadamun.foundation.people.models import Person, Session
from tadamun.foundation.people.queries import phone_hash
from tadamun.foundation.people.vocabulary import AddressForm
from tadamun.foundation.search import services as search
from tadamun.foundation.search.vocabulary import Kind
from tadamun.kernel.text import clean_line

NAME_LENGTH = 80


def open_account(
    *,
    name: str,
    language: str,
    phone: str = "",
    email: str = "",
    password: str = "",
    address_form: str = AddressForm.NEUTRAL,
) -> Person:
    """Make an account. Its phone (E.164) and e-mail are unverified, so they prove nothing yet.

    :param password: without one the account is entered by a link or a code until one is set.
    :raises PhoneTaken: somebody else has the phone, even if they took it this very moment.
    :raises EmailTaken: the same for the e-mail address.
    """
    person = Person(
        name=clean_line(name)[:NAME_LENGTH], language=language, address_form=address_form, email=email or None
    )
    _put_phone(person, phone or None)
    person.set_password(password or None)
    _save_or_say_what_is_taken(person)
    return person


@transaction.atomic
def change_profile(*, person: Person, name: str, address_form: str, language: str) -> Person:
    """Change how somebody is named and addressed."""
    person.name, person.address_form, person.language = clean_line(name)[:NAME_LENGTH], address_form, language
    person.save(update_fields=["name", "address_form", "language"])
    search.rename(kind=Kind.MEMBER, about=person.public_id, names=(person.name,))
    return person


def change_language(*, person: Person, language: str) -> None:
    """Remember the language somebody reads."""
    Person.objects.filter(pk=person.pk).update(language=language)
    person.language = language


def set_phone(*, person: Person, phone: str, verified_at: datetime | None = None) -> Person:
    """Put a phone (E.164) on an account, or take it off when it is empty.

    :param verified_at: when a code sent to this phone came back; None while nothing is proven.
    :raises PhoneTaken: another account uses it.
    :raises LastWayIn: it is to be taken off, and there is no e-mail address to sign in with.
    """
    if not phone and not person.email:
        raise LastWayIn
    _put_phone(person, phone or None)
    person.phone_verified_at = verified_at if phone else None
    _save_or_say_what_is_taken(person)
    return person


def drop_unproven_claims(*, email: str, keeper: Person) -> None:
    """Take an address off every account that never proved it, as its keeper is about to."""
    if EmailAddress.objects.filter(email=email, verified=True).exclude(user=keeper).exists():
        return
    EmailAddress.objects.filter(email=email).exclude(user=keeper).delete()
    Person.objects.filter(email=email).exclude(pk=keeper.pk).update(email=None)


def end_sessions(*, person: Person, but: str | None = None) -> int:
    """Sign somebody out everywhere, except in the browser of session key `but`; returns how many ended."""
    return Session.objects.filter(person=person).exclude(session_key=but or "").delete()[0]


def _put_phone(person: Person, phone: str | None) -> None:
    person.phone = phone
    person.phone_hash = phone_hash(phone=phone) if phone else None


def _save_or_say_what_is_taken(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        others = Person.objects.exclude(pk=person.pk)
        if person.phone_hash and others.filter(phone_hash=person.phone_hash).exists():
            raise PhoneTaken from None
        if person.email and others.filter(email=person.email).exists():
            raise EmailTaken from None
        raise

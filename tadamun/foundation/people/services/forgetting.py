"""Forgetting somebody: what names them goes, what was counted stays."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from tadamun.foundation.people.models import Consent, Person, Reveal, Session, SignInLink
from tadamun.foundation.people.vocabulary import AddressForm


@transaction.atomic
def forget_person(*, person: Person, at: datetime) -> None:
    """Empty an account for good and close it.

    Name, phone, e-mail, password, second factor with its passkeys, sessions and links go. The row with its public id
    stays, as the trail and the sums point at it; that consents were given and withdrawn stays, as do looks, without
    their reasons' words.
    """
    kept = Person.objects.select_for_update().get(pk=person.pk)
    EmailAddress.objects.filter(user=kept).delete()
    Authenticator.objects.filter(user=kept).delete()
    SignInLink.objects.filter(person=kept).delete()
    Session.objects.filter(person=kept).delete()
    Consent.objects.filter(person=kept, withdrawn_at__isnull=True).update(withdrawn_at=at)
    Reveal.objects.filter(subject=kept).update(reason="")
    kept.groups.clear()
    kept.user_permissions.clear()
    kept.name, kept.address_form, kept.language = "", AddressForm.NEUTRAL, "ar"
    kept.email = kept.phone = kept.phone_hash = kept.phone_verified_at = kept.last_login = None
    kept.is_active = kept.is_staff = kept.is_superuser = False
    kept.forgotten_at = at
    kept.set_unusable_password()
    kept.save()
    person.refresh_from_db()

"""Keeping what people agreed to, and ending it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.people.errors import AccountNeedsConsent, NoSuchConsent
from tadamun.foundation.people.models import Consent, Person
from tadamun.foundation.people.vocabulary import ConsentMeans, ConsentPurpose


def record_consent(
    *,
    purpose: ConsentPurpose,
    text_version: str,
    means: ConsentMeans,
    at: datetime,
    person: Person | None = None,
    recorded_by: Person | None = None,
) -> Consent:
    """Keep that somebody agreed to a text, and who wrote it down for them."""
    return Consent.objects.create(
        person=person,
        purpose=purpose,
        text_version=text_version,
        means=means,
        recorded_by=recorded_by,
        given_at=at,
    )


@transaction.atomic
def withdraw_consent(*, person: Person, public_id: str, at: datetime) -> Consent:
    """End one consent of the person; that it was given stays on record.

    :raises NoSuchConsent: it is somebody else's, unknown or withdrawn already.
    :raises AccountNeedsConsent: membership ends by deleting the account.
    """
    held = Consent.objects.select_for_update().filter(
        person=person, public_id=public_id, withdrawn_at__isnull=True
    )
    consent = held.first()
    if consent is None:
        raise NoSuchConsent
    if consent.purpose == ConsentPurpose.MEMBERSHIP:
        raise AccountNeedsConsent
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    return consent

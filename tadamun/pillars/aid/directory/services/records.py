"""Forgetting a person: who confirmed a service is no longer named; that it was confirmed stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.directory.models import FileReading, Service


@transaction.atomic
def forget_person(*, person: Person, at: datetime) -> None:
    """Take the name off what somebody confirmed, and off the files they handed in."""
    Service.objects.filter(confirmed_by=person).update(confirmed_by=None)
    FileReading.objects.filter(by=person).update(by=None)

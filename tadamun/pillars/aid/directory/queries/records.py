"""What the directory holds about one person, for "my data"."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.directory.models import FileReading, Service


def my_records(*, person: Person) -> dict[str, Any]:
    """Which services somebody confirmed, which files of services they handed in, and when."""
    rows = Service.objects.filter(confirmed_by=person).select_related("community")
    files = FileReading.objects.filter(by=person).select_related("community")
    return {
        "service_files": [
            {"community": row.community.name, "file": row.title, "at": row.handed_in_at} for row in files
        ],
        "services_confirmed": [
            {"community": row.community.name, "service": row.name, "on": row.confirmed_on} for row in rows
        ],
    }

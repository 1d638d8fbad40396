"""What the directory holds about one person, for "my data"."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.directory.models import Service


def my_records(*, person: Person) -> dict[str, Any]:
    """Which services somebody confirmed, and when."""
    rows = Service.objects.filter(confirmed_by=person).select_related("community")
    return {
        "services_confirmed": [
            {"community": row.community.name, "service": row.name, "on": row.confirmed_on} for row in rows
        ]
    }

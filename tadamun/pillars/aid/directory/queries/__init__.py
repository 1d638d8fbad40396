"""Looking at the directory."""

from __future__ import annotations

from tadamun.pillars.aid.directory.queries.directions import (
    directions_to,
    referable_services,
    service_key,
)
from tadamun.pillars.aid.directory.queries.listing import Wanted, facets, service_page, services_in_parts
from tadamun.pillars.aid.directory.queries.pages import service_card, service_to_correct
from tadamun.pillars.aid.directory.queries.readings import reading_card, readings
from tadamun.pillars.aid.directory.queries.records import my_records

__all__ = [
    "Wanted",
    "directions_to",
    "facets",
    "my_records",
    "reading_card",
    "readings",
    "referable_services",
    "service_card",
    "service_key",
    "service_page",
    "service_to_correct",
    "services_in_parts",
]

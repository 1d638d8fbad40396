"""What is done with the directory: taking files in, writing it out, adding, correcting, confirming."""

from __future__ import annotations

from tadamun.pillars.aid.directory.services.confirming import confirm_service
from tadamun.pillars.aid.directory.services.editing import (
    HoursFacts,
    PlaceFacts,
    ServiceFacts,
    add_service,
    change_service,
)
from tadamun.pillars.aid.directory.services.exporting import export_hsds, zipped
from tadamun.pillars.aid.directory.services.importing import import_services, source_key
from tadamun.pillars.aid.directory.services.reading import drop_old_readings, hand_in, read_file
from tadamun.pillars.aid.directory.services.records import forget_person

__all__ = [
    "HoursFacts",
    "PlaceFacts",
    "ServiceFacts",
    "add_service",
    "change_service",
    "confirm_service",
    "drop_old_readings",
    "export_hsds",
    "forget_person",
    "hand_in",
    "import_services",
    "read_file",
    "source_key",
    "zipped",
]

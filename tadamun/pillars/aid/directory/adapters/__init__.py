"""Rows ↔ files: what comes in as HSDS or as a flat table becomes drafts; rows become HSDS 3."""

from __future__ import annotations

from tadamun.pillars.aid.directory.adapters.drafts import (
    Drafts,
    LocationDraft,
    OrganisationDraft,
    ServiceDraft,
)
from tadamun.pillars.aid.directory.adapters.reading import read_directory

__all__ = ["Drafts", "LocationDraft", "OrganisationDraft", "ServiceDraft", "read_directory"]

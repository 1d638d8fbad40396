"""A sheet that was just handed in, and what its coordinator sees of it."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.models import SheetImport
from tests.aid.make import NOON
from tests.aid.sheets.conftest import as_csv


def begin(community: Community, by: Person, content: bytes | None = None) -> SheetImport:
    return services.start_import(
        community=community, actor=by, content=content or as_csv(), title="ردود", at=NOON
    )


def card_of(sheet: SheetImport, viewer: Person) -> Any:
    return queries.import_card(import_id=sheet.public_id, viewer=viewer, community=sheet.community, at=NOON)

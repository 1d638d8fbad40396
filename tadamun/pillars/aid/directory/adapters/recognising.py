"""What of a file is in the directory already under another source: our own export come back, or a file taken in twice.

Ids of our own exports are made from our rows, so they are told for certain. An id that is a UUID means the same thing
in every file; any other («7») does only where the file says the very same of it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, Any, TypeVar
from uuid import UUID

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.directory.adapters.drafts import Drafts, ServiceDraft, digest_of, says_the_same
from tadamun.pillars.aid.directory.adapters.hsds import own_id, write_directory
from tadamun.pillars.aid.directory.models import Location, Organisation, Service, Source

Row = TypeVar("Row", Service, Organisation, Location)


@dataclass
class Recognised:
    """Rows by the ids that the file has for them.

    ``own`` holds the ids that our export made, ``same`` those of which the file says what our export says now.
    """

    services: dict[str, Service] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    same: set[str] = field(default_factory=set)

    def stays(self, key: str, row: Any, *, overwrite: bool) -> bool:
        """Whether an organisation or a place that was recognised is left as it is here."""
        return key in self.same or key not in self.own or (row.source_id is None and not overwrite)


def recognise(
    *, community: Community, source: Source, drafts: Drafts, read: Callable[[IO[bytes]], Drafts]
) -> Recognised:
    """Find what the file names under ids that other sources, or we ourselves, gave.

    :param read: reads a file as the drafts were read, for comparing with our export as it is now.
    """
    found = Recognised()
    found.services = _own(Service, "service", community, (draft.source_id for draft in drafts.services))
    found.organisations = _own(
        Organisation, "organization", community, (draft.source_id for draft in drafts.organisations)
    )
    found.locations = _own(Location, "location", community, (draft.source_id for draft in drafts.locations))
    found.own = {*found.services, *found.organisations, *found.locations}
    if found.own:
        now = read(io.BytesIO(write_directory(community=community).files["services.json"]))
        said = {(type(draft), draft) for draft in _all(now)}
        found.same = {draft.source_id for draft in _all(drafts) if (type(draft), draft) in said}
    _add_twins(found, community, source, drafts)
    return found


def _all(drafts: Drafts) -> Iterable[Any]:
    return (*drafts.services, *drafts.organisations, *drafts.locations)


def _own(model: type[Row], kind: str, community: Community, ids: Iterable[str]) -> dict[str, Row]:
    """Rows whose id in our exports is one of these."""
    uuids = {key for key in ids if is_uuid(key)}
    if not uuids:
        return {}
    rows = model._default_manager.filter(community=community).order_by("pk").values_list("pk", "public_id")
    keys = {pk: key for pk, public_id in rows if (key := own_id(kind, public_id)) in uuids}
    held = model._default_manager.select_for_update().in_bulk(sorted(keys))
    return {keys[pk]: row for pk, row in held.items()}


def _add_twins(found: Recognised, community: Community, source: Source, drafts: Drafts) -> None:
    """Add services that another source brought, with the organisations and places that they came with."""
    wanted = {draft.source_id: draft for draft in drafts.services if draft.source_id not in found.services}
    others = Service.objects.filter(community=community, source__isnull=False).exclude(source=source)
    known = others.exclude(outer_id="").order_by("-pk").values_list("pk", "outer_id", "digest")
    twins = {key: pk for pk, key, digest in known if key in wanted and _is_twin(wanted[key], digest)}
    rows = Service.objects.select_for_update(of=("self",)).select_related("organisation")
    held = rows.in_bulk(sorted(twins.values()))
    for key, pk in twins.items():
        row, draft = held[pk], wanted[key]
        found.services[key] = row
        found.organisations.setdefault(draft.organisation_id, row.organisation)
    sources = {row.source_id for row in held.values()}
    places = {place for key in twins for place in wanted[key].locations}
    for place in Location.objects.filter(community=community, source__in=sources).order_by("pk"):
        if place.outer_id in places:
            found.locations.setdefault(place.outer_id, place)


def _is_twin(draft: ServiceDraft, digest: str) -> bool:
    return is_uuid(draft.source_id) or says_the_same(digest_of(draft), digest)


def is_uuid(text: str) -> bool:
    """Whether an id is a UUID, which two files do not give to different things."""
    try:
        return str(UUID(text)) == text.casefold()
    except ValueError:
        return False

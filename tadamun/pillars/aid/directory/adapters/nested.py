"""HSDS 3 as its API nests it, taken apart into the tables that a datapackage has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tadamun.pillars.aid.directory.adapters.drafts import Row, Tables
from tadamun.pillars.aid.directory.errors import NotADirectoryFile

SERVICES_MOST = 100_000
PARTS = {
    "phones": "phone",
    "schedules": "schedule",
    "languages": "language",
    "required_documents": "required_document",
    "cost_options": "cost_option",
    "attributes": "attribute",
}


def tables_of_nested(found: Any) -> Tables:
    """The tables in a list of services, or in a page of them.

    :raises NotADirectoryFile: no services are in it.
    """
    services = found.get("contents", found.get("services")) if isinstance(found, Mapping) else found
    if isinstance(found, Mapping) and services is None and "name" in found:
        services = [found]
    if not isinstance(services, list) or len(services) > SERVICES_MOST:
        raise NotADirectoryFile(why="no_services_table")
    apart = _Apart()
    for service in services:
        if isinstance(service, Mapping):
            apart.take_service(service)
    return apart.tables


class _Apart:
    """Takes services apart; what hangs on many of them is kept once."""

    def __init__(self) -> None:
        self.tables: Tables = {"service": [], "organization": []}
        self._seen: set[tuple[str, str]] = set()

    def take_service(self, service: Mapping[str, Any]) -> None:
        """One service, with its organisation, places, and all that hangs on it."""
        key = _plain(service.get("id"))
        organisation = service.get("organization")
        cells = _scalars(service)
        if isinstance(organisation, Mapping):
            cells.setdefault("organization_id", _plain(organisation.get("id")))
            self._once("organization", organisation)
            self._parts(
                organisation, {"phones": "phone"}, owner={"organization_id": cells["organization_id"]}
            )
        self._add("service", cells)
        self._parts(service, PARTS, owner={"service_id": key, "link_id": key})
        for site in _maps(service.get("service_at_locations")):
            self._site(site, service_id=key)

    def _site(self, site: Mapping[str, Any], *, service_id: str) -> None:
        location = site.get("location")
        cells = _scalars(site) | {"service_id": service_id}
        if isinstance(location, Mapping):
            key = _plain(location.get("id"))
            cells["location_id"] = key
            if self._once("location", location):
                parts = {"addresses": "address", "accessibility": "accessibility"}
                self._parts(location, parts, owner={"location_id": key})
        self._add("service_at_location", cells)
        self._parts(site, {"schedules": "schedule", "phones": "phone"}, owner={"service_id": service_id})

    def _parts(self, holder: Mapping[str, Any], parts: Mapping[str, str], *, owner: dict[str, str]) -> None:
        for name, table in parts.items():
            for part in _maps(holder.get(name)):
                cells = _scalars(part) | owner
                term = part.get("taxonomy_term")
                if isinstance(term, Mapping):
                    cells["taxonomy_term_id"] = _plain(term.get("id"))
                    self._once("taxonomy_term", term)
                self._add(table, cells)

    def _once(self, table: str, part: Mapping[str, Any]) -> bool:
        mark = (table, _plain(part.get("id")))
        if mark in self._seen:
            return False
        self._seen.add(mark)
        self._add(table, _scalars(part))
        return True

    def _add(self, table: str, cells: dict[str, str]) -> None:
        rows = self.tables.setdefault(table, [])
        rows.append(Row(len(rows) + 1, cells))


def _maps(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _scalars(part: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(name): _plain(value)
        for name, value in part.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }


def _plain(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)

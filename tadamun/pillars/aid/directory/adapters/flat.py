"""One flat table, a row a service, as referral lines keep and export it, taken apart into HSDS tables."""

from __future__ import annotations

import re

from tadamun.pillars.aid.directory.adapters.columns import flat_column, folded
from tadamun.pillars.aid.directory.adapters.drafts import Ledger, Row, Tables
from tadamun.pillars.aid.directory.errors import NotADirectoryFile

AGENCY_LEVELS = ("agency", "organization", "organisation")
_SEVERAL = re.compile(r"\s*[;|*\n]\s*")


def tables_of_flat(rows: list[Row], *, ledger: Ledger) -> Tables:
    """The HSDS tables in a flat one; columns that say nothing known are named in the ledger.

    :raises NotADirectoryFile: no column names a service.
    """
    known: dict[str, str] = {}
    for head in dict.fromkeys(head for row in rows[:1000] for head in row.cells):
        column = flat_column(head)
        if column and column not in known.values():
            known[head] = column
        elif head:
            ledger.left_out.append(head[:60])
    if "name" not in known.values():
        raise NotADirectoryFile(why="no_services_table")
    tables: Tables = {"organization": [], "service": []}
    begun: set[str] = set()
    for row in rows:
        cells = {known[head]: cell for head, cell in row.cells.items() if head in known}
        _take(Row(row.number, cells), tables, begun)
    return tables


def _take(row: Row, tables: Tables, begun: set[str]) -> None:
    """One row: an agency of its own, or a service with all that stands beside it."""
    cells = row.cells
    level = cells.get("level", "").casefold()
    if level in AGENCY_LEVELS:
        # An agency's row is known by its number; services name that number as their parent.
        _put(tables, "organization", row, **{name: cells.get(name, "") for name in _OF_AGENCY})
        _put(tables, "phone", row, organization_id=row.id, number=cells.get("phone", ""))
        return
    organisation_id = _organisation_of(row, tables, begun)
    key = row.id or f"{organisation_id}/{folded(cells.get('name', ''))}"
    _put(
        tables,
        "service",
        row,
        **{name: cells.get(name, "") for name in _OF_SERVICE}
        | {"id": key, "organization_id": organisation_id},
    )
    if any(cells.get(name, "").strip() for name in ("street", "city", "latitude")):
        place = {"id": key, "organization_id": organisation_id, "private": cells.get("private", "")}
        place |= {name: cells.get(name, "") for name in ("latitude", "longitude", "transportation")}
        _put(tables, "location", row, **place)
        address = {name: cells.get(name, "") for name in _OF_ADDRESS}
        address |= {"address_1": cells.get("street", ""), "address_2": cells.get("street_2", "")}
        _put(tables, "address", row, location_id=key, **address)
        _put(tables, "accessibility", row, location_id=key, accessibility=cells.get("accessibility", ""))
        _put(tables, "service_at_location", row, id=key, service_id=key, location_id=key)
    _take_parts(row, key, tables)


def _take_parts(row: Row, key: str, tables: Tables) -> None:
    cells = row.cells
    for column in ("phone", "phone_2"):
        for number in _several(cells.get(column, "")):
            _put(tables, "phone", row, service_id=key, number=number)
    if cells.get("hours", "").strip():
        _put(tables, "schedule", row, service_id=key, original_text=cells["hours"])
    for document in _several(cells.get("documents", "")):
        _put(tables, "required_document", row, service_id=key, document=document)
    if cells.get("languages", "").strip():
        _put(tables, "language", row, service_id=key, language=cells["languages"])
    names = _several(cells.get("term_names", ""))
    for place, code in enumerate(_several(cells.get("terms", ""))):
        name = names[place] if place < len(names) else code
        _put(tables, "taxonomy_term", row, id=f"term:{code}", code=code, name=name)
        _put(tables, "service_taxonomy", row, service_id=key, taxonomy_id=f"term:{code}")


def _organisation_of(row: Row, tables: Tables, begun: set[str]) -> str:
    """The id under which a row's organisation stands; one that is only named stands under its folded name."""
    named, key = row.cells.get("organization", "").strip(), row.cells.get("organization_id", "").strip()
    if key or not named:
        return key
    key = f"name:{folded(named)}"[:100]
    if key not in begun:
        begun.add(key)
        _put(tables, "organization", row, id=key, name=named)
    return key


def _several(text: str) -> list[str]:
    return [part for part in _SEVERAL.split(text.strip()) if part]


def _put(tables: Tables, table: str, row: Row, **cells: str) -> None:
    """One row of a table, unless all it says is what it belongs to: that is enough for a place and for a link."""
    says = any(value for name, value in cells.items() if not name.endswith("id"))
    if says or table == "location" or table.startswith("service_"):
        tables.setdefault(table, []).append(Row(row.number, cells))


_OF_AGENCY = ("id", "name", "alternate_name", "description", "url", "email")
_OF_SERVICE = (
    "name",
    "alternate_name",
    "description",
    "url",
    "email",
    "status",
    "eligibility",
    "fees",
    "application_process",
    "assured_date",
)
_OF_ADDRESS = ("city", "state_province", "postal_code", "country")

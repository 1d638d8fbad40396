"""Rows as HSDS 3: whole services as its API nests them, and the tables of a datapackage made from those.

A confidential place is in neither: a file goes anywhere.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Prefetch

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.directory.adapters.meanings import OWN
from tadamun.pillars.aid.directory.adapters.nested import tables_of_nested
from tadamun.pillars.aid.directory.models import (
    Location,
    Organisation,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTerm,
)
from tadamun.pillars.aid.directory.vocabulary import Cost, ServiceStatus

SPACE = UUID("5b0c3f0e-6d0e-5f4b-9b7e-2f6a1c8d4e90")
"""Our ids as UUIDs, which the standard asks for: the same row has the same one in every export."""
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PROFILE = "https://docs.openreferral.org/en/3.0/hsds/"
_STATUS = {ServiceStatus.TEMPORARILY_CLOSED: "temporarily closed"}
COLUMNS: dict[str, tuple[str, ...]] = {
    "organization": ("id", "name", "alternate_name", "description", "email", "website"),
    "service": (
        "id",
        "organization_id",
        "name",
        "alternate_name",
        "description",
        "url",
        "email",
        "status",
        "interpretation_services",
        "application_process",
        "fees_description",
        "wait_time",
        "eligibility_description",
        "minimum_age",
        "maximum_age",
        "assured_date",
        "last_modified",
    ),
    "location": (
        "id",
        "location_type",
        "organization_id",
        "name",
        "transportation",
        "latitude",
        "longitude",
    ),
    "address": (
        "id",
        "location_id",
        "address_1",
        "city",
        "state_province",
        "postal_code",
        "country",
        "address_type",
    ),
    "accessibility": ("id", "location_id", "description"),
    "service_at_location": ("id", "service_id", "location_id"),
    "phone": ("id", "service_id", "organization_id", "number", "extension", "description"),
    "schedule": (
        "id",
        "service_id",
        "freq",
        "byday",
        "opens_at",
        "closes_at",
        "description",
    ),
    "language": ("id", "service_id", "code"),
    "required_document": ("id", "service_id", "document"),
    "cost_option": ("id", "service_id", "option"),
    "taxonomy_term": ("id", "code", "name", "description", "taxonomy"),
    "attribute": ("id", "link_id", "link_type", "link_entity", "taxonomy_term_id"),
}


@dataclass
class Written:
    """An export: its files, and what is in it."""

    files: dict[str, bytes]
    organisations: int
    services: int
    locations: int
    left_out: int


def write_directory(*, community: Community) -> Written:
    """Every service of a community, those closed too, in a form that others read."""
    services = [_service(row, community) for row in _rows(community)]
    tables = tables_of_nested(services)
    files = {"services.json": _json(services)}
    files["datapackage.json"] = _json(_package(community, tables))
    for table, columns in COLUMNS.items():
        files[f"data/{table}.csv"] = _csv(columns, (row.cells for row in tables.get(table, [])))
    hidden = Location.objects.filter(community=community, confidential=True, sites__isnull=False)
    return Written(
        files=files,
        services=len(services),
        organisations=len(tables["organization"]),
        locations=len(tables.get("location", [])),
        left_out=hidden.distinct().count(),
    )


def _rows(community: Community) -> Iterable[Service]:
    open_sites = ServiceAtLocation.objects.filter(location__confidential=False).select_related(
        "location__organisation"
    )
    return (
        Service.objects.filter(community=community)
        .select_related("organisation")
        .prefetch_related(
            "organisation__phones",
            "phones",
            "schedules",
            "documents",
            "languages",
            "categories",
            Prefetch("terms", ServiceTerm.objects.select_related("term")),
            Prefetch("sites", open_sites.order_by("pk")),
        )
        .order_by("pk")
    )


def own_id(kind: str, *parts: object) -> str:
    """The id of something of ours in every export."""
    return str(uuid5(SPACE, ":".join([kind, *map(str, parts)])))


def _service(row: Service, community: Community) -> dict[str, Any]:
    key = own_id("service", row.public_id)
    organisation = _organisation(row.organisation)
    return _filled(
        id=key,
        organization_id=organisation["id"],
        name=row.name,
        alternate_name=row.alternate_name,
        description=row.description,
        url=row.website,
        email=row.email,
        status=_STATUS.get(ServiceStatus(row.status), row.status),
        interpretation_services=row.interpretation,
        application_process=row.how_to_apply,
        fees_description=row.fees,
        wait_time=row.waiting,
        eligibility_description=row.eligibility,
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        assured_date=row.confirmed_on.isoformat() if row.confirmed_on else "",
        last_modified=row.changed_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        phones=[_phone(phone, service_id=key) for phone in row.phones.all()],
        schedules=[_schedule(hours, key) for hours in row.schedules.all()],
        languages=[
            {"id": own_id("language", row.public_id, one.code), "service_id": key, "code": one.code}
            for one in row.languages.all()
        ],
        required_documents=[
            {"id": own_id("document", row.public_id, one.words), "service_id": key, "document": one.words}
            for one in row.documents.all()
        ],
        cost_options=_costs(row, key),
        organization=organisation,
        service_at_locations=[_site(site, key, community) for site in row.sites.all()],
        attributes=_attributes(row, key),
    )


def _organisation(row: Organisation) -> dict[str, Any]:
    key = own_id("organization", row.public_id)
    found = _filled(
        id=key,
        name=row.name,
        alternate_name=row.alternate_name,
        email=row.email,
        website=row.website,
        phones=[_phone(phone, organization_id=key) for phone in row.phones.all()],
    )
    return found | {"description": row.description}


def _phone(row: Phone, **owner: str) -> dict[str, Any]:
    """A number; an extension that is no number goes into the words, as the standard has it."""
    plain = row.extension.isascii() and row.extension.isdigit()
    words = row.words if plain or not row.extension else f"{row.words} ({row.extension})".strip()
    named = own_id("phone", *owner.values(), row.number, row.extension, row.words)
    return _filled(
        id=named,
        **owner,
        number=row.number,
        extension=int(row.extension) if plain else None,
        description=words,
    )


def _schedule(row: Schedule, key: str) -> dict[str, Any]:
    named = own_id("schedule", key, row.weekday, row.opens, row.closes, row.words)
    if row.weekday is None or row.opens is None or row.closes is None:
        return {"id": named, "service_id": key, "description": row.words}
    return _filled(
        id=named,
        service_id=key,
        freq="WEEKLY",
        byday=DAYS[row.weekday],
        opens_at=row.opens.strftime("%H:%M"),
        closes_at=row.closes.strftime("%H:%M"),
        description=row.words,
    )


def _costs(row: Service, key: str) -> list[dict[str, Any]]:
    if row.cost == Cost.UNKNOWN:
        return []
    return [{"id": own_id("cost", row.public_id), "service_id": key, "option": row.cost}]


def _site(site: ServiceAtLocation, key: str, community: Community) -> dict[str, Any]:
    place = site.location
    location = own_id("location", place.public_id)
    address = {
        "id": own_id("address", place.public_id),
        "location_id": location,
        "address_1": place.street,
        "city": place.town,
        "state_province": place.region,
        "postal_code": place.postal_code,
        "country": place.country or community.region,
        "address_type": "physical",
    }
    words = {
        "id": own_id("accessibility", place.public_id),
        "location_id": location,
        "description": place.accessibility,
    }
    found = _filled(
        id=location,
        location_type="physical",
        organization_id=own_id("organization", place.organisation.public_id),
        name=place.name,
        transportation=place.way_there,
        latitude=place.latitude,
        longitude=place.longitude,
        addresses=[address] if place.street or place.town or place.region else [],
        accessibility=[words] if place.accessibility else [],
    )
    return {
        "id": own_id("site", key, location),
        "service_id": key,
        "location_id": location,
        "location": found,
    }


def _attributes(row: Service, key: str) -> list[dict[str, Any]]:
    """Our categories, and the terms that a file brought, each as the standard links them."""
    terms = [_category(category) for category in row.categories.all()]
    terms += [
        _term(link.term.taxonomy, link.term.code, link.term.name)
        for link in sorted(row.terms.all(), key=lambda link: link.pk)
        if link.term.taxonomy != OWN
    ]
    return [
        {
            "id": own_id("attribute", key, term["id"]),
            "link_id": key,
            "link_type": "taxonomy",
            "link_entity": "service",
            "taxonomy_term_id": term["id"],
            "taxonomy_term": term,
        }
        for term in terms
    ]


def _category(row: Category) -> dict[str, Any]:
    return _term(OWN, row.code, row.name_ar or row.name_en or row.name_fr)


def _term(taxonomy: str, code: str, name: str) -> dict[str, Any]:
    term = _filled(id=own_id("term", taxonomy, code), code=code, name=name, taxonomy=taxonomy)
    return term | {"description": name}


def _filled(**values: Any) -> dict[str, Any]:
    """Without what is not known: the standard has no nulls."""
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(columns: Sequence[str], rows: Iterable[Any]) -> bytes:
    text = io.StringIO(newline="")
    written = csv.writer(text, lineterminator="\r\n")
    written.writerow(columns)
    for cells in rows:
        written.writerow([cells.get(column, "") for column in columns])
    return text.getvalue().encode()


def _package(community: Community, tables: dict[str, Any]) -> dict[str, Any]:
    """The description of the tables beside it (a tabular data package)."""
    return {
        "name": f"{community.slug}-directory",
        "title": community.name,
        "profile": "tabular-data-package",
        "hsds": PROFILE,
        "resources": [
            {
                "name": table,
                "path": f"data/{table}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "rows": len(tables.get(table, [])),
                "schema": {
                    "primaryKey": "id",
                    "fields": [{"name": column, "type": "string"} for column in columns],
                },
            }
            for table, columns in COLUMNS.items()
        ],
    }

"""The directory goes out as HSDS 3, without the places that hide, and comes back as it was."""

from __future__ import annotations

import json

import pytest

from tadamun.pillars.aid.directory import services
from tadamun.pillars.aid.directory.models import Location, Service
from tests.aid import make
from tests.aid.directory.files import PANTRY, shared, small, zip_of

pytestmark = pytest.mark.django_db


def faults(content: bytes) -> list[str]:
    """What the standard's own schemas say against the services of an export."""
    import jsonschema_rs

    folder = shared("hsds/service.json").parent
    schema = json.loads((folder / "service.json").read_text(encoding="utf-8"))
    checker = jsonschema_rs.validator_for(
        schema | {"$id": "https://schemas.example/service.json"},
        retriever=lambda uri: json.loads((folder / uri.rsplit("/", 1)[1]).read_text(encoding="utf-8")),
        validate_formats=True,
    )
    return [
        f"{service['id']} {fault.instance_path}: {fault.message}"
        for service in json.loads(content)
        for fault in checker.iter_errors(service)
    ]


FULL = {
    "phones": [{"id": "1", "service_id": "10", "number": "065000001", "extension": "7"}],
    "schedules": [
        {"id": "1", "service_id": "10", "byday": "SU", "opens_at": "09:00", "closes_at": "14:30"},
        {"id": "2", "service_id": "10", "description": "في رمضان حتى الواحدة"},
    ],
    "required_documents": [{"id": "1", "service_id": "10", "document": "هوية"}],
    "languages": [{"id": "1", "service_id": "10", "code": "ar"}],
    "taxonomy_terms": [{"id": "t", "code": "BD-5000", "name": "Meals", "taxonomy": "AIRS"}],
    "attributes": [{"id": "1", "link_id": "10", "link_entity": "service", "taxonomy_term_id": "t"}],
    "services": [
        PANTRY
        | {
            "url": "bread.example.org/a {b}",
            "email": "bread@example.org",
            "fees_description": "مجاني",
            "minimum_age": "18",
            "assured_date": "2026-02-01",
            "wait_time": "أسبوع",
        }
    ],
}


def test_every_service_validates_against_the_schemas(take, community):
    make.make_category()
    take(small(**FULL))

    files, report = services.export_hsds(community=community, actor=None)

    assert report.services == 1
    assert faults(files["services.json"]) == []


@pytest.mark.parametrize("form", ["tables", "nested"])
def test_an_export_read_elsewhere_says_the_same(take, community, form):
    make.make_category()
    take(small(**FULL))
    files, _ = services.export_hsds(community=community, actor=None)
    other = make.make_community()
    make.make_area(other)
    if form == "nested":
        files = {"services.json": files["services.json"]}

    report = take(zip_of(files), community=other)

    ours, theirs = Service.objects.get(community=community), Service.objects.get(community=other)
    assert (report.refused, report.mended_by_code().get("organisation_taken_from_service")) == ((), None)
    for name in (
        "name",
        "description",
        "website",
        "email",
        "cost",
        "fees",
        "minimum_age",
        "confirmed_on",
        "waiting",
    ):
        assert getattr(theirs, name) == getattr(ours, name), name
    for name in ("schedules", "phones", "documents", "languages", "categories"):
        left, right = (
            [
                {key: value for key, value in row.items() if key not in {"id", "service_id"}}
                for row in getattr(one, name).values()
            ]
            for one in (ours, theirs)
        )
        assert left == right, name
    places = [
        Location.objects.filter(community=one).values("street", "town", "latitude").get()
        for one in (community, other)
    ]
    assert places[0] == places[1]


def test_the_same_row_has_the_same_id_in_every_export(take, community):
    take(small())

    first, second = (services.export_hsds(community=community, actor=None)[0] for _ in range(2))

    assert first == second


def test_a_confidential_place_is_in_no_file(take, community):
    place = {"id": "7", "organization_id": "1", "name": "بيت الأمان", "confidential": "yes", "private": "yes"}
    take(small(locations=[place]))

    files, report = services.export_hsds(community=community, actor=None)

    whole = b"".join(files.values()).decode()
    assert (report.locations, report.left_out) == (0, 1)
    assert "شارع السوق" not in whole
    assert "بيت الأمان" not in whole


@pytest.mark.slow
def test_a_real_directory_is_taken_and_goes_out_valid(take, community):
    with shared("hsds/miami-211.zip").open("rb") as file:
        report = take(file, region="US")

    assert report.taken["service"] >= 3600
    assert report.refused_by_code(table="service") == {"unknown_organisation": 447}
    for table, rows in report.read.items():
        refused = sum(report.refused_by_code(table=table).values())
        assert report.taken[table] + refused == rows, table

    files, exported = services.export_hsds(community=community, actor=None)
    assert exported.services == report.taken["service"]
    assert faults(files["services.json"]) == []

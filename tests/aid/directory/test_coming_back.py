"""What is in the directory already is recognised, under whatever source it comes again."""

from __future__ import annotations

import io
import json
from uuid import uuid4

import pytest

from tadamun.pillars.aid.directory import services
from tadamun.pillars.aid.directory.models import (
    Location,
    Organisation,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from tests.aid import make
from tests.aid.directory.files import BANK, PANTRY, small, zip_of
from tests.aid.directory.test_exporting import FULL

pytestmark = pytest.mark.django_db
TABLES = (Organisation, Location, Service, ServiceAtLocation, Phone, Schedule)


def counts():
    return [model.objects.count() for model in TABLES]


def exported(community, form="package"):
    files, _ = services.export_hsds(community=community, actor=None)
    return io.BytesIO(files["services.json"]) if form == "json" else zip_of(files)


def changed(community, **cells):
    """Our export with other cells in its only service."""
    files, _ = services.export_hsds(community=community, actor=None)
    (service,) = json.loads(files["services.json"])
    return io.BytesIO(json.dumps([service | cells]).encode())


@pytest.mark.parametrize("source", ["town", "export"])
@pytest.mark.parametrize("form", ["package", "json"])
def test_our_own_export_adds_nothing(take, community, source, form):
    make.make_category()
    take(small(**FULL))
    before = counts()

    report = take(exported(community, form), source=source)

    assert report.outcomes == {"same": 1}
    assert report.absent == 0
    assert counts() == before


def test_what_was_changed_in_our_export_is_changed_here(take, community):
    take(small(**FULL))
    before = counts()

    report = take(changed(community, description="كلّ يوم", wait_time="يومان"), source="export")

    assert report.outcomes == {"changed": 1}
    assert counts() == before
    row = Service.objects.get()
    assert (row.description, row.waiting, row.outer_id, row.source.key) == ("كلّ يوم", "يومان", "10", "town")


def test_a_place_changed_in_our_export_is_changed_here(take, community):
    take(small())
    files, _ = services.export_hsds(community=community, actor=None)
    (service,) = json.loads(files["services.json"])
    service["service_at_locations"][0]["location"]["addresses"][0]["address_1"] = "شارع المدرسة 9"

    take(io.BytesIO(json.dumps([service]).encode()), source="export")

    assert [place.street for place in Location.objects.all()] == ["شارع المدرسة 9"]


def test_what_was_corrected_here_stays_unless_the_file_shall_win(take, community):
    take(small())
    file = changed(community, description="كلّ يوم").getvalue()
    Service.objects.update(edited_at=make.NOON, description="كلّ اثنين")

    assert take(io.BytesIO(file), source="export").outcomes == {"kept_ours": 1}
    assert Service.objects.get().description == "كلّ اثنين"
    assert take(io.BytesIO(file), source="export", overwrite=True).outcomes == {"changed": 1}
    assert Service.objects.get().description == "كلّ يوم"


def test_a_confidential_place_stays_where_our_export_is_silent_about_it(take, community):
    take(small(locations=[{"id": "7", "organization_id": "1", "name": "بيت", "private": "yes"}]))
    assert Location.objects.get().confidential
    before = counts()

    assert take(exported(community), source="export").outcomes == {"same": 1}
    assert take(changed(community, description="كلّ يوم"), source="export").outcomes == {"changed": 1}
    assert counts() == before
    assert Service.objects.get().sites.get().location.confidential


def test_the_same_file_under_another_name_adds_nothing(take):
    take(small(**FULL))
    before = counts()

    assert take(small(**FULL), source="other").outcomes == {"same": 1}
    assert counts() == before


def test_a_number_that_another_file_gave_to_something_else_is_no_sign(take):
    take(small())

    report = take(small(services=[PANTRY | {"name": "دروس تقوية"}]), source="school")

    assert report.outcomes == {"new": 1}
    assert Service.objects.count() == 2


def test_a_uuid_is_the_same_thing_in_every_file(take):
    key = str(uuid4())
    site = [{"id": "1", "service_id": key, "location_id": "7"}]
    take(small(services=[PANTRY | {"id": key}], services_at_location=site))
    before = counts()

    other = small(services=[PANTRY | {"id": key, "name": "مخزن الحيّ"}], services_at_location=site)
    report = take(other, source="other")

    assert report.outcomes == {"changed": 1}
    assert counts() == before
    assert Service.objects.get().name == "مخزن الحيّ"


def test_what_is_new_beside_what_is_known_is_added_at_the_known_organisation(take):
    take(small())

    more = small(organizations=[BANK], services=[PANTRY, PANTRY | {"id": "11", "name": "مطبخ"}])

    assert take(more, source="other").outcomes == {"same": 1, "new": 1}
    assert Organisation.objects.count() == 1
    assert Service.objects.count() == 2


def test_a_file_whose_phones_are_read_by_another_country_adds_nothing(take):
    phones = [{"id": "1", "service_id": "10", "number": "(305) 555-1234"}]
    take(small(phones=phones))
    before = counts()

    report = take(small(phones=phones), source="other", region="US")

    assert report.outcomes == {"changed": 1}
    assert counts() == before
    assert Phone.objects.get().number == "+13055551234"
    assert take(small(phones=phones), source="third", region="US").outcomes == {"same": 1}


def test_the_same_id_with_another_phone_is_another_service(take):
    take(small(phones=[{"id": "1", "service_id": "10", "number": "06 500 0001"}]))

    report = take(small(phones=[{"id": "1", "service_id": "10", "number": "06 500 0002"}]), source="other")

    assert report.outcomes == {"new": 1}

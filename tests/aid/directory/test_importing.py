"""Files of services are taken in whole: what is dirty is set right, what is refused is said, nothing twice."""

from __future__ import annotations

import io
import json
from datetime import date, time

import pytest

from tadamun.pillars.aid.directory import services
from tadamun.pillars.aid.directory.errors import (
    DirectoryForCoordinators,
    NoServicesInFile,
    NotADirectoryFile,
)
from tadamun.pillars.aid.directory.models import Location, Organisation, Phone, Service, Source
from tests.aid import make
from tests.aid.directory.files import BANK, PANTRY, csv_of, package, small

pytestmark = pytest.mark.django_db


def refusals(report):
    return [(one.table, one.row, one.code.value) for one in report.refused]


class TestTakingIn:
    def test_a_service_comes_with_its_place_hours_papers_and_languages(self, take, community):
        report = take(
            small(
                phones=[{"id": "1", "service_id": "10", "number": "06 500 0001 x12"}],
                schedules=[
                    {
                        "id": "1",
                        "service_id": "10",
                        "byday": "SU,TU",
                        "opens_at": "09:00",
                        "closes_at": "14:30",
                    }
                ],
                required_documents=[{"id": "1", "service_id": "10", "document": "دفتر العائلة"}],
                languages=[{"id": "1", "service_id": "10", "language": "Arabic, English"}],
                eligibility=[{"id": "1", "service_id": "10", "eligibility": "سكّان الحيّ"}],
            )
        )

        row = Service.objects.get(community=community)
        assert report.taken["service"] == 1
        assert row.organisation.name == "جمعية الخبز"
        assert row.sites.get().location.street == "شارع السوق 4"
        assert [(one.weekday, one.opens) for one in row.schedules.all()] == [(1, time(9)), (6, time(9))]
        assert [one.words for one in row.documents.all()] == ["دفتر العائلة"]
        assert [one.code for one in row.languages.all()] == ["ar", "en"]
        assert [(one.number, one.extension) for one in row.phones.all()] == [("+96265000001", "12")]
        assert row.eligibility == "سكّان الحيّ"

    def test_a_place_near_an_area_lies_in_it(self, take, community):
        area = community.areas.get()

        take(small())

        assert Location.objects.get().area == area

    def test_terms_of_the_211_taxonomy_become_our_categories(self, take):
        make.make_category()
        take(
            small(
                taxonomy=[{"id": "BD-1800.2000", "name": "Emergency Food", "vocabulary": "AIRS"}],
                services_taxonomy=[{"id": "1", "service_id": "10", "taxonomy_id": "BD-1800.2000"}],
            )
        )

        assert [one.code for one in Service.objects.get().categories.all()] == ["food-parcel"]

    def test_hsds_3_json_as_its_api_nests_it_is_taken_too(self, take):
        nested = {
            "contents": [
                {
                    "id": "a",
                    "name": "عيادة",
                    "status": "temporarily closed",
                    "assured_date": "2026-02-01",
                    "organization": {"id": "o", "name": "الهلال", "description": ""},
                    "service_at_locations": [
                        {"id": "s", "location": {"id": "l", "addresses": [{"id": "x", "address_1": "تلّة 3"}]}}
                    ],
                }
            ]
        }

        report = take(io.BytesIO(json.dumps(nested).encode()))

        row = Service.objects.get()
        assert report.outcomes == {"new": 1}
        assert (row.status, row.confirmed_on) == ("temporarily_closed", date(2026, 2, 1))
        assert row.sites.get().location.street == "تلّة 3"

    def test_a_flat_table_of_a_referral_line_is_taken_too(self, take):
        rows = [
            {
                "Agency Name": "بلدية الحيّ",
                "Public Name": "إرشاد قانوني",
                "Physical Address 1": "ساحة البلدية",
                "Physical City": "عمّان",
                "Phone1 Number": "0791234567",
                "Hours of Operation": "Sun-Thu 8:30am-2:00pm",
                "Documentation Required": "هوية; عقد الإيجار",
                "Fees": "مجاني",
                "Languages Offered": "Arabic; English",
                "Taxonomy Codes": "FT-3200",
                "Internal Notes": "x",
            }
        ]

        report = take(io.BytesIO(csv_of(rows)))

        row = Service.objects.get()
        assert (row.name, row.organisation.name, row.cost) == ("إرشاد قانوني", "بلدية الحيّ", "free")
        assert {one.weekday for one in row.schedules.all()} == {6, 0, 1, 2, 3}
        assert [one.words for one in row.documents.all()] == ["هوية", "عقد الإيجار"]
        assert [one.code for one in row.categories.all()] == ["legal"]
        assert "internal_notes" in report.left_out

    def test_arabic_of_an_old_code_page_stays_readable(self, take):
        rows = [{"agency": "جمعية الخير", "service": "مطبخ", "phone": "0791234567"}]

        report = take(io.BytesIO(csv_of(rows, encoding="cp1256")))

        assert Service.objects.get().organisation.name == "جمعية الخير"
        assert report.mended_by_code()["other_encoding"] == 1


class TestSettingRight:
    @pytest.mark.parametrize(
        ("written", "kept", "code"),
        [
            ("The centerGÇÖs kitchen", "The center’s kitchen", "letters_restored"),
            ("L’accueil des rÃ©fugiÃ©s", "L’accueil des réfugiés", "letters_restored"),
            ("First\\nsecond", "First\nsecond", "line_breaks_restored"),
            ("Open to all.\\n###COL###", "Open to all.", "marks_removed"),
            ("a\u202eb\x07", "ab", "controls_removed"),
        ],
    )
    def test_texts(self, take, written, kept, code):
        report = take(small(services=[PANTRY | {"description": written}]))

        assert Service.objects.get().description == kept
        assert code in report.mended_by_code()

    def test_a_number_that_nobody_can_dial_stays_as_it_was_written(self, take):
        report = take(small(phones=[{"id": "1", "service_id": "10", "number": "12*47"}]))

        assert Phone.objects.get().number == "12*47"
        assert report.mended_by_code() == {"phone_kept_as_written": 1}

    def test_hours_that_might_be_either_stay_words(self, take):
        given = {
            "weekday": "Monday",
            "opens_at": "9:00am",
            "closes_at": "5:00",
            "original_text": "9:00am-5:00",
        }

        report = take(small(schedules=[{"id": "1", "service_id": "10", **given}]))

        hours = Service.objects.get().schedules.get()
        assert (hours.weekday, hours.words) == (None, "9:00am-5:00")
        assert report.mended_by_code() == {"hours_kept_as_words": 1}

    def test_a_point_that_lies_nowhere_is_dropped(self, take):
        place = {"id": "7", "organization_id": "1", "latitude": "nan", "longitude": "35"}

        report = take(small(locations=[place]))

        assert Location.objects.get().latitude is None
        assert report.mended_by_code() == {"coordinates_dropped": 1}

    def test_a_web_address_that_would_run_a_script_is_dropped(self, take):
        report = take(small(services=[PANTRY | {"url": "javascript:alert(1)"}]))

        assert Service.objects.get().website == ""
        assert report.mended_by_code() == {"web_address_dropped": 1}

    def test_the_address_of_a_womens_shelter_is_sealed_even_when_the_file_tells_it(self, take):
        take(
            small(
                taxonomy=[{"id": "BH-1800.1500-100", "name": "Domestic Violence Shelters"}],
                services_taxonomy=[{"id": "1", "service_id": "10", "taxonomy_id": "BH-1800.1500-100"}],
            )
        )

        place = Location.objects.get()
        assert (place.confidential, place.street, place.latitude) == (True, "", None)
        assert "شارع السوق 4" in place.hidden_address


class TestRefusing:
    def test_says_of_every_row_why_not(self, take):
        report = take(
            small(
                organizations=[BANK, {"id": "2", "name": ""}, BANK],
                services=[
                    PANTRY,
                    PANTRY,
                    PANTRY | {"id": "11", "organization_id": "99"},
                    PANTRY | {"id": ""},
                ],
                phones=[{"id": "1", "service_id": "11", "number": "065000001"}],
                eligibility=[{"id": "1", "service_id": "", "eligibility": "all"}],
            )
        )

        assert refusals(report) == [
            ("organization", 3, "no_name"),
            ("organization", 4, "id_seen_before"),
            ("service", 3, "id_seen_before"),
            ("service", 5, "no_id"),
            ("service", 4, "unknown_organisation"),
            ("phone", 2, "service_was_refused"),
            ("eligibility", 2, "names_no_service"),
        ]

    def test_a_file_without_one_good_service_changes_nothing(self, take):
        with pytest.raises(NoServicesInFile):
            take(small(services=[PANTRY | {"organization_id": "99"}]))

        assert not Source.objects.exists()

    @pytest.mark.parametrize(
        "content", [b"", b"\x00\x01\x02", b"{]", b"[1, 2", b"a,b\n1,2\n", b'"' * 300_000]
    )
    def test_what_is_no_directory(self, take, content):
        with pytest.raises((NotADirectoryFile, NoServicesInFile)):
            take(io.BytesIO(content))

    def test_members_take_no_file_in(self, take, community):
        with pytest.raises(DirectoryForCoordinators):
            take(small(), actor=make.make_member(community))


class TestTwice:
    def test_the_same_file_again_changes_nothing(self, take):
        take(small())
        before = list(Service.objects.values())

        report = take(small(), at=make.NOON.replace(hour=11))

        assert report.outcomes == {"same": 1}
        assert list(Service.objects.values()) == before
        assert (Organisation.objects.count(), Location.objects.count()) == (1, 1)

    def test_a_newer_file_changes_what_it_changed_and_keeps_what_it_no_longer_names(self, take):
        take(small(services=[PANTRY, PANTRY | {"id": "11", "name": "مطبخ"}]))
        first = Service.objects.get(outer_id="10").public_id

        report = take(small(services=[PANTRY | {"name": "مخزن الحيّ"}]))

        assert Service.objects.get(outer_id="10").public_id == first
        assert Service.objects.get(outer_id="10").name == "مخزن الحيّ"
        assert (report.outcomes, report.absent, Service.objects.count()) == ({"changed": 1}, 1, 2)

    def test_what_a_coordinator_corrected_is_not_overwritten_unless_told_to(
        self, take, community, coordinator
    ):
        take(small())
        row = Service.objects.get()
        services.change_service(
            community=community,
            service_id=row.public_id,
            actor=coordinator,
            facts=services.ServiceFacts(
                name="مخزن الجيران", organisation="جمعية الخبز", place=services.PlaceFacts(street="شارع آخر")
            ),
            at=make.NOON,
            on=make.NOON.date(),
        )

        kept = take(small())
        assert kept.outcomes == {"kept_ours": 1}
        assert Service.objects.get().name == "مخزن الجيران"
        assert Location.objects.get().street == "شارع آخر"

        taken = take(small(), overwrite=True)
        assert taken.outcomes == {"changed": 1}
        assert Service.objects.get().name == "مخزن الطعام"
        assert Location.objects.get().street == "شارع السوق 4"

    def test_two_communities_read_one_file_each_for_itself(self, take):
        take(small())
        take(small(), community=make.make_community())

        assert Service.objects.count() == 2


def test_a_package_without_services_is_none(take):
    with pytest.raises(NotADirectoryFile):
        take(package(organizations=[BANK]))


@pytest.mark.parametrize(
    "columns",
    [
        {"العنوان": "شارع النخيل 5"},
        {"PhysicalAddress1": "شارع النخيل 5"},
        {"PhysicalAddress1": "شارع النخيل 5", "PhysicalCity": "عمّان"},
        {"Address": "شارع النخيل 5", "Latitude": "31.95", "Longitude": "35.91"},
    ],
    ids=lambda columns: "+".join(columns),
)
def test_the_address_of_a_flat_table_comes_with_its_service(take, columns):
    row = {"الخدمة": "مطبخ البركة", "الجهة": "جمعية البركة", "الهاتف": "0656666666", **columns}

    report = take(io.BytesIO(csv_of([row])))

    assert refusals(report) == []
    assert Location.objects.get().street == "شارع النخيل 5"
    assert Service.objects.get().sites.count() == 1

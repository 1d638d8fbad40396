"""Anybody finds a service and the way there without an account; coordinators keep the directory right."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from tadamun.pillars.aid.directory import queries, services
from tadamun.pillars.aid.directory.errors import NoSuchService
from tadamun.pillars.aid.directory.models import Location, Phone, Service
from tadamun.pillars.aid.directory.queries import Wanted
from tadamun.pillars.aid.directory.vocabulary import Cost, ServiceStatus
from tadamun.pillars.aid.directory.wording import language_name
from tests.aid import make

pytestmark = pytest.mark.django_db


def listed(community: Any, coordinator: Any, **facts: Any) -> Service:
    """A service written down at noon."""
    given = {"name": "مخزن الطعام", "organisation": "جمعية الخبز"} | facts
    return services.add_service(
        community=community,
        actor=coordinator,
        facts=services.ServiceFacts(**given),
        at=make.NOON,
        on=make.NOON.date(),
    )


def found(community: Any, *, at: datetime = make.NOON, viewer: Any = make.GUEST, **wanted: Any) -> list[str]:
    page = queries.service_page(community=community, viewer=viewer, wanted=Wanted(**wanted), at=at)
    return [row.name for row in page]


class TestLooking:
    @pytest.mark.parametrize("text", ["مخزن", "جمعيه الخبز", "الطّعام مخزن", "سلال"])
    def test_finds_by_words_however_they_are_spelt(self, community, coordinator, text):
        listed(community, coordinator, description="سِلال كلّ أسبوع")
        listed(community, coordinator, name="عيادة", organisation="الهلال")

        assert found(community, text=text) == ["مخزن الطعام"]

    def test_finds_what_stands_under_a_main_category(self, community, coordinator):
        make.make_category()
        listed(community, coordinator, categories=["food-parcel"])
        listed(community, coordinator, name="عيادة", categories=["health"])

        assert found(community, category="food") == ["مخزن الطعام"]
        assert found(community, category="food-parcel") == ["مخزن الطعام"]
        assert found(community, category="cooked-meal") == []

    def test_narrows_by_area_cost_and_language(self, community, coordinator):
        area = community.areas.get()
        place = services.PlaceFacts(street="شارع 1", town="عمّان", area=area)
        listed(community, coordinator, place=place, cost=Cost.FREE, languages=["ku"])
        listed(community, coordinator, name="عيادة")

        for wanted in ({"area": area.public_id}, {"free": True}, {"language": "ku"}, {"town": "عمّان"}):
            assert found(community, **wanted) == ["مخزن الطعام"], wanted

    @pytest.mark.parametrize(
        ("hours", "moment", "is_open"),
        [
            ((6, time(9), time(14)), "2026-03-01 12:00", True),
            ((6, time(9), time(14)), "2026-03-01 14:00", False),
            ((0, time(9), time(14)), "2026-03-01 12:00", False),
            ((6, time(20), time(2)), "2026-03-02 01:30", True),
            ((6, time(20), time(2)), "2026-03-02 02:00", False),
            ((6, time(0), time(0)), "2026-03-01 23:59", True),
        ],
    )
    def test_open_now_goes_by_the_communitys_clock_through_the_night(
        self, community, coordinator, hours, moment, is_open
    ):
        from zoneinfo import ZoneInfo

        listed(community, coordinator, hours=[services.HoursFacts(*hours)])
        at = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Amman"))

        assert found(community, open_now=True, at=at) == (["مخزن الطعام"] if is_open else [])

    def test_what_closed_is_listed_for_coordinators_alone(self, community, coordinator):
        row = listed(community, coordinator, status=ServiceStatus.DEFUNCT)

        assert found(community) == []
        assert found(community, unlisted=True) == []
        assert found(community, unlisted=True, viewer=coordinator) == ["مخزن الطعام"]
        with pytest.raises(NoSuchService):
            queries.service_card(
                community=community, service_id=row.public_id, viewer=make.GUEST, at=make.NOON
            )

    def test_another_community_has_its_own_directory(self, community, coordinator):
        listed(community, coordinator)

        assert found(make.make_community()) == []

    def test_a_page_costs_as_many_queries_for_twenty_as_for_one(
        self, community, coordinator, django_assert_max_num_queries
    ):
        place = services.PlaceFacts(street="شارع 1", town="عمّان")
        for number in range(25):
            listed(community, coordinator, name=f"خدمة {number}", place=place, categories=["food"])

        with django_assert_max_num_queries(8):
            assert len(found(community)) == 20


class TestThePage:
    def test_says_where_when_and_with_which_papers(self, client, community, coordinator):
        row = listed(
            community,
            coordinator,
            documents=["دفتر العائلة"],
            phones=["06 500 0001"],
            hours=[services.HoursFacts(6, time(9), time(14, 30))],
            place=services.PlaceFacts(street="شارع السوق 4", town="عمّان", way_there="خلف الفرن"),
        )

        page = client.get(f"/c/{community.slug}/directory/{row.public_id}/").content.decode()

        for words in ("شارع السوق 4", "خلف الفرن", "دفتر العائلة", "tel:+96265000001", "٢:٣٠", "الأحد"):
            assert words in page, words

    def test_warns_when_nobody_asked_for_a_year(self, client, community, coordinator):
        row = listed(community, coordinator)
        address = f"/c/{community.slug}/directory/{row.public_id}/"
        Service.objects.update(confirmed_on=timezone.now().date())
        fresh = client.get(address).content.decode()
        Service.objects.update(confirmed_on=timezone.now().date() - timedelta(days=400))

        assert "say wait" not in fresh
        assert "say wait" in client.get(address).content.decode()

    def test_tells_nobody_but_coordinators_where_a_shelter_lies(self, client, community, coordinator):
        member = make.make_member(community)
        place = services.PlaceFacts(
            street="منعطف الملجأ ٧", town="عمّان", latitude=31.9, longitude=35.9, confidential=True
        )
        row = listed(community, coordinator, place=place)
        address = f"/c/{community.slug}/directory/{row.public_id}/"

        for viewer, told in ((None, False), (member, False), (coordinator, True)):
            client.logout()
            if viewer:
                client.force_login(viewer)
            page = client.get(address).content.decode()
            assert ("منعطف الملجأ ٧" in page) is told
            assert ("31.900000" in page) is told
        stored = Location.objects.values_list("street", "latitude", "hidden_address").get()
        assert stored[:2] == ("", None)
        assert "منعطف" not in Service.objects.get().searched

    def test_is_gone_where_the_directory_is_switched_off(self, client, community, coordinator):
        row = listed(community, coordinator)
        community.switched_off = ["directory"]
        community.save()

        assert client.get(f"/c/{community.slug}/directory/").status_code == 404
        assert client.get(f"/c/{community.slug}/directory/{row.public_id}/").status_code == 404


@pytest.fixture
def form() -> dict[str, Any]:
    """The least that the form of a service asks for."""
    return {
        "form_token": "one",
        "name": "عيادة الحيّ",
        "organisation": "الهلال",
        "category": "health",
        "cost": "free",
        "status": "active",
    }


class TestKeeping:
    def test_adds_a_service_once_however_often_the_form_is_sent(self, client, community, coordinator, form):
        make.make_category()
        client.force_login(coordinator)
        given = form | {
            "phones": "06 500 0001 x12\n911",
            "documents": "هوية\n\nصورة",
            "languages": ["ar", "en"],
            "day_6": "٩ إلى ١٤:٣٠, 16-19",
            "hours_words": "في رمضان حتى الواحدة",
            "street": "شارع المدرسة 3",
            "point": "31.95, 35.91",
        }

        for _ in range(2):
            answer = client.post(f"/c/{community.slug}/directory/new/", given)
            assert answer.status_code == 302, answer.content.decode()

        row = Service.objects.get()
        spans = [(one.weekday, one.opens, one.closes, one.words) for one in row.schedules.order_by("pk")]
        assert spans == [
            (6, time(9), time(14, 30), ""),
            (6, time(16), time(19), ""),
            (None, None, None, "في رمضان حتى الواحدة"),
        ]
        assert [(one.number, one.extension) for one in row.phones.all()] == [
            ("+96265000001", "12"),
            ("911", ""),
        ]
        assert [one.words for one in row.documents.all()] == ["هوية", "صورة"]
        assert row.confirmed_by == coordinator

    def test_says_beside_the_field_what_is_not_understood_and_keeps_the_rest(
        self, client, community, coordinator, form
    ):
        make.make_category()
        client.force_login(coordinator)
        given = form | {
            "day_0": "when the sun is up",
            "minimum_age": "60",
            "maximum_age": "18",
            "street": "شارع 9",
        }

        answer = client.post(f"/c/{community.slug}/directory/new/", given)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'id="id_day_0_error"' in page
        assert 'id="id_maximum_age_error"' in page
        assert "شارع 9" in page
        assert not Service.objects.exists()

    def test_correcting_keeps_what_the_form_does_not_ask(self, client, community, coordinator, form):
        make.make_category()
        row = listed(
            community,
            coordinator,
            categories=["food", "health", "legal"],
            phones=["06 500 0001"],
            place=services.PlaceFacts(street="شارع 1", name="المقرّ", postal_code="11181"),
        )
        Phone.objects.update(words="الاستقبال")
        client.force_login(coordinator)
        address = f"/c/{community.slug}/directory/{row.public_id}/edit/"
        assert client.get(address).status_code == 200

        client.post(
            address,
            form | {"category": "food", "also": "health", "phones": "+96265000001", "street": "شارع 2"},
        )

        row.refresh_from_db()
        place = Location.objects.get()
        assert {one.code for one in row.categories.all()} == {"food", "health", "legal"}
        assert [(one.number, one.words) for one in row.phones.all()] == [("+96265000001", "الاستقبال")]
        assert (place.street, place.name, place.postal_code) == ("شارع 2", "المقرّ", "11181")
        assert row.edited_at is not None

    def test_confirming_dates_it_today_in_the_community(self, client, community, coordinator):
        row = listed(community, coordinator)
        Service.objects.update(confirmed_on=date(2020, 1, 1))
        client.force_login(coordinator)

        client.post(f"/c/{community.slug}/directory/{row.public_id}/confirm/")

        row.refresh_from_db()
        assert abs(row.confirmed_on - timezone.now().date()) <= timedelta(days=1)
        assert row.confirmed_by == coordinator

    def test_forgets_who_confirmed_and_keeps_that_it_was(self, community, coordinator):
        row = listed(community, coordinator)
        assert queries.my_records(person=coordinator)["services_confirmed"][0]["service"] == "مخزن الطعام"

        services.forget_person(person=coordinator, at=make.NOON)

        row.refresh_from_db()
        assert (row.confirmed_by, row.confirmed_on) == (None, make.NOON.date())


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_languages_are_called_as_the_readers_own_calls_them(client, community, coordinator, language):
    service = listed(community, coordinator, languages=("ku", "hy"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = client.get(f"/c/{community.slug}/directory/{service.public_id}/").content.decode()

    assert "Kurdî" not in page
    assert "Հայերեն" not in page
    with override(language):
        assert str(language_name("ku")) in page

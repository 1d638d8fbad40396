"""Pages of a steward: what the community says of itself, its areas and its catalogue."""

import pytest

from tadamun.foundation.catalogue.models import Category, HiddenCategory
from tadamun.foundation.catalogue.services import load_catalogue
from tadamun.foundation.communities.models import Community
from tadamun.foundation.places.models import Area
from tests.foundation.communities.addresses import form_token, url


class TestSettings:
    FACTS = {
        "name": "حيّ النخيل",
        "welcome": "",
        "region": "MA",
        "currency": "mad",
        "time_zone": "Africa/Casablanca",
        "middle": "٣١٫٩٥، ٣٥٫٩١",
    }

    def test_saves_what_the_community_says(self, enter):
        assert enter("steward").post(url("communities:settings"), self.FACTS).status_code == 302

        here = Community.objects.get()
        assert (here.name, here.region, here.currency, here.latitude, here.open_to_join) == (
            "حيّ النخيل",
            "MA",
            "MAD",
            31.95,
            False,
        )

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"name": "ا" * 5000},
            {"region": "XX"},
            {"currency": "12"},
            {"time_zone": "Mars/Olympus"},
            {"middle": "here"},
            {"middle": "95, 10"},
            {"name": "a\x00b"},
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_rest(self, enter, wrong):
        answer = enter("steward").post(url("communities:settings"), self.FACTS | wrong)

        assert answer.status_code == 200
        assert b'role="alert"' in answer.content
        assert Community.objects.get().name == "حيّ الزيتون"

    def test_saves_the_helpline_with_hours_in_either_digit_set(self, enter):
        given = {"name": "هند", "phone": "٠٧٩٠٠٠٠٠٠٠", "opens": "٩", "closes": "20:30"}

        assert enter("steward").post(url("communities:helpline"), given).status_code == 302

        here = Community.objects.get()
        assert (here.helpline_phone, here.helpline_opens.hour, here.helpline_closes.minute) == (
            "+962790000000",
            9,
            30,
        )

    @pytest.mark.parametrize(
        "wrong", [{"phone": "12"}, {"phone": "\x00"}, {"opens": "25:99"}, {"opens": "9"}]
    )
    def test_refuses_a_helpline_that_makes_no_sense(self, enter, wrong):
        answer = enter("steward").post(url("communities:helpline"), wrong)

        assert b'role="alert"' in answer.content

    def test_switches_parts(self, enter):
        browser = enter("steward")

        browser.post(url("communities:parts"), {})
        assert "needs" in Community.objects.get().switched_off
        browser.post(url("communities:parts"), {"in_use": ["needs"]})
        assert "needs" not in Community.objects.get().switched_off


class TestAreas:
    @pytest.mark.parametrize(
        ("middle", "says"),
        [
            ("999, 35", "Latitude runs from 90 south to 90 north"),
            ("٩٩٩، ٣٥", "Latitude runs from 90 south to 90 north"),
            ("31.95, 1800", "longitude from 180 west to 180 east"),
            ("by the well", "Two numbers are needed, such as"),
            ("31.95", "Two numbers are needed, such as"),
        ],
    )
    def test_says_what_is_wrong_with_a_point(self, enter, middle, says):
        browser = enter("steward")
        browser.cookies["language"] = "en"

        page = browser.post(url("places:areas"), {"name": "شارع النخيل", "middle": middle, "form_token": "x"})

        assert says in page.content.decode()
        assert not Area.objects.exists()

    def test_adds_once_corrects_and_closes(self, enter):
        browser = enter("steward")
        page = browser.get(url("places:areas"))
        given = {"name": "شارع النخيل", "middle": "31.95 35.91", "form_token": form_token(page)}

        for _ in range(2):
            assert browser.post(url("places:areas"), given).status_code == 302
        area = Area.objects.get()
        page = browser.get(url("places:area", area.public_id))
        browser.post(
            url("places:area", area.public_id),
            {"name": "شارع الزيتون", "middle": "32, 36", "position": "٣", "form_token": form_token(page)},
        )
        browser.post(url("places:area_deed", area.public_id, "close"))

        area.refresh_from_db()
        assert (area.name, area.latitude, area.position) == ("شارع الزيتون", 32.0, 3)
        assert area.closed_at is not None

    def test_a_name_that_is_taken_is_said_beside_its_field(self, enter):
        browser = enter("steward")
        for name in ("أ", "ب"):
            token = form_token(browser.get(url("places:areas")))
            browser.post(url("places:areas"), {"name": name, "middle": "31, 35", "form_token": token})

        token = form_token(browser.get(url("places:areas")))
        answer = browser.post(url("places:areas"), {"name": "ب", "middle": "31, 35", "form_token": token})

        assert answer.status_code == 200
        assert b'href="#id_name"' in answer.content


class TestCatalogue:
    @pytest.fixture(autouse=True)
    def catalogue(self, db):
        load_catalogue()

    FACTS = {
        "name_ar": "عدّة كهرباء",
        "parent": "household",
        "icon": "tools",
        "unit": "item",
        "safety_tier": "0",
    }

    def test_adds_once_changes_and_closes_an_own_category(self, enter):
        browser = enter("steward")
        token = form_token(browser.get(url("catalogue:add_category")))

        for _ in range(2):
            assert (
                browser.post(url("catalogue:add_category"), self.FACTS | {"form_token": token}).status_code
                == 302
            )
        row = Category.objects.exclude(community=None).get()
        token = form_token(browser.get(url("catalogue:category", row.code)))
        changed = self.FACTS | {"name_en": "Power tools", "perishable": "on", "form_token": token}
        browser.post(url("catalogue:category", row.code), changed)
        browser.post(url("catalogue:category_deed", row.code, "close"))

        row.refresh_from_db()
        assert (row.name_en, row.perishable, row.parent.code) == ("Power tools", True, "household")
        assert row.closed_at is not None

    def test_hides_and_shows_a_shared_one(self, enter):
        browser = enter("steward")

        browser.post(url("catalogue:category_deed", "food", "hide"))
        assert HiddenCategory.objects.count() == 1
        browser.post(url("catalogue:category_deed", "food", "show"))
        assert HiddenCategory.objects.count() == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name_ar": ""},
            {"unit": "ton"},
            {"safety_tier": "9"},
            {"icon": "../../x"},
            {"parent": "night"},
            {"name_ar": "ا" * 10_000},
            {"safety_tier": "x"},
        ],
    )
    def test_says_what_is_wrong(self, enter, wrong):
        browser = enter("steward")
        token = form_token(browser.get(url("catalogue:add_category")))

        answer = browser.post(url("catalogue:add_category"), self.FACTS | {"form_token": token} | wrong)

        assert answer.status_code == 200
        assert b'role="alert"' in answer.content
        assert not Category.objects.exclude(community=None).exists()

    def test_a_shared_one_has_no_page_to_change_it(self, enter):
        assert enter("steward").get(url("catalogue:category", "food")).status_code == 404

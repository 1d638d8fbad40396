"""Asking for help on the page: four questions, a confirmation with number and PIN, and nothing lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Consent, Person
from tadamun.pillars.aid.needs.models import NeedLine, Request
from tests.aid import make
from tests.aid.asking.pages import FOUR_ANSWERS, ask, form_data, here, pin_of, send, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(community: Community) -> None:
    make.make_category()


class TestFourQuestions:
    def test_make_a_request_with_number_and_pin(
        self, client: Client, community: Community, coordinator: Person
    ):
        page = ask(client, community)

        request = Request.objects.get()
        assert page.status_code == 200
        assert request.phone == "+962791234567"
        assert (request.household_size, request.owner, request.language) == (5, coordinator, "ar")
        assert request.consent is not None
        assert (request.consent.purpose, request.consent.text_version) == ("help", "1")
        line = request.lines.get()
        assert (line.category.code, line.when, line.quantity) == ("food", "today", 1)
        assert str(request.number) in page.content.decode()
        assert len(pin_of(page)) == 6
        assert coordinator.first_name in page.content.decode()

    def test_open_the_page_of_the_request_without_a_pin_in_this_browser_only(
        self, client: Client, community: Community
    ):
        ask(client, community)
        url = here(community, f"track/{Request.objects.get().public_id}/")

        assert client.get(url).status_code == 200
        assert Client().get(url).headers["Location"] == here(community, "track/")

    def test_show_the_pin_until_the_page_of_the_request_is_opened(self, client: Client, community: Community):
        ask(client, community)
        request = Request.objects.get()
        url = here(community, f"asked/{request.public_id}/")

        again = client.get(url)
        client.get(here(community, f"track/{request.public_id}/"))
        later = client.get(url)

        assert len(pin_of(again)) == 6
        assert later.status_code == 302

    def test_make_one_record_when_the_form_is_sent_twice(self, client: Client, community: Community):
        url = here(community, "ask/")
        data = form_data(client.get(url)) | FOUR_ANSWERS

        first, second = client.post(url, data, follow=True), client.post(url, data, follow=True)

        assert Request.objects.count() == 1
        assert pin_of(first) == pin_of(second)

    @pytest.mark.parametrize("missing", ["category", "when", "household_size", "phone"])
    def test_say_what_is_missing_and_keep_what_was_typed(
        self, client: Client, community: Community, missing: str
    ):
        page = ask(client, community, notes="كلمات لا تضيع", **{missing: ""})

        html = page.content.decode()
        assert page.status_code == 422
        assert "كلمات لا تضيع" in html
        assert 'role="alert"' in html
        assert 'aria-invalid="true"' in html
        assert Request.objects.count() == 0

    def test_take_no_phone_only_from_whoever_looks_at_their_page(self, client: Client, community: Community):
        assert ask(client, community, phone="").status_code == 422
        assert ask(client, community, phone="", contact_way="neither").status_code == 200

        assert Request.objects.get().phone is None

    def test_begin_with_the_tile_somebody_came_by(self, client: Client, community: Community):
        page = client.get(here(community, "ask/"), {"category": "food"})

        assert form_data(page)["category"] == ["food"]

    def test_are_closed_where_the_community_does_not_use_them(self, client: Client, community: Community):
        community.switched_off = ["needs"]
        community.save()

        assert client.get(here(community, "ask/")).status_code == 404


class TestDetails:
    def test_hold_several_lines_in_one_request(self, client: Client, community: Community):
        area = make.make_area(community, name="الكرمة", km=1)
        ask(
            client,
            community,
            exact="cooked-meal",
            detail="بلا ملح",
            quantity="٣",
            area=area.public_id,
            address="شارع الوادي ٣",
            safe_hours="صباحًا",
            notes="الطابق الثاني",
            requirements=["no_stairs", "halal"],
            delivery="home",
            **{
                "more1-category": "nappies",
                "more1-quantity": "2",
                "more1-when": "week",
                "more1-detail": "قياس ٤",
                "more3-category": "blankets",
            },
        )

        request = Request.objects.get()
        lines = {line.category.code: line for line in request.lines.all()}
        assert set(lines) == {"cooked-meal", "nappies", "blankets"}
        assert (lines["cooked-meal"].quantity, lines["cooked-meal"].detail) == (3, "بلا ملح")
        assert (lines["nappies"].quantity, lines["nappies"].detail) == (2, "قياس ٤")
        assert request.place is not None
        assert (request.place.area, request.place.address) == (area, "شارع الوادي ٣")
        assert request.requirements == ["halal", "no_stairs"]

    def test_need_the_exact_thing_for_something_else(self, client: Client, community: Community):
        assert ask(client, community, category="other").status_code == 422
        ask(client, community, category="other", exact="shoes")

        assert NeedLine.objects.get().category.code == "shoes"

    def test_refuse_a_thing_that_stands_under_another_tile(self, client: Client, community: Community):
        page = ask(client, community, category="food", exact="nappies")

        assert page.status_code == 422
        assert '<details class="more" open>' in page.content.decode()

    def test_ask_for_somebody_else_only_with_their_consent(self, client: Client, community: Community):
        assert ask(client, community, on_behalf="on", recipient_name="أم كريم").status_code == 422
        ask(client, community, on_behalf="on", recipient_name="أم كريم", recipient_agrees="on")

        request = Request.objects.get()
        assert (request.origin, request.recipient_name) == ("on_behalf", "أم كريم")
        assert request.consent is not None
        assert request.consent.purpose == "on_behalf"

    def test_show_in_public_only_what_is_not_sensitive(self, client: Client, community: Community):
        ask(client, community, shows_in_public="on")
        ask(client, community, category="health", shows_in_public="on")

        food, health = Request.objects.order_by("pk")
        assert (food.shows_in_public, health.shows_in_public) == (True, False)
        assert Consent.objects.filter(purpose="public_need").count() == 1

    def test_keep_nothing_on_a_borrowed_phone(self, client: Client, community: Community):
        page = ask(client, community, forget="on")
        request = Request.objects.get()

        assert len(pin_of(page)) == 6
        assert client.get(here(community, f"track/{request.public_id}/")).status_code == 302
        assert client.get(here(community, f"asked/{request.public_id}/")).status_code == 302
        assert request.public_id not in str(dict(client.session))


HOSTILE: list[dict[str, Any]] = [
    {"household_size": "9" * 400},
    {"household_size": "-1"},
    {"quantity": "٩٩٩٩٩٩٩٩٩٩٩"},
    {"quantity": "1e9"},
    {"notes": "ن" * 100_000},
    {"asker_name": "أ" * 100_000},
    {"phone": "+" * 5000},
    {"category": "' OR 1=1 --"},
    {"exact": "<script>"},
    {"area": "none-such"},
    {"when": "yesterday"},
    {"requirements": ["halal", "drop table"]},
    {"more1-category": "none-such"},
    {"more2-quantity": "0", "more2-category": "nappies"},
    {"more1-detail": "كلمات بلا نوع"},
]


class TestHostileInput:
    @pytest.mark.parametrize("said", HOSTILE)
    def test_is_answered_with_a_sentence(self, client: Client, community: Community, said: dict[str, Any]):
        page = ask(client, community, **said)

        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()
        assert Request.objects.count() == 0

    @pytest.mark.parametrize("words", ["سطر\x00ثانٍ", "‮مقلوب", "<b>غليظ</b>", "'; DROP TABLE needs;--"])
    def test_is_kept_as_harmless_words(self, client: Client, community: Community, words: str):
        page = ask(client, community, asker_name=words, notes=words)

        request = Request.objects.get()
        assert page.status_code == 200
        assert "\x00" not in request.asker_name
        assert "‮" not in request.notes
        assert "<b>" not in client.get(here(community, f"track/{request.public_id}/")).content.decode()

    def test_reaches_a_limit_that_keeps_what_was_typed(
        self, client: Client, community: Community, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("tadamun.pillars.aid.needs.views.asking.ASKED_MOST", 2)
        for _ in range(2):
            ask(Client(), community)

        page = ask(client, community, notes="كلمات لا تضيع")

        assert page.status_code == 429
        assert "كلمات لا تضيع" in page.content.decode()
        assert Request.objects.count() == 2


class TestByPhone:
    def test_is_for_coordinators(self, client: Client, community: Community, volunteer: Person):
        url = here(community, "requests/new/")
        assert client.get(url).status_code == 403
        client.force_login(volunteer)
        assert client.get(url).status_code == 403

    def test_records_that_consent_was_read_aloud(
        self, client: Client, community: Community, coordinator: Person
    ):
        sign_in(client, coordinator)
        url = here(community, "requests/new/")
        refused = send(client, url, **FOUR_ANSWERS)
        page = send(client, url, follow=True, read_aloud="on", asker_name="أبو سامر", **FOUR_ANSWERS)

        request = Request.objects.get()
        assert refused.status_code == 422
        assert (request.origin, request.entered_by, request.asker) == ("phone", coordinator, None)
        assert request.consent is not None
        assert (request.consent.means, request.consent.recorded_by) == ("phone", coordinator)
        assert request.asker_name == "أبو سامر"
        assert len(pin_of(page)) == 6
        assert client.get(here(community, f"track/{request.public_id}/")).status_code == 302


class TestPublicNeeds:
    def test_show_category_and_area_only_with_consent(
        self, client: Client, community: Community, coordinator: Person
    ):
        shown = make.make_line(community, by=coordinator, shows_in_public=True)
        make.make_line(community, by=coordinator, category="nappies")

        html = client.get(here(community, "open-needs/")).content.decode()

        assert "سلّة غذائية" in html
        assert "حفاضات" not in html
        assert shown.request.asker_name not in html
        assert shown.request.public_id not in html

    def test_vanish_when_a_member_withdraws_the_consent(
        self, client: Client, community: Community, coordinator: Person, volunteer: Person
    ):
        make.make_line(community, by=coordinator, actor=volunteer, shows_in_public=True)
        assert "سلّة غذائية" in client.get(here(community, "open-needs/")).content.decode()

        Consent.objects.filter(purpose="public_need").update(withdrawn_at=make.NOON)

        assert "سلّة غذائية" not in client.get(here(community, "open-needs/")).content.decode()

"""Offering help: guests at the door, members further, and looking after what one offers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.consents import consent_text
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.queries import consents_of
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.pillars.aid.needs.models import Offer
from tests.aid import make
from tests.aid.asking.pages import form_data, here, send

pytestmark = pytest.mark.django_db

GUEST = {"giver_name": "أبو يزن", "phone": "٠٧٩ ٧٦٥ ٤٣٢١"}


@pytest.fixture(autouse=True)
def _catalogue(community: Community) -> None:
    make.make_category()


def day(*, ahead: int) -> str:
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


class TestGuest:
    def test_offers_what_is_handed_over_at_a_door(self, client: Client, community: Community):
        answer = send(
            client,
            here(community, "offer/food/"),
            follow=True,
            category="cooked-meal",
            quantity="٤",
            rhythm="weekly",
            reach="10",
            best_before=day(ahead=2),
            storage="cold",
            allergens="مكسّرات",
            provides=["halal"],
            **GUEST,
        )

        offer = Offer.objects.get()
        assert answer.status_code == 200
        assert (offer.category.code, offer.quantity, offer.rhythm, offer.reach_km) == (
            "cooked-meal",
            4,
            "weekly",
            10,
        )
        assert (offer.giver, offer.giver_name, offer.phone) == (None, "أبو يزن", "+962797654321")
        assert offer.provides == ["brought_home", "halal"]
        assert (offer.storage, offer.allergens) == ("cold", "مكسّرات")

    def test_needs_name_and_phone(self, client: Client, community: Community):
        assert send(client, here(community, "offer/food/"), category="food").status_code == 422
        assert Offer.objects.count() == 0

    def test_reads_beside_the_date_that_it_is_over(self, client: Client, community: Community):
        said = {"category": "cooked-meal", "quantity": "1", "reach": "5", **GUEST}
        for name in ("best_before", "until_on"):
            answer = send(client, here(community, "offer/food/"), **{**said, name: day(ahead=-1)})
            assert answer.status_code == 422
            assert answer.context["form"].errors == {name: ["هذا اليوم مضى."]}
        assert not Offer.objects.exists()

    def test_is_told_kindly_that_a_home_visit_needs_an_account(self, client: Client, community: Community):
        for main in ("shelter", "transport"):
            html = client.get(here(community, f"offer/{main}/")).content.decode()
            assert "فتح حساب" in html

    def test_cannot_slip_a_home_visit_in(self, client: Client, community: Community):
        answer = send(client, here(community, "offer/household/"), category="home-repair", **GUEST)

        assert answer.status_code == 422
        assert Offer.objects.count() == 0

    def test_makes_one_offer_of_a_form_sent_twice(self, client: Client, community: Community):
        url = here(community, "offer/food/")
        data = form_data(client.get(url)) | {"category": "food", **GUEST}

        client.post(url, data)
        client.post(url, data)

        assert Offer.objects.count() == 1

    @pytest.mark.parametrize("main", ["money", "none-such"])
    def test_finds_no_page_for_what_cannot_be_offered(self, client: Client, community: Community, main: str):
        assert client.get(here(community, f"offer/{main}/")).status_code == 404


def test_no_list_ends_in_a_separator(client: Client, community: Community):
    page = client.get(here(community, "offer/")).content.decode()

    assert " · " in page
    assert not re.search(r"·\s*(?:<|\()", page)


class TestTheConsent:
    def test_is_to_the_text_about_offering_and_the_page_shows_it(self, client: Client, community: Community):
        text = consent_text(purpose=ConsentPurpose.OFFER)
        assert text is not None

        page = client.get(here(community, "offer/food/")).content.decode()
        send(client, here(community, "offer/food/"), category="food", **GUEST)

        assert all(escape(str(words)) in page for words in text.paragraphs)
        consent = Offer.objects.get().consent
        assert consent is not None
        assert (consent.purpose, consent.text_version, consent.means) == ("offer", text.version, "self")

    def test_of_a_member_stands_among_their_own_data(
        self, client: Client, community: Community, volunteer: Person
    ):
        client.force_login(volunteer)
        send(client, here(community, "offer/food/"), category="food")

        held = consents_of(person=volunteer)
        assert "offer" in [card.purpose for card in held]
        assert client.get("/consents/offer/1/").status_code == 200


HOSTILE: list[dict[str, Any]] = [
    {"quantity": "0"},
    {"quantity": "٩٩٩٩٩٩٩"},
    {"reach": "5000"},
    {"rhythm": "hourly"},
    {"until_on": "yesterday"},
    {"until_on": "2026-02-31"},
    {"until_on": "2001-01-01"},
    {"from_on": "2999-01-02", "until_on": "2999-01-01"},
    {"best_before": "1999-12-31"},
    {"storage": "warm"},
    {"monthly_limit": "-3"},
    {"detail": "ن" * 100_000},
    {"provides": ["halal", "gold"]},
    {"area": "none-such"},
    {"is_organisation": "on", "giver_name": ""},
    {"category": "nappies"},
]


class TestHostileInput:
    @pytest.mark.parametrize("said", HOSTILE)
    def test_is_answered_with_a_sentence(self, client: Client, community: Community, said: dict[str, Any]):
        answer = send(client, here(community, "offer/food/"), **{"category": "food", **GUEST, **said})

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert Offer.objects.count() == 0


class TestMember:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client: Client, volunteer: Person) -> None:
        client.force_login(volunteer)

    def test_offers_a_roof_with_what_a_household_needs_to_know(
        self, client: Client, community: Community, volunteer: Person
    ):
        answer = send(
            client,
            here(community, "offer/shelter/"),
            follow=True,
            category="night",
            quantity="3",
            beds="4",
            nights_from=day(ahead=1),
            nights_until=day(ahead=20),
            welcome="women",
            house_rules="لا تدخين",
            about_house="غرفة مستقلّة",
        )

        offer = Offer.objects.get()
        assert answer.status_code == 200
        assert (offer.giver, offer.divisible, offer.shelter.beds) == (volunteer, False, 4)
        assert (offer.shelter.women_only, offer.shelter.families_welcome) == (True, False)
        assert "women_only_house" in offer.provides
        assert "بانتظار لقاء" in answer.content.decode()

    def test_must_say_of_a_roof_how_many_beds_and_when(self, client: Client, community: Community):
        answer = send(client, here(community, "offer/shelter/"), category="night")

        assert answer.status_code == 422
        assert answer.content.decode().count('class="fe"') >= 3

    def test_rests_goes_on_and_ends_an_offer(self, client: Client, community: Community, volunteer: Person):
        offer = make.make_offer(community, giver=volunteer, at=timezone.now())
        url = here(community, f"offers/{offer.public_id}/")

        bad = client.post(f"{url}pause/", {"until": "2001-01-01"})
        client.post(f"{url}pause/", {"until": day(ahead=7)})
        offer.refresh_from_db()
        paused = offer.paused_until
        client.post(f"{url}resume/")
        offer.refresh_from_db()
        resumed = offer.paused_until
        send(client, f"{url}close/")
        client.post(f"{url}close/")

        offer.refresh_from_db()
        assert bad.status_code == 422
        assert paused is not None
        assert resumed is None
        assert offer.state == "closed"

    def test_sees_own_offers_only(self, client: Client, community: Community, volunteer: Person):
        own = make.make_offer(community, giver=volunteer, category="nappies", at=timezone.now())
        other = make.make_offer(community, category="blankets", at=timezone.now())

        html = client.get(here(community, "my-offers/")).content.decode()

        assert own.public_id in html
        assert other.public_id not in html
        for verb in ("", "close/"):
            assert client.get(here(community, f"offers/{other.public_id}/{verb}")).status_code == 404
        assert client.post(here(community, f"offers/{other.public_id}/close/")).status_code == 403
        assert (
            client.post(
                here(community, f"offers/{other.public_id}/pause/"), {"until": day(ahead=3)}
            ).status_code
            == 403
        )

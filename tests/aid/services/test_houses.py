"""A house of women only is for households of whom somebody has said that they are women; nobody guesses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import OfferDoesNotFit
from tadamun.pillars.aid.needs.fitting import misfit
from tadamun.pillars.aid.needs.models import Match, Offer, Request
from tadamun.pillars.aid.needs.slots import local_day, slot_for
from tadamun.pillars.aid.needs.vocabulary import Household
from tests.aid import make
from tests.aid.board.conftest import browser_of  # noqa: F401
from tests.aid.make import NOON

pytestmark = pytest.mark.django_db
EVERY_HOUSE = {"all": (False, True), "women": (True, False), "single": (False, False)}
FITS = {
    # house: {(who comes, how many): why not}
    "all": {
        (Household.WOMEN, 3): "",
        (Household.MIXED, 3): "",
        (Household.UNKNOWN, 3): "",
        (Household.UNKNOWN, None): "",
    },
    "women": {
        (Household.WOMEN, 1): "",
        (Household.WOMEN, 3): "",
        (Household.MIXED, 1): "requirement",
        (Household.MIXED, 3): "requirement",
        (Household.UNKNOWN, 1): "household_unknown",
        (Household.UNKNOWN, 3): "household_unknown",
        (Household.UNKNOWN, None): "household_unknown",
        (Household.WOMEN, 9): "requirement",
    },
    "single": {
        (Household.MIXED, 1): "",
        (Household.WOMEN, 1): "",
        (Household.UNKNOWN, 1): "",
        (Household.MIXED, 3): "requirement",
        (Household.UNKNOWN, None): "requirement",
    },
}
CASES = [(house, *who, why) for house, rows in FITS.items() for who, why in rows.items()]


def make_house(community, kind):
    women_only, families = EVERY_HOUSE[kind]
    host = make.make_member(community, "volunteer", overnight=True)
    today = local_day(community=community, at=NOON)
    return make.make_offer(
        community,
        giver=host,
        category="night",
        quantity=3,
        shelter=services.ShelterOffer(
            beds=6,
            nights_from=today,
            nights_until=today + timedelta(days=20),
            women_only=women_only,
            families_welcome=families,
        ),
    )


def make_night(community, by, household, size=3, **details):
    return make.make_line(
        community,
        by=by,
        category="night",
        quantity=2,
        household=household,
        household_size=size,
        **details,
    )


@pytest.mark.parametrize(("kind", "household", "size", "why"), CASES)
def test_a_house_fits_by_who_comes(community, coordinator, kind, household, size, why):
    house = make_house(community, kind)
    line = make_night(community, coordinator, household, size)
    slot = slot_for(offer=house, on=local_day(community=community, at=NOON))
    slot.offer = Offer.objects.get(pk=house.pk)

    assert misfit(line=line, slot=slot, at=NOON) == why


@pytest.mark.parametrize(("kind", "household", "size", "why"), CASES)
def test_a_round_proposes_exactly_the_houses_that_fit(community, coordinator, kind, household, size, why):
    make_house(community, kind)
    make_night(community, coordinator, household, size)

    row = services.ask_for_round(community=community, actor=coordinator, at=NOON)
    row = services.reckon_round(round_id=row.public_id, at=NOON)

    assert Match.objects.count() == (0 if why else 1)
    assert row.violations == 0


def test_a_parcel_asks_nobody_who_lives_there(community, coordinator):
    make.make_offer(community)
    make.make_line(community, by=coordinator)

    row = services.ask_for_round(community=community, actor=coordinator, at=NOON)
    services.reckon_round(round_id=row.public_id, at=NOON)

    assert Match.objects.count() == 1


def test_a_household_that_wants_a_house_of_women_is_asked_who_comes_all_the_same(community, coordinator):
    make_house(community, "women")
    line = make_night(community, coordinator, Household.UNKNOWN, requirements=("women_only_house",))

    assert queries.choices_for(line_id=line.public_id, viewer=coordinator, at=NOON) == []


class TestConfirming:
    def test_a_coordinator_says_who_comes_before_a_house_of_women_can_be_asked(self, community, coordinator):
        house = make_house(community, "women")
        line = make_night(community, coordinator, Household.UNKNOWN)
        with pytest.raises(OfferDoesNotFit) as refused:
            make.invited_match(line, house, by=coordinator)
        assert refused.value.params["why"] == "household_unknown"

        services.complete_request(
            request_id=line.request.public_id,
            said=services.Completion(household=Household.WOMEN),
            actor=coordinator,
            at=NOON,
        )

        assert make.invited_match(line, house, by=coordinator).state == "invited"

    def test_on_the_page_and_the_fact_is_shown(self, community, coordinator, browser_of):  # noqa: F811
        line = make_night(community, coordinator, Household.UNKNOWN)
        desk = browser_of(coordinator)
        request_page = reverse("needs:request", args=[community.slug, line.request.public_id])
        details = reverse("needs:request_details", args=[community.slug, line.request.public_id])
        assert "houses of women only are left out" in desk.get(request_page).content.decode()
        assert 'name="household"' in desk.get(details).content.decode()

        given = {
            "household": "women",
            "household_size": "3",
            "delivery": "either",
            "contact_way": "call",
            f"quantity_{line.public_id}": "2",
        }
        assert desk.post(details, given).status_code == 302

        assert Request.objects.get().household == Household.WOMEN
        page = desk.get(request_page).content.decode()
        assert "Women only, with or without children" in page
        assert "houses of women only are left out" not in page

    def test_the_page_of_a_parcel_does_not_ask(self, community, coordinator, browser_of):  # noqa: F811
        line = make.make_line(community, by=coordinator)
        page = browser_of(coordinator).get(
            reverse("needs:request_details", args=[community.slug, line.request.public_id])
        )

        assert 'name="household"' not in page.content.decode()

    def test_whoever_asks_may_say_it_at_once(self, community, browser_of):  # noqa: F811
        make.make_category("night")
        answers = {
            "category": "other",
            "exact": "night",
            "when": "week",
            "household_size": "2",
            "household": "women",
            "phone": "0791234567",
        }
        page = browser_of(None).post(reverse("needs:ask", args=[community.slug]), answers)

        assert page.status_code == 302
        assert Request.objects.get().household == Household.WOMEN


class TestKeeping:
    @pytest.mark.parametrize(
        ("one", "other", "both"),
        [
            ("women", "women", "women"),
            ("women", "", ""),
            ("", "", ""),
            ("women", "mixed", "mixed"),
            ("", "mixed", "mixed"),
        ],
    )
    def test_of_two_joined_requests_the_safer_answer_holds(self, community, coordinator, one, other, both):
        for keep, merge in ((one, other), (other, one)):
            rows = [make.make_request(community, household=Household(said)).request for said in (keep, merge)]
            kept = services.merge_requests(
                keep_id=rows[0].public_id, merge_id=rows[1].public_id, actor=coordinator, at=NOON
            )
            assert make.fresh_request(kept).household == both

    def test_is_sealed_and_goes_when_they_are_forgotten(self, community):
        asker = make.make_member(community)
        make.make_request(community, actor=asker, household=Household.WOMEN)
        with connection.cursor() as cursor:
            cursor.execute("SELECT household FROM needs_request")
            assert "women" not in cursor.fetchone()[0]

        services.forget_person(person=asker, at=NOON)

        assert Request.objects.get().household == Household.UNKNOWN

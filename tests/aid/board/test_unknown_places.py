"""While nobody has said where something is, no distance is told as a fact."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.models import Match
from tadamun.pillars.aid.needs.reasons import reason_words, without_distance
from tests.aid import make


@pytest.fixture
def nowhere(community, coordinator):
    """A sorted line of a request without area or address."""
    return make.make_line(community, by=coordinator, area=None, address="", at=timezone.now())


def test_a_choice_says_so_instead_of_kilometres(desk, community, coordinator, nowhere):
    offer = make.make_offer(community, at=timezone.now())

    (choice,) = queries.choices_for(line_id=nowhere.public_id, viewer=coordinator, at=timezone.now())
    html = desk.get(
        reverse("needs:request", args=[community.slug, nowhere.request.public_id])
    ).content.decode()

    assert (choice.offer_id, choice.distance_km) == (offer.public_id, None)
    assert "the place is not known yet" in html
    assert "not known yet</dd>" in html
    assert "Nearest" not in html


def test_an_offer_without_a_place_is_not_said_to_be_near(community, coordinator):
    line = make.make_line(community, by=coordinator, at=timezone.now())
    make.make_offer(community, exact=None, at=timezone.now())

    (choice,) = queries.choices_for(line_id=line.public_id, viewer=coordinator, at=timezone.now())

    assert choice.distance_km is None


def test_an_area_is_enough_for_a_distance(community, coordinator):
    line = make.make_line(community, by=coordinator, at=timezone.now())
    make.make_offer(community, km=2, at=timezone.now())

    (choice,) = queries.choices_for(line_id=line.public_id, viewer=coordinator, at=timezone.now())

    assert choice.distance_km == pytest.approx(2, abs=0.3)


def test_the_invitation_promises_no_distance(browser_of, community, coordinator, nowhere, volunteer):
    at = timezone.now()
    offer = make.make_offer(community, giver=volunteer, at=at)
    make.invited_match(nowhere, offer, by=coordinator, at=at)

    card = queries.next_invitation(community=community, viewer=volunteer, at=at)
    html = browser_of(volunteer).get(reverse("needs:invitations", args=[community.slug])).content.decode()

    assert card.about_km is None
    assert "is not known yet" in html
    assert "within the distance you set" not in html


def test_a_round_gives_its_reason_without_kilometres(community, coordinator, nowhere):
    at = timezone.now()
    make.make_offer(community, at=at)
    row = services.ask_for_round(community=community, actor=coordinator, at=at)
    services.reckon_round(round_id=row.public_id, at=at)

    assert "km" in Match.objects.get().reason
    (proposal,) = queries.proposals(round_id=row.public_id, viewer=coordinator)

    words = reason_words(reason=proposal.reason)
    assert words
    assert not any(digit in words for digit in "0123456789٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    "reason",
    [
        {"code": "nearest_free_offer", "km": 3.2},
        {"code": "farther_because_nearer_taken", "km": 3.2, "nearer_taken": 2},
        {"code": "farther_because_shorter_in_all", "km": 3.2},
        {"code": "nothing_in_reach", "nearest_km": 41.0},
        {"code": "nearest_free_offer", "km": 3.2, "open_offer_beyond_km": 9.0},
    ],
)
def test_no_reason_tells_a_distance_of_an_unknown_place(reason):
    known, unknown = reason_words(reason=reason), reason_words(reason=without_distance(reason=reason))

    assert any(digit in known for digit in "39٣٩٤4")
    assert unknown
    assert not any(digit in unknown for digit in "0123456789٠١٢٣٤٥٦٧٨٩")

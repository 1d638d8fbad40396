"""Invitations on the page: one at a time, nothing of who, answered without a reason."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tadamun.pillars.aid.needs import queries
from tadamun.pillars.aid.needs.fitting import about_km
from tadamun.pillars.aid.needs.models import Match
from tests.aid import make

pytestmark = pytest.mark.django_db
SECRETS = ("ليلى", "شارع الزيتون", "0791234567", "791234567", "الباب الخلفي")


@pytest.fixture
def invited(community, coordinator, volunteer):
    at = timezone.now()
    line = make.make_line(community, by=coordinator, at=at)
    return make.invited_match(line, make.make_offer(community, giver=volunteer, at=at), by=coordinator, at=at)


@pytest.fixture
def giver(volunteer) -> Client:
    client = Client()
    client.force_login(volunteer)
    return client


def address(match: Match, verb: str = "") -> str:
    return f"/c/{match.community.slug}/tasks/{match.public_id}/{verb}"


def say(client: Client, match: Match, answer: str):
    return client.post(address(match, "answer/"), {"answer": answer}, follow=True)


def test_shows_what_and_roughly_where_and_nothing_of_who(giver, invited):
    page = giver.get(f"/c/{invited.community.slug}/tasks/invitations/").content.decode()

    assert "سلّة غذائية" in page
    assert not [secret for secret in SECRETS if secret in page]


@pytest.mark.parametrize(("km", "said"), [(0.05, 0), (0.99, 0), (1.04, 1), (2.4, 2), (2.6, 3), (14.9, 15)])
def test_a_distance_is_said_in_whole_kilometres_only(km, said):
    assert about_km(km) == said


def test_moving_an_offer_a_little_tells_nothing_more(community, coordinator, volunteer):
    at = timezone.now()
    said = set()
    for km in (3.1, 3.2, 3.3):
        line = make.make_line(community, by=coordinator, at=at, exact=make.HERE)
        offer = make.make_offer(community, giver=volunteer, at=at, km=km, reach_km=10.0)
        match = make.invited_match(line, offer, by=coordinator, at=at)
        card = queries.invitation_card(match_id=match.public_id, viewer=volunteer, at=at)
        said.add(card.about_km)
    assert said == {3}


def test_shows_one_at_a_time_the_one_that_runs_out_first(giver, invited, community, coordinator, volunteer):
    at = timezone.now() + timedelta(hours=1)
    line = make.make_line(community, by=coordinator, category="blankets", at=at)
    later = make.invited_match(
        line, make.make_offer(community, giver=volunteer, category="blankets", at=at), by=coordinator, at=at
    )

    page = giver.get(f"/c/{community.slug}/tasks/invitations/").content.decode()

    assert invited.public_id in page
    assert later.public_id not in page


def test_a_notice_leads_to_its_invitation(giver, invited):
    assert 'value="yes"' in giver.get(address(invited)).content.decode()


def test_a_yes_makes_it_a_task_and_a_second_yes_says_so_kindly(giver, invited):
    first, second = say(giver, invited, "yes"), say(giver, invited, "yes")

    invited.refresh_from_db()
    assert invited.state == "accepted"
    assert first.redirect_chain[-1][0] == second.redirect_chain[-1][0] == address(invited)
    assert second.status_code == 200


def test_a_no_asks_for_no_reason_and_nothing_follows(giver, invited):
    first, second = say(giver, invited, "no"), say(giver, invited, "no")

    invited.refresh_from_db()
    assert invited.state == "declined"
    assert first.status_code == second.status_code == 200
    assert "<textarea" not in first.content.decode()


def test_a_no_after_a_yes_leaves_the_promise_standing(giver, invited):
    say(giver, invited, "yes")

    answer = say(giver, invited, "no")

    invited.refresh_from_db()
    assert invited.state == "accepted"
    assert answer.redirect_chain[-1][0] == address(invited)


def test_one_that_ran_out_is_no_longer_shown(giver, invited):
    Match.objects.filter(pk=invited.pk).update(expires_at=timezone.now() - timedelta(minutes=1))

    assert giver.get(address(invited)).status_code == 404
    assert invited.public_id not in giver.get(f"/c/{invited.community.slug}/tasks/").content.decode()


def test_one_that_was_withdrawn_is_answered_kindly(giver, invited, coordinator):
    from tadamun.pillars.aid.needs import services

    services.withdraw_invitation(match_id=invited.public_id, actor=coordinator, at=timezone.now())

    assert say(giver, invited, "yes").status_code == 200


@pytest.mark.parametrize("who", ["guest", "stranger", "member", "other volunteer", "other community"])
def test_is_for_the_person_invited_alone(invited, community, who):
    client = Client()
    people = {
        "stranger": make.make_person,
        "member": lambda: make.make_member(community),
        "other volunteer": lambda: make.make_member(community, "volunteer"),
        "other community": lambda: make.make_member(make.make_community(), "volunteer"),
    }
    if who in people:
        client.force_login(people[who]())

    seen = client.get(address(invited))
    answered = client.post(address(invited, "answer/"), {"answer": "yes"})

    invited.refresh_from_db()
    assert invited.state == "invited"
    assert seen.status_code in {302, 404}
    assert answered.status_code in {302, 403, 404}


def test_an_address_of_another_community_leads_nowhere(giver, invited):
    other = make.make_community()

    assert giver.get(f"/c/{other.slug}/tasks/{invited.public_id}/").status_code == 404

"""The doors: who gets in, what they show, and that every form works as it is sent, once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tadamun.foundation.communities import services
from tadamun.foundation.communities.models import Community
from tests.foundation.communities.addresses import url
from tests.foundation.make import NOON, make_community, make_member, make_person, membership

LEADERS = {"coordinator", "steward"}


STEWARD = {"steward"}


DOORS = {
    "communities:people": LEADERS,
    "communities:invitations": LEADERS,
    "communities:join_requests": LEADERS,
    "communities:settings": STEWARD,
    "communities:helpline": STEWARD,
    "communities:parts": STEWARD,
    "communities:texts": {"coordinator"},
    "places:areas": STEWARD,
    "catalogue:categories": STEWARD,
    "catalogue:add_category": STEWARD,
    "communities:leave": {"member", "volunteer", "facilitator", "auditor", *LEADERS},
    "communities:join": {"guest", "stranger", "member", "volunteer", "facilitator", "auditor", *LEADERS},
}


ROLES = ["guest", "stranger", "member", "volunteer", "facilitator", "auditor", "coordinator", "steward"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("door", DOORS)
def test_a_door_opens_to_exactly_those_it_is_for(enter, door, role):
    answer = enter(role).get(url(door))

    if role in DOORS[door]:
        assert answer.status_code == 200
        assert answer.content.count(b"<h1") == 1
    elif role == "guest":
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
@pytest.mark.parametrize("door", DOORS)
def test_every_page_stands_in_every_language(enter, door, language):
    answer = enter("steward", "coordinator", language=language).get(url(door))

    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "people/nobody/",
        "people/nobody/remove/",
        "join/notatoken/",
        "areas/nowhere/",
        "catalogue/nothing/",
        "people/%00/",
    ],
)
def test_what_does_not_exist_is_said_kindly(enter, path):
    assert enter("steward", "coordinator").get(f"/c/olive/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "people/nobody/verify/",
        "people/nobody/role/",
        "people/nobody/sign-in-link/",
        "people/nobody/juggle/",
        "invitations/none/withdraw/",
        "join-requests/none/",
        "messages/none/",
        "messages/none/sent/",
        "messages/none/eat/",
        "messages/none/decide/",
        "areas/none/close/",
        "catalogue/none/hide/",
        "catalogue/none/eat/",
    ],
)
def test_a_deed_on_nothing_is_refused_and_never_by_opening(enter, path):
    browser = enter("steward", "coordinator")

    assert browser.get(f"/c/olive/{path}").status_code == 405
    assert browser.post(f"/c/olive/{path}").status_code in {404, 422}


def test_lists_take_a_steady_number_of_questions(enter, quarter, django_assert_max_num_queries):
    browser = enter("coordinator", "steward")
    for _ in range(15):
        make_member(quarter, "volunteer")
        services.ask_to_join(community=quarter, person=make_person(), at=NOON)

    for door in (
        "communities:people",
        "communities:join_requests",
        "communities:invitations",
        "communities:texts",
    ):
        with django_assert_max_num_queries(25):
            assert browser.get(url(door)).status_code == 200


def test_an_unverified_pair_of_hands_is_not_a_steward_of_another_community(enter):
    other = make_community("palm")
    browser = enter("steward", "coordinator")
    row = membership(make_member(other), other)

    assert browser.get(reverse("communities:people", args=["palm"])).status_code == 403
    assert browser.get(url("communities:member", row.public_id)).status_code == 404
    assert browser.post(url("communities:member_deed", row.public_id, "verify")).status_code == 404


def test_an_old_invitation_is_said_to_be_old(enter, quarter):
    _, token = services.invite_first_steward(community=quarter, at=NOON - timedelta(days=4000))

    assert enter("guest").get(url("communities:invitation", token)).status_code == 404


def test_the_hijri_day_stands_beside_the_gregorian_one_where_the_community_wants_it(enter, quarter):
    browser, row = enter("coordinator"), membership(make_member(quarter), quarter)
    page = url("communities:member", row.public_id)
    lunar = re.compile(r"\(\d{1,2} [^()<]+ 14\d{2}\)")
    assert not lunar.search(browser.get(page).content.decode())

    Community.objects.update(shows_hijri=True)

    assert lunar.search(browser.get(page).content.decode())

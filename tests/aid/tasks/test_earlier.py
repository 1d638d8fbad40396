"""What the page of a task says before the agreed day, at night, and when no code counts any more."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Match
from tadamun.pillars.aid.needs.services import handing_over
from tests.aid import make
from tests.aid.asking.pages import sign_in
from tests.aid.tasks.test_tasks import address, window

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(community, coordinator, volunteer) -> Match:
    at = timezone.now()
    line = make.make_line(community, by=coordinator, at=at)
    return make.accepted_match(
        line, make.make_offer(community, giver=volunteer, at=at), by=coordinator, at=at
    )


@pytest.fixture
def giver(volunteer) -> Client:
    client = Client()
    client.force_login(volunteer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


class TestBeforeTheDay:
    @pytest.fixture(autouse=True)
    def _agreed_for_later(self, giver, task):
        giver.post(address(task, "time/"), window(days=3))

    def test_the_page_offers_to_move_the_time_and_no_code(self, giver, task):
        page = giver.get(address(task)).content.decode()

        assert f'action="{address(task, "now/")}"' in page
        assert 'name="code"' not in page
        assert "handed-over/" not in page

    @pytest.mark.parametrize("verb", ["handed-over/", "code/"])
    def test_a_form_of_an_older_page_is_answered_with_what_to_do(self, giver, task, verb):
        page = giver.post(address(task, verb), {"code": task.code}, follow=True)

        task.refresh_from_db()
        assert task.state == "scheduled"
        assert "has not come yet" in page.content.decode()

    def test_one_press_moves_it_and_a_second_changes_nothing(self, giver, task):
        giver.post(address(task, "now/"), {"night_is_agreed": "on"})
        task.refresh_from_db()
        moved = task.window_from
        page = giver.post(address(task, "now/"), {"night_is_agreed": "on"}, follow=True).content.decode()

        task.refresh_from_db()
        assert task.window_from == moved <= timezone.now()
        assert 'name="code"' in page
        assert "place/" in page

    def test_a_coordinator_moves_it_from_the_request(self, community, coordinator, task):
        desk = sign_in(Client(), coordinator)
        request_url = f"/c/{community.slug}/requests/{task.line.request.public_id}/"
        move = f"{request_url}matches/{task.public_id}/now/"

        assert move in desk.get(request_url).content.decode()
        desk.post(move, {"night_is_agreed": "on"})

        task.refresh_from_db()
        assert task.window_from <= timezone.now()
        assert move not in desk.get(request_url).content.decode()


class TestAtNight:
    @pytest.mark.parametrize("by_giver", [True, False])
    def test_coming_now_is_asked_about_and_kept_with_the_tick(
        self, community, giver, coordinator, task, monkeypatch, by_giver
    ):
        giver.post(address(task, "time/"), window(days=3))
        task.refresh_from_db()
        before = task.window_from
        monkeypatch.setattr(handing_over, "at_night", lambda **_: True)
        client, url = giver, address(task, "now/")
        if not by_giver:
            client = sign_in(Client(), coordinator)
            ident = task.line.request.public_id
            url = f"/c/{community.slug}/requests/{ident}/matches/{task.public_id}/now/"

        asked = client.post(url)
        task.refresh_from_db()
        unmoved = task.window_from
        settled = client.post(url, {"night_is_agreed": "on"})

        task.refresh_from_db()
        assert (asked.status_code, unmoved) == (422, before)
        assert 'name="night_is_agreed"' in asked.content.decode()
        assert (settled.status_code, task.window_from < before) == (302, True)

    def test_is_asked_about_and_kept_with_the_tick(self, giver, task):
        night = window(starts="02:00", ends="03:00")

        plain = giver.get(address(task)).content.decode()
        asked = giver.post(address(task, "time/"), night)
        task.refresh_from_db()
        before = task.state
        settled = giver.post(address(task, "time/"), {**night, "night_is_agreed": "on"})

        task.refresh_from_db()
        assert "night_is_agreed" not in plain
        assert (asked.status_code, before) == (422, "accepted")
        assert 'name="night_is_agreed"' in asked.content.decode()
        assert (settled.status_code, task.state) == (302, "scheduled")
        assert "night_is_agreed" not in giver.get(address(task)).content.decode()

    def test_is_asked_of_a_coordinator_too(self, community, coordinator, task):
        desk = sign_in(Client(), coordinator)
        url = f"/c/{community.slug}/requests/{task.line.request.public_id}/matches/{task.public_id}/time/"

        asked = desk.post(url, window(starts="23:00", ends="23:30"))

        task.refresh_from_db()
        assert (asked.status_code, task.state) == (422, "accepted")
        assert 'name="night_is_agreed"' in asked.content.decode()


class TestALockedCode:
    def test_the_page_no_longer_speaks_of_a_code_that_confirms(self, giver, task):
        wrong = f"{(int(task.code) + 1) % 1000:03d}"
        answers = [giver.post(address(task, "code/"), {"code": wrong}) for _ in range(5)]
        giver.post(address(task, "handed-over/"))

        page = giver.get(address(task)).content.decode()

        assert "none counts any more" in answers[-1].content.decode()
        assert "If you still have the code" not in page
        assert "a coordinator by phone" in page
        assert 'name="code"' not in page


class TestWhyMe:
    @pytest.mark.parametrize(
        ("reason", "said"),
        [
            ("giver_wish", "You wished to help with this."),
            ("nearer_in_time", "Your time suits best."),
            ("asker_wish", ""),
            ("knows_better", ""),
            ("unanswered", ""),
        ],
    )
    def test_says_only_what_concerns_the_giver(self, community, coordinator, volunteer, giver, reason, said):
        at = timezone.now()
        line = make.make_line(community, by=coordinator, at=at)
        offer = make.make_offer(community, giver=volunteer, at=at)
        match = make.invited_match(line, offer, by=coordinator, at=at, change_reason=reason)

        page = giver.get(address(match)).content.decode()

        reasons = ("You wished to help with this.", "Your time suits best.")
        assert [words for words in reasons if words in page] == ([said] if said else [])
        for private in ("The household wishes", "knows the circumstances", "was not answered"):
            assert private not in page

    def test_nothing_of_those_who_were_asked_before(self, community, coordinator, volunteer, giver):
        at = timezone.now()
        line = make.make_line(community, by=coordinator, at=at)
        other = make.make_member(community, "volunteer", name="رامي سعد")
        before = make.accepted_match(
            line, make.make_offer(community, giver=other, at=at), by=coordinator, at=at
        )
        services.cancel_match(match_id=before.public_id, actor=other, at=at + timedelta(minutes=1))
        match = make.invited_match(
            line, make.make_offer(community, giver=volunteer, at=at), by=coordinator, at=at
        )

        page = giver.get(address(match)).content.decode()

        assert "رامي" not in page
        assert "cancel" not in page.lower()

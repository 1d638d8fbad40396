"""Help, privacy, accessibility, first steps and health."""

import json

import pytest
from django.apps import apps
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.services import create_community, invite_first_steward
from tadamun.foundation.jobs.models import Schedule
from tadamun.foundation.trail.models import TrailEntry
from tadamun.web import keeping
from tadamun.web.views import health
from tests.aid import make
from tests.foundation.people.test_opening_an_account import FORM as SIGN_UP
from tests.foundation.people.test_second_factor import SET_UP, code_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
@pytest.mark.parametrize("url", ["/help/", "/privacy/", "/accessibility/", "/c/olives/"])
def test_pages_open_in_every_language(client, community, url, language):
    client.cookies["language"] = language

    answer = client.get(url)

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_the_privacy_page_speaks_of_every_table_there_is():
    named = {name for kept in keeping.KEEPING for name in kept.models} | set(keeping.PUBLIC_OR_TECHNICAL)
    there = {f"{model._meta.app_label}.{model._meta.object_name}" for model in apps.get_models()}

    assert there - named == set()
    assert named - there == set()


class TestFirstSteps:
    def test_are_ticked_by_what_is_really_there(self, client, community, settings):
        settings.DEMO = True
        coordinator = make.make_coordinator(community)
        make.make_coordinator(community)
        client.force_login(coordinator)

        before = client.get("/c/olives/first-steps/")
        line = make.make_line(community, by=coordinator, at=timezone.now())
        make.accepted_match(
            line, make.make_offer(community, at=timezone.now()), by=coordinator, at=timezone.now()
        )
        after = client.get("/c/olives/first-steps/")

        assert (before.context["done"], before.context["next"]) == (3, 3)
        assert (after.context["done"], after.context["next"]) == (8, 6)  # all but the round

    def test_are_not_for_members(self, client, community, member):
        client.force_login(member)

        assert client.get("/c/olives/first-steps/").status_code == 403
        assert Client().get("/c/olives/first-steps/").status_code == 403


class TestALoneSteward:
    """Whoever begins a community walks from the invitation's link to the first round without a closed door."""

    @pytest.fixture
    def steward(self, client, db):
        client.cookies["language"] = "en"
        here = create_community(slug="palms", name="حيّ النخيل", region="JO", at=timezone.now())
        _, token = invite_first_steward(community=here, at=timezone.now())
        link = f"/c/palms/join/{token}/"
        assert client.get(link).status_code == 200
        client.post(f"/accounts/signup/?next={link}", SIGN_UP)
        client.post(link)
        client.get(SET_UP)
        client.post(SET_UP, {"code": code_of(client.session["mfa.totp.secret"])})
        return client

    def test_reaches_the_first_steps_straight_after_signing_up(self, steward):
        assert steward.get("/accounts/2fa/recovery-codes/").status_code == 200
        assert steward.get("/c/palms/first-steps/").context["done"] == 0

    def test_finding_coordinators_is_done_with_the_second_as_it_says(self, steward):
        def found():
            return steward.get("/c/palms/first-steps/").context["steps"][2].done

        steward.post("/c/palms/first-steps/coordinate/")
        with_one = found()
        make.make_coordinator(Community.objects.get(slug="palms"))

        assert (with_one, found()) == (False, True)

    def test_is_led_to_no_page_that_stays_closed(self, steward):
        for _ in range(2):
            page = steward.get("/c/palms/first-steps/")
            links = [step.url for step in page.context["steps"] if step.open and not step.done]
            assert [steward.get(link).status_code for link in links] == [200] * len(links)
            steward.post("/c/palms/first-steps/coordinate/")
        assert all(step.open for step in page.context["steps"])

    def test_is_told_who_does_the_other_steps_until_coordinating_too(self, steward):
        before = steward.get("/c/palms/first-steps/").content.decode()
        after = steward.post("/c/palms/first-steps/coordinate/", follow=True).content.decode()

        assert before.count("هذه خطوة لفريق التنسيق.") == 5
        assert "تولّي التنسيق أيضًا" in before
        assert "هذه خطوة لفريق التنسيق." not in after
        assert "تولّي التنسيق أيضًا" not in after

    def test_coordinating_too_is_written_on_the_trail_once(self, steward):
        for _ in range(2):
            steward.post("/c/palms/first-steps/coordinate/")

        entries = TrailEntry.objects.filter(verb="role_given")
        assert [entry.data["role"] for entry in entries] == ["coordinator"]

    def test_nobody_else_may_take_the_role(self, client, community, member):
        client.force_login(member)

        assert client.post("/c/olives/first-steps/coordinate/").status_code == 403


class TestHealth:
    @pytest.mark.parametrize("path", ["/livez", "/readyz"])
    def test_answers_the_machine_itself_by_any_name_and_without_https(self, client, settings, path):
        settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["help.example.org"], True

        assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200

    def test_livez_asks_nothing_of_the_database(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            answer = client.get("/livez")

        assert json.loads(answer.content) == {"status": "ok"}

    def test_readyz_says_how_far_behind_the_worker_is(self, client):
        Schedule.objects.create(name="x", next_run_at=timezone.now(), last_started_at=timezone.now())

        answer = client.get("/readyz")

        found = json.loads(answer.content)
        assert (answer.status_code, found["status"], found["migrations"]) == (200, "ok", True)
        assert found["schedule_heartbeat_seconds"] == 0
        assert found["oldest_job_seconds"] is None

    def test_a_silent_worker_is_said_while_the_site_still_serves(self, client):
        found = client.get("/readyz")

        assert found.status_code == 200
        assert json.loads(found.content)["worker"] == "late"

    def test_a_database_that_is_away_makes_it_unready(self, client, monkeypatch):
        def away() -> bool:
            raise DatabaseError

        monkeypatch.setattr(health, "_up_to_date", away)

        assert client.get("/readyz").status_code == 503

"""The demonstration: its doors are open in demo mode alone, and its story is true to the last sum."""

import importlib
import os
import subprocess
import sys
from collections import Counter

import pytest
from click.testing import CliRunner
from django.db.models import F
from django.test import Client
from django.urls import NoReverseMatch, clear_url_caches, reverse
from django.utils import timezone

from tadamun.cli import serve, worker
from tadamun.cli.demo import command
from tadamun.config import urls as root_urls
from tadamun.config.demonstration import refuse_left_over_demonstration
from tadamun.config.environment import UnsafeSetting
from tadamun.foundation.notices.models import Notice
from tadamun.foundation.trail.services import verify_chains
from tadamun.pillars.aid.needs import queries
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, OfferSlot, Request, Round
from tadamun.pillars.aid.needs.services import open_with_pin
from tadamun.web import urls as web_urls
from tadamun.web.demo import doors, keys, story, traces
from tests.foundation.make import make_person
from tests.house.plan import ROOT


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The story, told once for all tests of this file, and taken back after them."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        at = timezone.now()
        assert story.load(at=at)
        yield at
        transaction.set_rollback(True)


@pytest.fixture
def demo_addresses(settings):
    """The addresses as they are in demo mode."""
    settings.DEMO = True
    importlib.reload(web_urls)
    importlib.reload(root_urls)
    clear_url_caches()
    yield
    settings.DEMO = False
    importlib.reload(web_urls)
    importlib.reload(root_urls)
    clear_url_caches()


@pytest.mark.django_db
class TestTheDoors:
    def test_are_absent_outside_a_demonstration(self, client):
        with pytest.raises(NoReverseMatch):
            reverse("web:demo_enter")
        assert client.post("/demo/enter/", {"as": "coordinator"}).status_code == 404

    def test_stay_shut_when_only_the_address_is_there(self, client, community, demo_addresses, settings):
        settings.DEMO = False

        assert client.post("/demo/enter/", {"as": "coordinator"}).status_code == 404

    def test_nobody_enters_before_the_story_is_told(self, client, demo_addresses):
        assert client.post("/demo/enter/", {"as": "coordinator"}).status_code == 404
        assert client.get("/").status_code == 200

    def test_production_refuses_to_start_as_a_demonstration(self, tmp_path):
        environment = os.environ | {
            "TADAMUN_ENV": "production",
            "TADAMUN_DEMO": "1",
            "SITE_URL": "https://example.org",
            "ALLOWED_HOSTS": "example.org",
            "TADAMUN_HOME": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "tadamun.config.settings",
        }
        program = "import django; django.setup()"
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode != 0
        assert "TADAMUN_DEMO" in done.stderr


class TestWhatItLeavesBehind:
    def test_nothing_is_served_from_it_outside_demo_mode(self, told):
        with pytest.raises(UnsafeSetting, match="TADAMUN_HOME"):
            refuse_left_over_demonstration()

    @pytest.mark.parametrize("mode", ["DEMO", "DEBUG"])
    def test_a_demonstration_is_served_from_it(self, told, settings, mode):
        setattr(settings, mode, True)

        refuse_left_over_demonstration()

    def test_a_public_password_alone_is_enough_to_refuse(self, db):
        door = doors.DOORS[0]
        person = make_person(phone=door.phone, password=door.password)
        assert traces.is_left_over()

        person.set_password("a sentence of my own")
        person.save()
        assert not traces.is_left_over()

    @pytest.mark.parametrize("command", [serve.command, worker.command])
    def test_neither_site_nor_worker_starts_over_it(self, told, monkeypatch, command):
        module = "tadamun.cli.serve" if command is serve.command else "tadamun.cli.worker"
        monkeypatch.setattr(f"{module}.prepare", lambda: None)
        monkeypatch.setattr(f"{module}.supervise", lambda *_, **__: pytest.fail("it started"))
        monkeypatch.setattr("tadamun.cli.serve.refuse_taken_port", lambda **_: None)
        monkeypatch.setattr(os, "environ", dict(os.environ))

        answer = CliRunner().invoke(command, [])

        assert answer.exit_code == 1
        assert "holds the demonstration" in answer.output


@pytest.mark.django_db
class TestTheCommand:
    def test_refuses_an_instance_that_is_no_demonstration(self):
        answer = CliRunner().invoke(command, ["--json"])

        assert answer.exit_code == 1
        assert "not in demo mode" in answer.output
        assert not story.is_loaded()


class TestTheStory:
    def test_holds_sixty_requests_in_every_state(self, told):
        states = Counter(NeedLine.objects.values_list("state", flat=True))

        assert Request.objects.count() == 60
        assert set(states) == {
            "triage", "open", "part_matched", "matched", "scheduled", "handed_over", "met", "closed",
        }  # fmt: skip
        assert set(NeedLine.objects.exclude(close_reason="").values_list("close_reason", flat=True)) == {
            "withdrawn", "expired", "referred", "met_by_others", "duplicate", "not_wanted",
        }  # fmt: skip
        assert Request.objects.filter(unreachable_since__isnull=False).count() == 1
        assert set(Match.objects.values_list("state", flat=True)) >= {
            "proposed", "invited", "accepted", "scheduled", "handed_over", "confirmed", "declined",
            "cancelled", "did_not_happen",
        }  # fmt: skip

    def test_offers_of_every_kind_stand(self, told):
        assert Offer.objects.count() >= 35
        assert set(Offer.objects.values_list("rhythm", flat=True)) == {"once", "weekly", "monthly"}
        assert Offer.objects.filter(divisible=False).exists()
        assert Offer.objects.filter(best_before__isnull=False).exists()
        assert Offer.objects.filter(shelter__isnull=False).exists()

    def test_quantities_add_up_and_the_trail_is_whole_and_in_order(self, told):
        assert not NeedLine.objects.filter(reserved__gt=F("quantity")).exists()
        assert not OfferSlot.objects.filter(reserved__gt=F("quantity")).exists()
        chains = list(verify_chains())
        assert [chain.whole for chain in chains] == [True] * len(chains)

    def test_has_one_round_without_a_violation(self, told):
        one = Round.objects.get()

        assert (one.state, one.violations) == ("done", 0)
        assert one.outcomes.count() >= 15

    def test_the_guest_request_opens_with_the_pin_that_is_printed(self, told):
        community = Request.objects.get(number=keys.GUEST_NUMBER).community

        opened = open_with_pin(
            community=community,
            number=str(keys.GUEST_NUMBER),
            pin=keys.GUEST_PIN,
            sender="192.0.2.1",
            at=told,
        )

        card = queries.track_card(request_id=opened.public_id, viewer=None, with_pin=True)
        assert card.lines[0].line.state == "scheduled"
        assert card.lines[0].helps[0].giver == "سامي"

    def test_the_volunteer_has_an_invitation_and_a_task(self, told):
        volunteer = doors.person_behind(next(door for door in doors.DOORS if door.code == "volunteer"))
        community = Request.objects.get(number=keys.GUEST_NUMBER).community

        assert queries.next_invitation(community=community, viewer=volunteer, at=told) is not None
        assert any(card.opens_today for card in queries.tasks(community=community, viewer=volunteer, at=told))

    def test_a_second_telling_does_nothing(self, told):
        notices = Notice.objects.count()

        assert not story.load(at=told)
        assert (Request.objects.count(), Notice.objects.count()) == (60, notices)

    def test_everybody_enters_with_one_press(self, told, demo_addresses):
        for door in doors.DOORS:
            visitor = Client()
            answer = visitor.post("/demo/enter/", {"as": door.code})
            assert answer.headers["Location"] == f"/c/{keys.SLUG}/"
            assert door.name in visitor.get(answer.headers["Location"]).content.decode()


@pytest.mark.django_db
class TestEntering:
    def test_counts_as_a_sign_in_of_this_moment(self, told, client, demo_addresses):
        client.post("/demo/enter/", {"as": "steward"})

        (record,) = client.session["account_authentication_methods"]
        assert record["method"] == "demo"
        assert client.get("/accounts/2fa/totp/activate/").status_code == 200

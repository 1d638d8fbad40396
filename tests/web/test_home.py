"""The first pages, for guests, members and coordinators; and how light they are."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.translation import override, pgettext

from tadamun.design import assets
from tadamun.foundation.communities.models import Community
from tests.aid import make
from tests.aid.asking.pages import sign_in

pytestmark = pytest.mark.django_db
STATIC = Path(assets.__file__).parent.parent / "static"
PAGE_BUDGET, WORDS_BUDGET, NODES_MOST = 80_000, 15_000, 600


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


class TestTheFrontDoor:
    def test_tells_whoever_installed_it_how_to_begin(self, client):
        assert "community create" in page(client, "/")

    def test_leads_to_the_only_community(self, client, community):
        assert client.get("/").headers["Location"] == "/c/olives/"

    def test_lists_several(self, client, community):
        make.make_community(slug="hills", name="التلّة")

        found = page(client, "/")

        assert "/c/olives/" in found
        assert "/c/hills/" in found

    def test_leads_members_to_their_own(self, client, community, member):
        make.make_community(slug="hills")
        client.force_login(member)

        assert client.get("/").headers["Location"] == "/c/olives/"


class TestTheLandingPage:
    def test_shows_two_doors_the_rule_and_no_numbers_under_eleven(self, client, community):
        found = page(client, "/c/olives/")

        assert "/c/olives/ask/" in found
        assert "/c/olives/offer/" in found
        assert "/c/olives/track/" in found
        assert '<dl class="tot">' not in found

    def test_every_door_of_solidarity_leads_somewhere(self, client, community):
        found = page(client, "/c/olives/")
        doors = re.findall(r'<h3><a href="([^"]*)"', found)

        assert len(doors) == 5
        assert all(client.get(door).status_code == 200 for door in doors)

    def test_every_deed_of_every_role_leads_somewhere(self, client, community):
        for code in ("support", "action", "aid", "empowerment", "inclusion"):
            found = page(client, f"/c/olives/roles/{code}/")
            deeds = re.findall(r'class="list">(.*?)</ul>', found, re.DOTALL)[0]
            assert all(
                client.get(url, follow=True).status_code == 200
                for url in re.findall(r'href="([^"]+)"', deeds)
            )

    def test_an_unknown_role_is_not_there(self, client, community):
        assert client.get("/c/olives/roles/nothing/").status_code == 404

    def test_hides_what_the_community_has_switched_off(self, client, community):
        Community.objects.filter(pk=community.pk).update(switched_off=["needs"])

        found = page(client, "/c/olives/")

        assert "/c/olives/ask/" not in found
        assert "/c/olives/track/" not in found

    def test_stays_within_its_budget(self, client, community):
        found = client.get("/c/olives/").content
        styles = {
            name: (STATIC / "design" / name).read_bytes() for name in ("app.css", "app.js", "icons.svg")
        }
        fonts = sum(
            (STATIC / "design" / "fonts" / f"vazirmatn-{part}.woff2").stat().st_size
            for part in ("arabic", "latin")
        )
        words = len(gzip.compress(found)) + len(gzip.compress(styles["app.css"]))
        rest = sum(len(gzip.compress(styles[name])) for name in ("app.js", "icons.svg"))

        assert words <= WORDS_BUDGET
        assert words + rest + fonts <= PAGE_BUDGET
        assert len(re.findall(rb"<[a-z]", found)) <= NODES_MOST


class TestAMembersHome:
    def test_shows_own_requests_with_their_steps(self, client, community, member):
        asked = make.make_request(community, actor=member, at=timezone.now())
        client.force_login(member)

        found = page(client, "/c/olives/")

        assert f"/c/olives/track/{asked.request.public_id}/" in found
        assert 'class="steps"' in found

    def test_shows_nothing_of_another_members_request(self, client, community, member):
        asked = make.make_request(community, actor=member, at=timezone.now())
        client.force_login(make.make_member(community))

        assert asked.request.public_id not in page(client, "/c/olives/")

    def test_shows_a_stranger_the_landing_page(self, client, community):
        client.force_login(make.make_person())

        assert "/c/olives/track/" in page(client, "/c/olives/")

    def test_leads_a_coordinator_to_the_board(self, client, community, settings):
        settings.DEMO = True  # no second factor to set up first
        client.force_login(make.make_coordinator(community))

        found = page(client, "/c/olives/")

        assert "/c/olives/board/" in found
        assert "/c/olives/first-steps/" in found


class TestTheShell:
    def test_costs_a_guest_few_questions_to_the_database(
        self, client, community, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(2):
            client.get("/help/")

    def test_costs_a_member_few_questions_to_the_database(
        self, client, community, member, django_assert_max_num_queries
    ):
        client.force_login(member)

        with django_assert_max_num_queries(9):
            client.get("/help/")

    def test_has_at_most_five_tabs_and_marks_the_current_page(self, client, community, member):
        client.force_login(member)

        found = page(client, "/c/olives/tasks/")
        tabs = re.findall(r'<nav class="tabs".*?</nav>', found, re.DOTALL)[0]

        assert tabs.count("<li>") <= 5
        assert len(re.findall(r'href="/c/olives/tasks/" aria-current="page"', tabs)) == 1

    def test_every_link_of_every_role_opens(self, client, community, settings):
        settings.DEMO = True
        for roles in (
            (),
            ("volunteer",),
            ("coordinator",),
            ("steward",),
            ("coordinator", "steward"),
            ("auditor",),
        ):
            visitor = Client()
            visitor.force_login(make.make_member(community, *roles))
            found = page(visitor, "/c/olives/")
            links = re.findall(r'<nav class="nav".*?</nav>', found, re.DOTALL)[0]
            for url in re.findall(r'href="([^"]+)"', links):
                assert visitor.get(url).status_code == 200, (roles, url)

    def test_nobody_is_told_that_it_is_a_demonstration_when_it_is_none(self, client, community):
        assert not settings.DEMO
        assert 'class="net"' not in page(client, "/c/olives/")


class TestTheBarAtTheBottom:
    def test_says_the_board_by_its_short_name(self, client, community):
        sign_in(client, make.make_coordinator(community))

        with override("ar"):
            short = pgettext("tab", "Board")
        html = page(client, "/c/olives/")

        tabs = html[html.index('class="tabs"') :]
        assert f"<span>{short}</span>" in tabs

"""The commands that begin communities, check the trail, and look at repeated work."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection

from tadamun.cli import community, jobs, trail
from tadamun.cli.output import Refusal
from tadamun.foundation.communities import queries, services
from tadamun.foundation.communities.models import Community
from tadamun.foundation.notices.services import tell
from tests.foundation.make import NOON, make_community, make_member, make_person


@pytest.fixture
def run(db, monkeypatch):
    monkeypatch.setattr("tadamun.cli.instance.prepare", lambda: None)

    def call(command, *arguments):
        return CliRunner().invoke(command, [*arguments, "--json"])

    return call


@pytest.fixture
def refused(monkeypatch):
    """The codes of the refusals that commands end with."""
    codes = []
    original = Refusal.__init__

    def noted(self, message, *, code, params):
        codes.append(code)
        original(self, message, code=code, params=params)

    monkeypatch.setattr(Refusal, "__init__", noted)
    return codes


class TestCommunityCreate:
    def test_prints_a_link_by_which_the_first_steward_joins(self, run):
        answer = run(community.command, "create", "olive", "--name", "حيّ الزيتون", "--region", "jo")

        result = json.loads(answer.stdout)
        assert (result["region"], result["currency"], result["name"]) == ("JO", "JOD", "حيّ الزيتون")
        token = result["steward_link"].rstrip("/").rpartition("/")[2]
        here, person = queries.community_of(slug="olive"), make_person()
        services.accept_invitation(community=here, token=token, person=person, at=here.created_at)
        assert "steward" in queries.roles_of(person=person, community=here)

    def test_offers_ways_to_send_the_link(self, run):
        answer = run(
            community.command,
            "create",
            "olive",
            "--name",
            "x",
            "--region",
            "JO",
            "--steward-phone",
            "٠٧٩٠٠٠٠٠٠٠",
            "--steward-email",
            "hind@example.org",
        )

        phone, mail = json.loads(answer.stdout)["send_by"]
        assert phone.startswith("https://wa.me/962790000000?text=")
        assert mail.startswith("mailto:hind@example.org?body=")

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["Olive", "--name", "x", "--region", "JO"], "slug_not_valid"),
            (["admin", "--name", "x", "--region", "JO"], "slug_reserved"),
            (["olive", "--name", " ", "--region", "JO"], "community_name_needed"),
            (["olive", "--name", "x", "--region", "XX"], "region_unknown"),
            (
                ["olive", "--name", "x", "--region", "JO", "--latitude", "99", "--longitude", "0"],
                "centre_not_on_the_globe",
            ),
            (["olive", "--name", "x", "--region", "JO", "--steward-phone", "12"], "phone_not_understood"),
        ],
    )
    def test_refuses_in_a_sentence_and_leaves_nothing(self, run, refused, arguments, code):
        answer = run(community.command, "create", *arguments)

        assert answer.exit_code == 1
        assert answer.stderr.startswith("Error: ")
        assert code in refused
        assert not Community.objects.exists()

    def test_says_which_countries_it_knows(self, run):
        answer = run(community.command, "create", "olive", "--name", "x", "--region", "ZZ")

        assert "Known are: JO, SY, LB" in answer.stderr

    def test_begins_none_in_demo_mode(self, run, refused, settings):
        settings.DEMO = True

        answer = run(community.command, "create", "olive", "--name", "x", "--region", "JO")

        assert (answer.exit_code, refused) == (1, ["demo_mode"])
        assert "TADAMUN_HOME" in answer.stderr
        assert not Community.objects.exists()

    def test_begins_none_beside_a_demonstration(self, run, refused):
        make_community("shown", is_demo=True)

        run(community.command, "create", "olive", "--name", "x", "--region", "JO")

        assert refused == ["demonstration_left"]
        assert not Community.objects.filter(slug="olive").exists()

    def test_lists_what_there_is(self, run):
        here = make_community("olive")
        make_member(here)

        (row,) = json.loads(run(community.command, "list").stdout)

        assert (row["slug"], row["members"]) == ("olive", 1)


class TestTrailVerify:
    def test_finds_whole_chains_whole(self, run):
        make_community("olive")

        answer = run(trail.command, "verify")

        assert answer.exit_code == 0
        (chain,) = json.loads(answer.stdout)["chains"]
        assert (chain["scope"], chain["entries"], chain["whole"]) == ("olive", 1, True)

    def test_ends_with_1_when_one_is_broken(self, run):
        make_community("olive")
        make_community("palm")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE trail_trailhead SET length = 9 WHERE scope = %s",
                [queries.community_of(slug="palm").public_id],
            )

        assert run(trail.command, "verify").exit_code == 1
        assert run(trail.command, "verify", "--scope", "palm").exit_code == 1
        assert run(trail.command, "verify", "--scope", "olive").exit_code == 0

    def test_refuses_a_community_that_is_none(self, run):
        assert run(trail.command, "verify", "--scope", "nowhere").exit_code == 1


class TestJobs:
    def test_runs_what_is_due_and_says_how_it_stands(self, run):
        assert "notices.deliver" in json.loads(run(jobs.command, "run").stdout)["run"]

        rows = {row["name"]: row for row in json.loads(run(jobs.command, "list").stdout)}
        assert rows["notices.deliver"]["failures"] == 0
        assert rows["notices.deliver"]["last_finished_at"] is not None

    def test_shows_queue_outbox_and_repeated_jobs_in_one_look(self, run):
        person = make_person()
        tell(recipient=person, kind="needs.round_done", params={"number": 1}, at=NOON)

        shown = json.loads(run(jobs.command).stdout)

        assert (shown["queue"]["waiting"], shown["queue"]["failed"]) == (0, 0)
        assert shown["outbox"] == {"email": {"pending": 1}}
        assert "jobs.take_up_cut_off" in {row["name"] for row in shown["repeated"]}

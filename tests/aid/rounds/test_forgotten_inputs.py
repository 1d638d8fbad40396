"""A round's inputs hold where people live: they go when somebody in them is forgotten, and the page says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.models import TrailEntry
from tadamun.foundation.trail.services import verify_chains
from tadamun.pillars.aid.needs import adapters, queries, services
from tadamun.pillars.aid.needs.errors import InputsDestroyed, NoSuchRound
from tadamun.pillars.aid.needs.models import Round
from tadamun.web import my_data
from tests.aid import make

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(hours=1)


@pytest.fixture
def asker(community: Community) -> Person:
    return make.make_member(community)


def reckoned(community: Community, *, by: Person, at: Any = make.NOON) -> Round:
    row = services.ask_for_round(community=community, actor=by, at=at)
    return services.reckon_round(round_id=row.public_id, at=at)


def forgotten(person: Person, *rounds: Round) -> list[Round]:
    my_data.forget(person=person, at=LATER)
    return [Round.objects.get(pk=row.pk) for row in rounds]


class TestForgettingSomebody:
    def test_who_asked_takes_the_inputs_along_and_leaves_the_proof(
        self, community: Community, coordinator: Person, asker: Person
    ) -> None:
        make.make_line(community, by=coordinator, actor=asker)
        make.make_offer(community)
        row = reckoned(community, by=coordinator)

        (left,) = forgotten(asker, row)

        assert left.inputs == ""
        assert (left.input_digest, left.certificate, left.certificate_digest, left.violations) == (
            row.input_digest,
            row.certificate,
            row.certificate_digest,
            0,
        )

    def test_who_gave_does_so_too_matched_or_not(
        self, community: Community, coordinator: Person, volunteer: Person
    ) -> None:
        make.make_line(community, by=coordinator)
        make.make_offer(community, giver=volunteer, category="blankets")
        row = reckoned(community, by=coordinator)

        (left,) = forgotten(volunteer, row)

        assert left.inputs == ""

    def test_rounds_that_never_knew_them_stay_whole(
        self, community: Community, coordinator: Person, asker: Person
    ) -> None:
        make.make_line(community, by=coordinator)
        before = reckoned(community, by=coordinator, at=make.NOON - timedelta(hours=2))
        make.make_line(community, by=coordinator, actor=asker)
        row = reckoned(community, by=coordinator)

        kept, gone = forgotten(asker, before, row)

        assert (bool(kept.inputs), bool(gone.inputs)) == (True, False)
        assert services.verify_round(round_id=before.public_id, viewer=coordinator) == 0

    def test_a_round_reckoned_meanwhile_keeps_no_inputs(
        self,
        community: Community,
        coordinator: Person,
        asker: Person,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        make.make_line(community, by=coordinator, actor=asker)
        solve = adapters.solve

        def and_then_forgotten(**given: Any) -> Any:
            solved = solve(**given)
            my_data.forget(person=asker, at=LATER)
            return solved

        monkeypatch.setattr(adapters, "solve", and_then_forgotten)
        row = reckoned(community, by=coordinator)

        assert Round.objects.get(pk=row.pk).inputs == ""

    def test_stands_on_the_trail_which_still_verifies(
        self, community: Community, coordinator: Person, asker: Person
    ) -> None:
        make.make_line(community, by=coordinator, actor=asker)
        row = reckoned(community, by=coordinator)

        forgotten(asker, row)

        assert TrailEntry.objects.get(verb="round_inputs_destroyed").data["inputs"] == row.input_digest
        assert all(report.whole for report in verify_chains(scope=community.public_id))


class TestTheRoundAfterwards:
    def test_can_no_longer_be_checked_and_only_the_certificate_is_handed_out(
        self, community: Community, coordinator: Person, asker: Person
    ) -> None:
        make.make_line(community, by=coordinator, actor=asker)
        row = reckoned(community, by=coordinator)
        auditor = make.make_member(community, "auditor")
        forgotten(asker, row)

        with pytest.raises(InputsDestroyed):
            services.verify_round(round_id=row.public_id, viewer=coordinator)
        with pytest.raises(NoSuchRound):
            queries.round_file(round_id=row.public_id, name="needs.csv", viewer=auditor)
        text = queries.round_file(round_id=row.public_id, name="certificate.json", viewer=auditor)
        assert text == row.certificate

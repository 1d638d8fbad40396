"""Rounds: reckoned by the engine from the very files an auditor downloads, stored with their proof."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tadamun.foundation.communities.errors import NotAMember, RoleNeeded
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import verify_chains
from tadamun.pillars.aid.needs import adapters, queries, services
from tadamun.pillars.aid.needs.errors import CoordinatorsOnly, NoSuchRound, RoundUnderWay
from tadamun.pillars.aid.needs.fitting import misfit
from tadamun.pillars.aid.needs.models import Match, MatchingPolicy, NeedLine, Round
from tadamun.pillars.aid.needs.vocabulary import MatchState, Outcome, RoundState, Tier
from tests.aid import make

pytestmark = pytest.mark.django_db


def reckoned(community: Community, *, by: Person, at: Any = make.NOON) -> Round:
    row = services.ask_for_round(community=community, actor=by, at=at)
    return services.reckon_round(round_id=row.public_id, at=at)


class TestAskForRound:
    def test_refuses_a_second_round_while_one_is_reckoned(
        self, community: Community, coordinator: Person
    ) -> None:
        services.ask_for_round(community=community, actor=coordinator, at=make.NOON)

        with pytest.raises(RoundUnderWay):
            services.ask_for_round(community=community, actor=coordinator, at=make.NOON)

    def test_refuses_a_volunteer(self, community: Community, volunteer: Person) -> None:
        with pytest.raises(CoordinatorsOnly):
            services.ask_for_round(community=community, actor=volunteer, at=make.NOON)


class TestReckonRound:
    def test_gives_the_last_parcel_to_the_most_severe_though_it_is_farther(
        self, community: Community, coordinator: Person
    ) -> None:
        near = make.make_line(community, by=coordinator, exact=make.north_of(make.HERE, km=0.4))
        far = make.make_line(
            community, by=coordinator, tier=Tier.CRITICAL, exact=make.north_of(make.HERE, km=3)
        )
        make.make_offer(community, km=0.5)

        row = reckoned(community, by=coordinator)

        assert row.state == RoundState.DONE
        assert row.violations == 0
        proposed = Match.objects.get(round=row)
        assert proposed.line == far
        assert proposed.state == MatchState.PROPOSED
        outcomes = {one.line_id: (one.outcome, one.reason["code"]) for one in row.outcomes.all()}
        assert outcomes[far.pk] == (Outcome.MET, "nearest_free_offer")
        assert outcomes[near.pk] == (Outcome.OUT_RANKED, "out_ranked_by_tier")

    def test_reserves_nothing_until_somebody_is_invited(
        self, community: Community, coordinator: Person
    ) -> None:
        line = make.make_line(community, by=coordinator)
        make.make_offer(community)

        reckoned(community, by=coordinator)

        line.refresh_from_db()
        assert (line.reserved, line.state) == (0, "open")

    def test_leaves_money_in_triage(self, community: Community, coordinator: Person) -> None:
        make.make_line(community, by=coordinator, category="rent")
        make.make_offer(community)

        row = reckoned(community, by=coordinator)

        assert row.figures["lines"] == 0

    def test_does_not_propose_again_who_said_not_this_time(
        self, community: Community, coordinator: Person
    ) -> None:
        line, offer = make.make_line(community, by=coordinator), make.make_offer(community)
        match = make.invited_match(line, offer, by=coordinator)
        assert offer.giver is not None
        services.decline(match_id=match.public_id, actor=offer.giver, at=make.NOON)
        other = make.make_offer(community, km=2)

        row = reckoned(community, by=coordinator)

        assert row.violations == 0
        assert [one.slot.offer for one in row.matches.all()] == [other]

    def test_does_not_propose_somebody_to_themselves(self, community: Community, coordinator: Person) -> None:
        neighbour = make.make_member(community, "volunteer")
        make.make_line(community, by=coordinator, actor=neighbour)
        make.make_offer(community, giver=neighbour)

        row = reckoned(community, by=coordinator)

        assert not row.matches.exists()

    def test_keeps_within_a_givers_monthly_limit(self, community: Community, coordinator: Person) -> None:
        for _ in range(4):
            make.make_line(community, by=coordinator)
        make.make_offer(community, quantity=10, monthly_limit=2)

        row = reckoned(community, by=coordinator)

        assert row.matches.count() == 2

    def test_replaces_the_proposals_of_the_round_before_and_keeps_what_was_answered(
        self, community: Community, coordinator: Person
    ) -> None:
        lines = [make.make_line(community, by=coordinator) for _ in range(3)]
        offers = [make.make_offer(community, km=1 + number) for number in range(3)]
        first = reckoned(community, by=coordinator)
        chosen = first.matches.select_related("slot__offer").order_by("pk")[0]
        make.accepted_match(chosen.line, chosen.slot.offer, by=coordinator)

        second = reckoned(community, by=coordinator, at=make.NOON + timedelta(hours=1))

        assert first.matches.count() == 1
        assert second.matches.count() == 2
        assert {one.slot.offer for one in second.matches.all()} <= set(offers)
        assert chosen.line not in {one.line for one in second.matches.all()}
        assert len(lines) == 3

    def test_is_done_once_however_often_the_worker_takes_it(
        self, community: Community, coordinator: Person
    ) -> None:
        make.make_line(community, by=coordinator)
        make.make_offer(community)
        row = reckoned(community, by=coordinator)

        again = services.reckon_round(round_id=row.public_id, at=make.NOON + timedelta(minutes=5))

        assert again.reckoned_at == row.reckoned_at
        assert Match.objects.filter(round=row).count() == 1

    def test_takes_up_a_round_whose_worker_was_stopped(
        self, community: Community, coordinator: Person
    ) -> None:
        row = services.ask_for_round(community=community, actor=coordinator, at=make.NOON)
        Round.objects.filter(pk=row.pk).update(state=RoundState.RUNNING)

        from tadamun.pillars.aid.needs.services.rounds import take_up_cut_off_rounds

        taken = take_up_cut_off_rounds(at=make.NOON + timedelta(minutes=3))

        assert taken == 1
        assert Round.objects.get(pk=row.pk).state == RoundState.DONE

    def test_gives_up_one_that_nobody_waits_for_any_more(
        self, community: Community, coordinator: Person
    ) -> None:
        row = services.ask_for_round(community=community, actor=coordinator, at=make.NOON)

        from tadamun.pillars.aid.needs.services.rounds import take_up_cut_off_rounds

        assert take_up_cut_off_rounds(at=make.NOON + timedelta(minutes=61)) == 0
        assert Round.objects.get(pk=row.pk).state == RoundState.FAILED

    def test_one_that_was_cut_off_makes_room_and_changes_nothing_when_its_worker_comes_back(
        self, community: Community, coordinator: Person
    ) -> None:
        make.make_line(community, by=coordinator)
        make.make_offer(community)
        first = services.ask_for_round(community=community, actor=coordinator, at=make.NOON)
        later = make.NOON + timedelta(minutes=3)

        second = reckoned(community, by=coordinator, at=later)
        back = services.reckon_round(round_id=first.public_id, at=later)

        assert (second.state, back.state, back.problem) == (RoundState.DONE, RoundState.FAILED, "cut_off")
        assert [match.round for match in Match.objects.all()] == [second]

    def test_one_that_is_given_up_while_it_is_reckoned_stores_nothing(
        self, community: Community, coordinator: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make.make_line(community, by=coordinator)
        make.make_offer(community)
        slow = services.ask_for_round(community=community, actor=coordinator, at=make.NOON)
        later = make.NOON + timedelta(minutes=3)
        solve = adapters.solve

        def overtaken(**given: Any) -> Any:
            monkeypatch.setattr(adapters, "solve", solve)
            reckoned(community, by=coordinator, at=later)
            return solve(**given)

        monkeypatch.setattr(adapters, "solve", overtaken)
        ended = services.reckon_round(round_id=slow.public_id, at=later)

        assert ended.state == RoundState.FAILED
        assert Match.objects.get().round.number == 2

    def test_writes_digests_on_a_trail_that_verifies(self, community: Community, coordinator: Person) -> None:
        make.make_line(community, by=coordinator)
        reckoned(community, by=coordinator)

        assert all(report.whole for report in verify_chains(scope=community.public_id))


class TestProof:
    def test_is_accepted_by_the_command_line_from_the_files_alone(
        self, community: Community, coordinator: Person, tmp_path: Path
    ) -> None:
        _neighbourhood(community, coordinator, seed=3)
        auditor = make.make_member(community, "auditor")
        row = reckoned(community, by=coordinator)
        for name in ("needs.csv", "offers.csv", "matches.csv", "policy.toml", "certificate.json"):
            text = queries.round_file(round_id=row.public_id, name=name, viewer=auditor)
            (tmp_path / name).write_text(text)

        files = [
            str(tmp_path / f"{name}")
            for name in ("needs.csv", "offers.csv", "matches.csv", "certificate.json")
        ]
        code = "from tadamun.cli.main import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, "match", "verify", *files, "--json"],
            capture_output=True,
            check=False,
        )

        assert json.loads(done.stdout)["violations"] == 0
        assert done.returncode == 0

    def test_is_refused_after_a_match_was_changed(self, community: Community, coordinator: Person) -> None:
        _neighbourhood(community, coordinator, seed=4)
        row = reckoned(community, by=coordinator)
        files = json.loads(row.inputs)
        header, _taken, *rest = files["matches.csv"].splitlines()
        files["matches.csv"] = "\n".join([header, *rest]) + "\n"

        assert adapters.verify(files=json.loads(row.inputs), certificate=row.certificate) == 0
        assert adapters.verify(files=files, certificate=row.certificate) > 0

    def test_is_checked_again_for_coordinators_and_auditors_only(
        self, community: Community, coordinator: Person, volunteer: Person
    ) -> None:
        row = reckoned(community, by=coordinator)

        assert services.verify_round(round_id=row.public_id, viewer=coordinator) == 0
        with pytest.raises(RoleNeeded):
            services.verify_round(round_id=row.public_id, viewer=volunteer)

    def test_gives_its_files_to_auditors_only(self, community: Community, coordinator: Person) -> None:
        row = reckoned(community, by=coordinator)
        auditor = make.make_member(community, "auditor")

        with pytest.raises(RoleNeeded):
            queries.round_file(round_id=row.public_id, name="needs.csv", viewer=coordinator)
        with pytest.raises(NoSuchRound):
            queries.round_file(round_id=row.public_id, name="../settings.py", viewer=auditor)

    def test_hides_small_counts_from_members(
        self, community: Community, coordinator: Person, volunteer: Person
    ) -> None:
        make.make_line(community, by=coordinator)
        row = reckoned(community, by=coordinator)

        card = queries.round_card(round_id=row.public_id, viewer=volunteer)

        assert [(share.asked, share.met) for share in card.areas] == [(None, None)]

    def test_is_closed_to_strangers(self, community: Community, coordinator: Person) -> None:
        row = reckoned(community, by=coordinator)

        with pytest.raises(NotAMember):
            queries.round_card(round_id=row.public_id, viewer=make.make_person())


class TestPolicy:
    def test_is_changed_by_stewards_only_and_followed_by_the_next_round(
        self, community: Community, coordinator: Person
    ) -> None:
        steward = make.make_member(community, "steward")
        with pytest.raises(RoleNeeded):
            services.change_policy(community=community, actor=coordinator, at=make.NOON, widen=False)

        services.change_policy(
            community=community, actor=steward, at=make.NOON, escalate_after_days=3, fair_by_area=False
        )

        row = reckoned(community, by=coordinator)
        assert row.policy["escalate_after_days"] == 3
        assert 'by = ""' in json.loads(row.inputs)["policy.toml"]


class TestTheRuleForOnePair:
    @pytest.mark.parametrize("seed", range(6))
    def test_says_the_same_as_the_engine(self, community: Community, coordinator: Person, seed: int) -> None:
        """`fitting.misfit` on the board and the engine in a round must never tell a coordinator different things."""
        _neighbourhood(community, coordinator, seed=seed)
        policy = MatchingPolicy.objects.get_or_create(community=community)[0]
        solved = adapters.solve(community=community, policy=policy, at=make.NOON)
        slots = adapters.open_slots(community=community, at=make.NOON)
        lines = adapters.open_lines(community=community)

        feasible = {
            line.pk: [slot.pk for slot in slots if not misfit(line=line, slot=slot, at=make.NOON)]
            for line in lines
        }

        for proposal in solved.proposals:
            assert proposal.slot_id in feasible[proposal.line_id]
        whole = {slot.pk for slot in slots if not slot.offer.divisible}
        for found in solved.outcomes:
            if found.reason["code"] in {
                "nothing_in_reach",
                "nothing_in_window",
                "nothing_able",
                "nothing_in_category",
            }:
                assert not feasible[found.line_id]
            if found.outcome == Outcome.NOTHING_IN_REACH:
                assert set(feasible[found.line_id]) <= whole


def _neighbourhood(community: Community, coordinator: Person, *, seed: int) -> None:
    """Twelve lines and ten offers in two areas, with requirements, windows and distances drawn by a seed."""
    drawn = random.Random(seed)
    areas = [make.make_area(community), make.make_area(community, name="النخيل", km=4)]
    words = ["halal", "no_stairs", "woman"]
    categories = ["food-parcel", "blankets"]
    for number in range(12):
        make.make_line(
            community,
            by=coordinator,
            category=drawn.choice(categories),
            quantity=drawn.randint(1, 3),
            tier=drawn.choice(list(Tier)),
            at=make.NOON - timedelta(days=drawn.randint(0, 20)),
            area=drawn.choice(areas),
            phone=f"+96279000{number:04d}",
            exact=make.north_of(make.HERE, km=drawn.uniform(0, 6)),
            requirements=tuple(drawn.sample(words, drawn.randint(0, 1))),
        )
    for _ in range(10):
        make.make_offer(
            community,
            category=drawn.choice(categories),
            quantity=drawn.randint(1, 4),
            divisible=drawn.random() < 0.7,
            km=drawn.uniform(0, 6),
            reach_km=drawn.choice([1.0, 3.0, 8.0]),
            provides=tuple(drawn.sample(words, drawn.randint(0, 3))),
            from_at=make.NOON + timedelta(days=drawn.randint(-2, 9)),
        )
    assert NeedLine.objects.filter(community=community, state="open").count() == 12

"""Between two rounds the proposals follow what happens, and what was answered never moves."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Match, NeedLine, Round, StandingOutcome, StandingPlan
from tadamun.pillars.aid.needs.services.proposing import replace_proposals
from tadamun.pillars.aid.needs.vocabulary import MatchState, Outcome, Tier
from tests.aid import make

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(minutes=1)


@pytest.fixture
def matched(community: Community, coordinator: Person) -> Community:
    """A community that has had a round."""
    a_round(community, by=coordinator)
    return community


def a_round(community: Community, *, by: Person, at: Any = make.NOON) -> Round:
    row = services.ask_for_round(community=community, actor=by, at=at)
    return services.reckon_round(round_id=row.public_id, at=at)


def keep_up(community: Community, *, at: Any = LATER) -> bool:
    return services.bring_up_to_date(community_id=community.public_id, at=at)


def proposed(community: Community) -> dict[int, int]:
    """Units proposed by line."""
    rows = Match.objects.filter(community=community, state=MatchState.PROPOSED)
    return {row.line_id: row.quantity for row in rows}


class TestBringUpToDate:
    def test_a_new_need_gets_its_proposal_without_a_round(
        self, matched: Community, coordinator: Person
    ) -> None:
        make.make_offer(matched)
        line = make.make_line(matched, by=coordinator)

        assert keep_up(matched)

        assert proposed(matched) == {line.pk: line.quantity}
        assert Match.objects.get().round is None
        assert StandingOutcome.objects.get(line=line).outcome == Outcome.MET

    def test_a_more_severe_need_takes_the_proposal_of_the_last_parcel(
        self, community: Community, coordinator: Person
    ) -> None:
        make.make_offer(community, quantity=1)
        first = make.make_line(community, by=coordinator)
        a_round(community, by=coordinator)
        assert proposed(community) == {first.pk: 1}

        urgent = make.make_line(community, by=coordinator, tier=Tier.CRITICAL)
        keep_up(community)

        assert proposed(community) == {urgent.pk: 1}
        assert StandingOutcome.objects.get(line=first).reason["code"] == "out_ranked_by_tier"

    def test_what_was_answered_never_moves(self, community: Community, coordinator: Person) -> None:
        offer = make.make_offer(community, quantity=1)
        first = make.make_line(community, by=coordinator)
        promise = make.accepted_match(first, offer, by=coordinator)
        a_round(community, by=coordinator)

        urgent = make.make_line(community, by=coordinator, tier=Tier.CRITICAL)
        keep_up(community)

        promise.refresh_from_db()
        assert (promise.state, promise.line_id, promise.quantity) == (MatchState.ACCEPTED, first.pk, 1)
        assert proposed(community) == {}
        assert StandingOutcome.objects.get(line=urgent).outcome in {
            Outcome.NOTHING_IN_REACH,
            Outcome.OUT_RANKED,
        }

    def test_a_no_leads_to_the_next_offer_and_never_back(
        self, community: Community, coordinator: Person, volunteer: Person
    ) -> None:
        near = make.make_offer(community, giver=volunteer, km=0.2)
        far = make.make_offer(community, giver=make.make_member(community, "volunteer"), km=1)
        line = make.make_line(community, by=coordinator)
        a_round(community, by=coordinator)
        asked = make.invited_match(line, near, by=coordinator)

        services.decline(match_id=asked.public_id, actor=volunteer, at=LATER)
        keep_up(community)

        row = Match.objects.get(state=MatchState.PROPOSED)
        assert (row.line_id, row.slot.offer_id) == (line.pk, far.pk)

    def test_a_closed_offer_is_proposed_no_more(
        self, community: Community, coordinator: Person, volunteer: Person
    ) -> None:
        offer = make.make_offer(community, giver=volunteer)
        make.make_line(community, by=coordinator)
        a_round(community, by=coordinator)
        assert proposed(community)

        services.close_offer(offer_id=offer.public_id, actor=volunteer, at=LATER)
        keep_up(community)

        assert proposed(community) == {}

    def test_a_proposal_that_stays_is_the_same_one(self, community: Community, coordinator: Person) -> None:
        make.make_offer(community, quantity=5)
        make.make_line(community, by=coordinator)
        row = a_round(community, by=coordinator)
        before = Match.objects.get()

        make.make_line(community, by=coordinator)
        keep_up(community)

        after = Match.objects.get(line=before.line)
        assert (after.public_id, after.round) == (before.public_id, row)

    def test_serves_whom_a_round_would_serve(self, community: Community, coordinator: Person) -> None:
        dice = random.Random(5)
        a_round(community, by=coordinator)
        for _ in range(6):
            make.make_offer(community, quantity=dice.randint(1, 4), km=dice.random() * 3)
        for _ in range(12):
            make.make_line(
                community,
                by=coordinator,
                quantity=dice.randint(1, 3),
                tier=dice.choice(list(Tier)),
                exact=make.north_of(make.HERE, km=dice.random() * 3),
            )
            keep_up(community)
        kept = proposed_units(community)

        a_round(community, by=coordinator, at=LATER)

        assert kept == proposed_units(community)
        assert sum(kept.values()) > 0

    def test_changes_nothing_before_the_first_round(self, community: Community, coordinator: Person) -> None:
        make.make_offer(community)
        make.make_line(community, by=coordinator)

        assert not keep_up(community)
        assert proposed(community) == {}

    def test_leaves_the_field_to_whoever_read_later(self, matched: Community, coordinator: Person) -> None:
        keep_up(matched)
        StandingPlan.objects.update(trail_length=10_000)

        assert not keep_up(matched)

    def test_writes_nothing_on_the_trail(self, matched: Community, coordinator: Person) -> None:
        make.make_offer(matched)
        make.make_line(matched, by=coordinator)
        before = TrailEntry.objects.count()

        keep_up(matched)

        assert TrailEntry.objects.count() == before

    def test_a_line_gone_meanwhile_is_passed_over(self, matched: Community, coordinator: Person) -> None:
        from tadamun.pillars.aid.needs import adapters
        from tadamun.pillars.aid.needs.queries.rounds import policy_of

        make.make_offer(matched)
        line = make.make_line(matched, by=coordinator)
        plan = adapters.plan(community=matched, policy=policy_of(community=matched), at=LATER)
        NeedLine.objects.filter(pk=line.pk).delete()

        assert replace_proposals(community=matched, plan=plan) == {}


def proposed_units(community: Community) -> dict[int, int]:
    units: dict[int, int] = {}
    for row in Match.objects.filter(community=community, state=MatchState.PROPOSED):
        units[row.line_id] = units.get(row.line_id, 0) + row.quantity
    return units


class TestQueueWhatHasChanged:
    def test_queues_once_for_what_has_happened_and_rests_when_it_is_done(
        self, matched: Community, coordinator: Person
    ) -> None:
        keep_up(matched, at=make.NOON)
        assert services.queue_what_has_changed(at=LATER) == 0

        make.make_line(matched, by=coordinator)

        assert services.queue_what_has_changed(at=LATER) == 1
        assert services.queue_what_has_changed(at=LATER + timedelta(seconds=1)) == 0
        keep_up(matched)
        assert services.queue_what_has_changed(at=LATER + timedelta(seconds=2)) == 0

    def test_queues_no_second_one_while_the_first_waits_for_a_worker(
        self, matched: Community, coordinator: Person
    ) -> None:
        make.make_line(matched, by=coordinator)
        assert services.queue_what_has_changed(at=LATER) == 1
        StandingPlan.objects.update(queued_at=None)

        assert not services.something_has_changed(at=LATER + timedelta(days=1))
        assert services.queue_what_has_changed(at=LATER + timedelta(days=1)) == 0

    def test_queues_again_what_was_lost(self, matched: Community, coordinator: Person) -> None:
        make.make_line(matched, by=coordinator)
        assert services.queue_what_has_changed(at=LATER) == 1
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)

        assert services.queue_what_has_changed(at=LATER + timedelta(seconds=29)) == 0
        assert services.queue_what_has_changed(at=LATER + timedelta(minutes=1)) == 1

    def test_queues_what_keeps_failing_ever_more_seldom(
        self, matched: Community, coordinator: Person
    ) -> None:
        make.make_line(matched, by=coordinator)
        queued = []
        for seconds in range(0, 2000, 10):
            at = LATER + timedelta(seconds=seconds)
            if services.queue_what_has_changed(at=at):
                queued.append(seconds)
                DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(
                    status=TaskResultStatus.FAILED, finished_at=at
                )

        assert queued == [0, 60, 180, 420, 900, 1860]

    def test_begins_anew_when_it_went_well_again(self, matched: Community, coordinator: Person) -> None:
        make.make_line(matched, by=coordinator)
        services.queue_what_has_changed(at=LATER)
        DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=LATER)
        keep_up(matched, at=LATER + timedelta(minutes=1))
        make.make_line(matched, by=coordinator)

        assert services.queue_what_has_changed(at=LATER + timedelta(minutes=1, seconds=1)) == 1

    def test_leaves_communities_alone_that_do_not_use_needs(
        self, matched: Community, coordinator: Person
    ) -> None:
        make.make_line(matched, by=coordinator)
        Community.objects.update(switched_off=["needs"])

        assert services.queue_what_has_changed(at=LATER) == 0
        assert not keep_up(matched)
        Community.objects.update(switched_off=[])
        assert services.queue_what_has_changed(at=LATER) == 1

    def test_looking_writes_nothing_and_asks_little(
        self, matched: Community, coordinator: Person, django_assert_max_num_queries: Any
    ) -> None:
        keep_up(matched, at=make.NOON)

        with django_assert_max_num_queries(3) as asked:
            assert not services.something_has_changed(at=LATER)

        assert all(one["sql"].startswith("SELECT") for one in asked.captured_queries)

    def test_a_job_that_finds_nothing_to_do_is_out_of_the_way_of_the_next(
        self, matched: Community, coordinator: Person
    ) -> None:
        keep_up(matched, at=make.NOON)
        StandingPlan.objects.update(queued_at=LATER)
        assert not keep_up(matched)

        make.make_line(matched, by=coordinator)

        assert services.queue_what_has_changed(at=LATER + timedelta(seconds=1)) == 1

    def test_a_phone_call_moves_no_proposal(self, matched: Community, coordinator: Person) -> None:
        line = make.make_line(matched, by=coordinator)
        keep_up(matched)

        services.reveal_request(request_id=line.request.public_id, actor=coordinator, reason="call", at=LATER)

        assert services.queue_what_has_changed(at=LATER) == 0

    def test_time_alone_is_a_reason_after_an_hour(self, matched: Community, coordinator: Person) -> None:
        keep_up(matched, at=make.NOON)

        assert services.queue_what_has_changed(at=make.NOON + timedelta(minutes=59)) == 0
        assert services.queue_what_has_changed(at=make.NOON + timedelta(minutes=61)) == 1

    def test_waits_for_the_first_round(self, community: Community, coordinator: Person) -> None:
        make.make_line(community, by=coordinator)

        assert services.queue_what_has_changed(at=LATER) == 0

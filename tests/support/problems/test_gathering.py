"""Raising a problem, joining it, ideas and reasons, and putting two into one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.support.problems import errors, queries, services
from tadamun.pillars.support.problems.models import Affected, Problem
from tadamun.pillars.support.problems.queries.counts import counted_by_area
from tadamun.pillars.support.problems.vocabulary import ProblemState, Side
from tests.aid import make
from tests.aid.make import NOON
from tests.foundation.together import together
from tests.support.problems.make import do, join, make_problem


def card(problem, viewer):
    return queries.problem_card(community=problem.community, problem_id=problem.public_id, viewer=viewer)


class TestRaising:
    def test_counts_whoever_raises_it_and_lets_them_hear_of_it(self, problem, layla):
        seen = card(problem, layla)

        assert (seen.affected, seen.affects_viewer, seen.followed) == (1, True, True)
        assert seen.state is ProblemState.RAISED

    def test_is_for_members(self, community):
        with pytest.raises(errors.ProblemsForMembers):
            make_problem(community, by=make.make_person())

    def test_refuses_a_day_to_come_and_an_empty_title(self, community, layla):
        with pytest.raises(errors.SinceInTheFuture):
            make_problem(community, by=layla, since_on=NOON.date() + timedelta(days=1))
        with pytest.raises(errors.ProblemTitleNeeded):
            make_problem(community, by=layla, title=" \u200f ")

    def test_is_seen_by_members_alone_until_it_is_opened(self, problem, sami, reem):
        stranger = make.make_person()
        with pytest.raises(errors.NoSuchProblem):
            card(problem, stranger)
        with pytest.raises(errors.NotForYouToSteer):
            do("open_to_all", problem, sami)

        do("open_to_all", problem, reem)

        assert card(problem, stranger).title == problem.title
        assert card(problem, stranger).may.take_part is False
        do("keep_among_members", problem, reem)
        with pytest.raises(errors.NoSuchProblem):
            queries.share_of(community=problem.community, problem_id=problem.public_id)

    def test_may_be_corrected_by_its_raiser_while_it_gathers(self, problem, layla, sami, reem):
        facts = services.ProblemFacts(title="مصباح الدرج مكسور")
        with pytest.raises(errors.NotForYouToSteer):
            do("correct_problem", problem, sami, facts=facts)
        assert do("correct_problem", problem, layla, facts=facts).title == "مصباح الدرج مكسور"
        do("form_group", problem, reem)
        with pytest.raises(errors.NotForYouToSteer):
            do("correct_problem", problem, layla, facts=facts)


class TestJoining:
    def test_is_counted_once_and_lets_it_gather(self, problem, sami):
        for _again in range(2):
            join(problem, sami)

        problem.refresh_from_db()
        assert problem.state == ProblemState.GATHERING
        assert problem.affected.count() == 2
        do("unsay_affected", problem, sami)
        assert problem.affected.count() == 1

    def test_leaves_no_name_on_the_trail(self, problem, sami):
        join(problem, sami)

        entry = TrailEntry.objects.filter(verb="problem_affects").get()
        assert entry.actor == ""
        assert sami.public_id not in str(entry.data)

    def test_names_no_area_of_which_few_are(self, community, problem, layla):
        palms, market, hill = (
            make.make_area(community, name=name, km=1.0) for name in ("النخيل", "السوق", "التلة")
        )
        people = [make.make_member(community) for _ in range(30)]
        rows = [*[palms] * 14, *[market] * 12, *[hill] * 4]
        Affected.objects.bulk_create(
            Affected(problem=problem, person=person, area=area, said_at=NOON)
            for person, area in zip(people, rows, strict=True)
        )

        # Four of the hill and one of none would be known from the rest: so the market goes into it.
        assert [(row.area, row.count) for row in counted_by_area(problem=problem)] == [
            ("النخيل", 14),
            ("", 17),
        ]

    def test_goes_into_no_settled_problem(self, problem, sami, reem):
        do("settle", problem, reem, state=ProblemState.SET_ASIDE, outcome="هدم البناء")

        with pytest.raises(errors.ProblemNotOpen):
            join(problem, sami)


class TestIdeas:
    def test_come_with_reasons_for_and_against(self, problem, sami, layla):
        idea = do("add_idea", problem, sami, words="مصباح شمسيّ")
        do("add_reason", problem, layla, idea_id=idea.public_id, side=Side.FOR, words="لا كهرباء")
        do("add_reason", problem, sami, idea_id=idea.public_id, side=Side.AGAINST, words="غالٍ")

        (shown,) = card(problem, layla).ideas
        assert [one.words for one in shown.reasons_for] == ["لا كهرباء"]
        assert [one.words for one in shown.reasons_against] == ["غالٍ"]
        assert (shown.may_remove, shown.reasons_for[0].may_remove) == (False, True)
        assert card(problem, layla).state is ProblemState.GATHERING

    def test_are_taken_away_by_their_author_and_whoever_steers(self, problem, sami, layla, hind):
        first = do("add_idea", problem, sami, words="مصباح")
        second = do("add_idea", problem, sami, words="شمعة")
        with pytest.raises(errors.NotYoursToTakeAway):
            do("remove_said", problem, layla, said_id=first.public_id)

        do("remove_said", problem, sami, said_id=first.public_id)
        do("remove_said", problem, hind, said_id=second.public_id)

        assert card(problem, layla).ideas == ()


class TestSimilar:
    def test_shows_what_is_alike_in_other_words(self, community, layla):
        lamp = make_problem(community, by=layla, title="مصباح الدرج مطفأ")
        make_problem(community, by=layla, title="النفايات أمام المدرسة")

        found = queries.similar_problems(community=community, viewer=layla, title="المصابيح مطفأة في الدرج")

        assert [row.public_id for row in found] == [lamp.public_id]

    def test_shows_nothing_to_strangers(self, community, problem):
        assert not queries.similar_problems(community=community, viewer=None, title=problem.title)


class TestMerging:
    def test_counts_everybody_once_and_leads_on(self, community, problem, layla, sami, reem):
        other = make_problem(community, by=sami, title="الدرج مظلم")
        join(other, layla)
        do("add_idea", other, sami, words="مصباح شمسيّ")
        with pytest.raises(errors.NotForYouToSteer):
            do("merge", other, sami, into_id=problem.public_id)

        do("merge", other, reem, into_id=problem.public_id)

        seen = card(problem, layla)
        assert seen.affected == 2
        assert [idea.words for idea in seen.ideas] == ["مصباح شمسيّ"]
        with pytest.raises(errors.NoSuchProblem):
            card(other, layla)
        led = queries.merged_into(community=community, problem_id=other.public_id)
        assert led == problem.public_id

    def test_refuses_itself_and_what_a_group_works_on(self, community, problem, layla, reem):
        other = make_problem(community, by=layla, title="الدرج مظلم")
        do("form_group", problem, reem)
        with pytest.raises(errors.ProblemUnderWay):
            do("merge", problem, reem, into_id=other.public_id)
        with pytest.raises(errors.MergedWithItself):
            do("merge", other, reem, into_id=other.public_id)


@pytest.mark.django_db(transaction=True)
def test_two_who_join_problems_crosswise_leave_one(community, problem, layla, reem, hind):
    other = make_problem(community, by=layla, title="الدرج مظلم")

    outcomes = together(
        [
            lambda: do("merge", problem, reem, into_id=other.public_id),
            lambda: do("merge", other, hind, into_id=problem.public_id),
        ]
    )

    assert sum(isinstance(one, errors.NoSuchProblem) for one in outcomes) == 1
    assert Problem.objects.filter(merged_into__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_join_at_once_are_each_counted_once(community, problem, sami):
    together([lambda: join(problem, sami)] * 4)

    assert problem.affected.count() == 2
    problem.refresh_from_db()
    assert problem.state == ProblemState.GATHERING
    assert problem.events.filter(what="joined").count() == 1

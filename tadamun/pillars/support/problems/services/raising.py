"""Raising a problem, and setting its words right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.models import Area
from tadamun.kernel.arabic import analyser
from tadamun.kernel.text import clean_line, clean_text
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.errors import NotForYouToSteer, ProblemTitleNeeded, SinceInTheFuture
from tadamun.pillars.support.problems.models import Affected, Problem
from tadamun.pillars.support.problems.services.settling import deed, follow_it, happened, locked_problem, log
from tadamun.pillars.support.problems.vocabulary import TEXT_MOST, TITLE_MOST, Happening


@dataclass(frozen=True)
class ProblemFacts:
    """What somebody says of a problem; `category` is the kind of help it goes with, where there is one."""

    title: str
    body: str = ""
    area: Area | None = None
    category: Category | None = None
    since_on: date | None = None


@deed
def raise_problem(*, community: Community, actor: Person, facts: ProblemFacts, at: datetime) -> Problem:
    """Write a problem down; it affects whoever raises it, who also hears what becomes of it.

    :raises ProblemsForMembers: the actor is no member.
    :raises ProblemTitleNeeded: it has no title.
    :raises SinceInTheFuture: it is said to last since a day to come.
    """
    policies.require_member(actor=actor, community=community)
    problem = Problem(community=community, raised_by=actor, raised_at=at)
    _write(problem, facts, at=at)
    problem.save()
    Affected.objects.create(problem=problem, person=actor, area=problem.area, said_at=at)
    follow_it(problem, actor, at=at)
    happened(problem, Happening.RAISED, at=at)
    log(
        problem,
        verb="problem_raised",
        actor=actor,
        at=at,
        category=problem.category.code if problem.category else "",
    )
    return problem


@deed
def correct_problem(
    *, community: Community, problem_id: str, actor: Person, facts: ProblemFacts, at: datetime
) -> Problem:
    """Set the words of a problem right: whoever raised it while it gathers, and whoever steers it.

    :raises NoSuchProblem: there is none that the actor may see.
    :raises NotForYouToSteer: somebody else's.
    """
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    policies.require(policies.may_correct(person=actor, problem=problem), NotForYouToSteer())
    _write(problem, facts, at=at)
    problem.save()
    log(problem, verb="problem_corrected", actor=actor, at=at)
    return problem


def _write(problem: Problem, facts: ProblemFacts, *, at: datetime) -> None:
    today = at.astimezone(ZoneInfo(problem.community.time_zone)).date()
    if facts.since_on is not None and facts.since_on > today:
        raise SinceInTheFuture
    problem.title = clean_line(facts.title)[:TITLE_MOST]
    if not problem.title:
        raise ProblemTitleNeeded
    problem.body = clean_text(facts.body)[:TEXT_MOST]
    problem.area, problem.category, problem.since_on = facts.area, facts.category, facts.since_on
    problem.words = " ".join(analyser().tokens(f"{problem.title}\n{problem.body}"))

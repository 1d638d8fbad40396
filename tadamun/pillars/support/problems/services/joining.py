"""«يمسّني أيضًا», hearing of it, and thanking."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.models import Area
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.errors import ProblemMovedOn
from tadamun.pillars.support.problems.models import Affected, Follower, Problem, Thanks
from tadamun.pillars.support.problems.services.settling import (
    begin_to_gather,
    deed,
    follow_it,
    locked_problem,
    log,
    require_open,
)
from tadamun.pillars.support.problems.vocabulary import ProblemState


@deed
def say_affected(
    *, community: Community, problem_id: str, actor: Person, area: Area | None, at: datetime
) -> Problem:
    """It affects the actor too: counted once, under an area or none; said again, the area is the new one.

    :raises ProblemNotOpen: it is settled.
    """
    problem = _for_members(community, problem_id, actor)
    require_open(problem)
    row, is_new = Affected.objects.get_or_create(
        problem=problem, person=actor, defaults={"area": area, "said_at": at}
    )
    if not is_new:
        row.area = area
        row.save(update_fields=["area"])
        return problem
    follow_it(problem, actor, at=at)
    if problem.raised_by_id != actor.pk:
        begin_to_gather(problem, at=at)
    log(problem, verb="problem_affects", actor=None, at=at)
    return problem


@deed
def unsay_affected(*, community: Community, problem_id: str, actor: Person, at: datetime) -> Problem:
    """It does not affect the actor, or no more."""
    problem = _for_members(community, problem_id, actor)
    if Affected.objects.filter(problem=problem, person=actor).delete()[0]:
        log(problem, verb="problem_affects_no_more", actor=None, at=at)
    return problem


@deed
def follow(*, community: Community, problem_id: str, actor: Person, at: datetime) -> None:
    """Hear once a week what has happened to it."""
    follow_it(_for_members(community, problem_id, actor), actor, at=at)


@deed
def unfollow(*, community: Community, problem_id: str, actor: Person, at: datetime) -> None:
    """Hear nothing more of it."""
    Follower.objects.filter(problem=_for_members(community, problem_id, actor), person=actor).delete()


@deed
def say_thanks(*, community: Community, problem_id: str, actor: Person, at: datetime) -> None:
    """Thank those who worked on it, once.

    :raises ProblemMovedOn: nothing has been solved yet.
    """
    problem = _for_members(community, problem_id, actor)
    solved = problem.state in {ProblemState.SOLVED, ProblemState.PARTLY}
    policies.require(solved, ProblemMovedOn())
    Thanks.objects.get_or_create(problem=problem, person=actor, defaults={"said_at": at})


def _for_members(community: Community, problem_id: str, actor: Person) -> Problem:
    policies.require_member(actor=actor, community=community)
    return locked_problem(community=community, problem_id=problem_id, viewer=actor)

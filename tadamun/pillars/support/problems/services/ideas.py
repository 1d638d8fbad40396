"""Ideas for a solution, and the reasons for and against them."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.errors import EnoughSaid, NoSuchIdea, NotYoursToTakeAway
from tadamun.pillars.support.problems.models import Idea, Problem, Reason
from tadamun.pillars.support.problems.services.settling import (
    begin_to_gather,
    deed,
    happened,
    locked_problem,
    log,
    one_line,
    require_open,
)
from tadamun.pillars.support.problems.vocabulary import IDEAS_MOST, REASONS_MOST, Happening, Side


@deed
def add_idea(*, community: Community, problem_id: str, actor: Person, words: str, at: datetime) -> Idea:
    """Write down a way to solve it.

    :raises EnoughSaid: there are as many ideas as there may be.
    :raises WordsNeeded: nothing was written.
    """
    problem = _open_to(community, problem_id, actor)
    policies.require(problem.ideas.count() < IDEAS_MOST, EnoughSaid(most=IDEAS_MOST))
    idea = Idea.objects.create(problem=problem, author=actor, words=one_line(words), made_at=at)
    begin_to_gather(problem, at=at)
    happened(problem, Happening.IDEA, at=at)
    log(problem, verb="idea_added", actor=actor, at=at, idea=idea.public_id)
    return idea


@deed
def add_reason(
    *,
    community: Community,
    problem_id: str,
    idea_id: str,
    actor: Person,
    side: Side,
    words: str,
    at: datetime,
) -> Reason:
    """Say why an idea is good, or why it is not.

    :raises NoSuchIdea: it is not among the problem's.
    :raises EnoughSaid: there are as many reasons as there may be.
    """
    problem = _open_to(community, problem_id, actor)
    idea = problem.ideas.filter(public_id=idea_id).first()
    if idea is None:
        raise NoSuchIdea
    policies.require(idea.reasons.count() < REASONS_MOST, EnoughSaid(most=REASONS_MOST))
    reason = Reason.objects.create(idea=idea, author=actor, side=side, words=one_line(words), made_at=at)
    log(problem, verb="reason_added", actor=actor, at=at, idea=idea.public_id, side=side.value)
    return reason


@deed
def remove_said(*, community: Community, problem_id: str, said_id: str, actor: Person, at: datetime) -> None:
    """Take away an idea with its reasons, or one reason: whoever wrote it, and whoever steers the problem.

    :raises NoSuchIdea: there is none of this id.
    :raises NotYoursToTakeAway: somebody else's.
    """
    policies.require_member(actor=actor, community=community)
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    row: Idea | Reason | None = problem.ideas.filter(public_id=said_id).first()
    row = row or Reason.objects.filter(idea__problem=problem, public_id=said_id).first()
    if row is None:
        raise NoSuchIdea
    own = row.author_id == actor.pk
    policies.require(own or policies.may_steer(person=actor, problem=problem), NotYoursToTakeAway())
    verb = "idea_removed" if isinstance(row, Idea) else "reason_removed"
    row.delete()
    log(problem, verb=verb, actor=actor, at=at, said=said_id)


def _open_to(community: Community, problem_id: str, actor: Person) -> Problem:
    policies.require_member(actor=actor, community=community)
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    require_open(problem)
    return problem

"""What becomes of a problem, and who may see it."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.kernel.text import clean_text
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.errors import ProblemMovedOn, WordsNeeded
from tadamun.pillars.support.problems.models import Problem
from tadamun.pillars.support.problems.services.settling import (
    deed,
    happened,
    locked_problem,
    log,
    tell_followers,
)
from tadamun.pillars.support.problems.vocabulary import (
    MOVES,
    SETTLED,
    TEXT_MOST,
    Happening,
    ProblemState,
)


@deed
def settle(
    *,
    community: Community,
    problem_id: str,
    actor: Person,
    state: ProblemState,
    outcome: str,
    at: datetime,
) -> Problem:
    """Solved, partly, or set aside: with what is different now, or with the reason; those who follow are told.

    :raises NotForYouToSteer: the actor does not steer it.
    :raises ProblemMovedOn: this cannot follow on how it stands.
    :raises WordsNeeded: neither change nor reason was written.
    """
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    policies.require_steering(actor=actor, problem=problem)
    allowed = state in SETTLED and state in MOVES[ProblemState(problem.state)]
    policies.require(allowed, ProblemMovedOn())
    words = clean_text(outcome)[:TEXT_MOST]
    policies.require(bool(words), WordsNeeded())
    problem.state, problem.outcome, problem.settled_at = state, words, at
    problem.save(update_fields=["state", "outcome", "settled_at"])
    happened(problem, Happening(state.value), at=at)
    tell_followers(problem, kind=f"problems.{state.value}", but=actor, at=at)
    log(problem, verb="problem_settled", actor=actor, at=at, state=state.value)
    return problem


@deed
def take_up(*, community: Community, problem_id: str, actor: Person, at: datetime) -> Problem:
    """Take up again what was settled; the group goes on where there is one. What was said of it then goes.

    :raises NotForYouToSteer: the actor does not steer it.
    :raises ProblemMovedOn: it is open.
    """
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    policies.require_steering(actor=actor, problem=problem)
    policies.require(problem.state in SETTLED, ProblemMovedOn())
    at_work = problem.facilitator_id is not None and problem.group.exists()
    problem.state = ProblemState.WORKING if at_work else ProblemState.GATHERING
    problem.outcome, problem.settled_at = "", None
    problem.save(update_fields=["state", "outcome", "settled_at"])
    happened(problem, Happening.TAKEN_UP, at=at)
    tell_followers(problem, kind="problems.taken_up", but=actor, at=at)
    log(problem, verb="problem_taken_up", actor=actor, at=at)
    return problem


@deed
def open_to_all(*, community: Community, problem_id: str, actor: Person, at: datetime) -> Problem:
    """Let everybody see it, also without an account: after having looked that nobody is named or shown."""
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    policies.require_lead(actor=actor, community=community)
    if problem.opened_at is None:
        problem.opened_at = at
        problem.save(update_fields=["opened_at"])
        log(problem, verb="problem_opened", actor=actor, at=at)
    return problem


@deed
def keep_among_members(*, community: Community, problem_id: str, actor: Person, at: datetime) -> Problem:
    """Let members alone see it again."""
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    policies.require_lead(actor=actor, community=community)
    if problem.opened_at is not None:
        problem.opened_at = None
        problem.save(update_fields=["opened_at"])
        log(problem, verb="problem_kept_in", actor=actor, at=at)
    return problem

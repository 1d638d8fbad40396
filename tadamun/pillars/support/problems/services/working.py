"""The working group: beginning it, joining and leaving, and its steps."""

from __future__ import annotations

from datetime import date, datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.notices.services import tell
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.errors import (
    EnoughSaid,
    FacilitatorStays,
    GroupNeeded,
    NoSuchStep,
    NotInTheGroup,
    ProblemMovedOn,
)
from tadamun.pillars.support.problems.models import GroupMember, Problem, Step
from tadamun.pillars.support.problems.services.settling import (
    deed,
    follow_it,
    happened,
    locked_problem,
    log,
    one_line,
    page_of,
    require_open,
    tell_followers,
)
from tadamun.pillars.support.problems.vocabulary import STEPS_MOST, Happening, ProblemState


@deed
def form_group(*, community: Community, problem_id: str, actor: Person, at: datetime) -> Problem:
    """Begin a working group, and facilitate it; those who follow the problem are told.

    :raises NotForYouToSteer: the actor is neither facilitator nor coordinator of the community.
    :raises ProblemMovedOn: a group is at work already, or the problem is settled.
    """
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    policies.require_lead(actor=actor, community=community)
    policies.require(problem.is_gathering, ProblemMovedOn())
    problem.state, problem.facilitator = ProblemState.WORKING, actor
    problem.save(update_fields=["state", "facilitator"])
    _put_in(problem, actor, at=at)
    happened(problem, Happening.GROUP, at=at)
    tell_followers(problem, kind="problems.group", but=actor, at=at)
    log(problem, verb="group_formed", actor=actor, at=at)
    return problem


@deed
def join_group(*, community: Community, problem_id: str, actor: Person, at: datetime) -> Problem:
    """Work on it with the others.

    :raises GroupNeeded: nobody has begun a group.
    """
    problem = _at_work(community, problem_id, actor)
    if _put_in(problem, actor, at=at):
        log(problem, verb="group_joined", actor=actor, at=at)
    return problem


@deed
def leave_group(*, community: Community, problem_id: str, actor: Person, at: datetime) -> Problem:
    """Work on it no more; steps that were one's own are nobody's again.

    :raises FacilitatorStays: whoever facilitates hands it on first.
    """
    policies.require_member(actor=actor, community=community)
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    policies.require(problem.facilitator_id != actor.pk, FacilitatorStays())
    if GroupMember.objects.filter(problem=problem, person=actor).delete()[0]:
        problem.steps.filter(owner=actor, done_at=None).update(owner=None)
        log(problem, verb="group_left", actor=actor, at=at)
    return problem


@deed
def hand_on(*, community: Community, problem_id: str, actor: Person, to_id: str, at: datetime) -> Problem:
    """Let another of the group facilitate.

    :raises NotForYouToSteer: the actor does not steer it.
    :raises NotInTheGroup: whoever is named does not work on it.
    """
    problem = _at_work(community, problem_id, actor)
    policies.require_steering(actor=actor, problem=problem)
    problem.facilitator = _of_the_group(problem, to_id)
    problem.save(update_fields=["facilitator"])
    log(problem, verb="group_handed_on", actor=actor, at=at, to=to_id)
    return problem


@deed
def add_step(
    *,
    community: Community,
    problem_id: str,
    actor: Person,
    words: str,
    owner_id: str = "",
    due_on: date | None = None,
    at: datetime,
) -> Step:
    """Say what is done next, by whom of the group and until when; who it is for is told.

    :raises NotInTheGroup: the actor, or whoever is named, does not work on it.
    :raises EnoughSaid: there are as many steps as there may be.
    """
    problem = _at_work(community, problem_id, actor)
    policies.require_group(actor=actor, problem=problem)
    policies.require(problem.steps.count() < STEPS_MOST, EnoughSaid(most=STEPS_MOST))
    owner = _of_the_group(problem, owner_id) if owner_id else None
    step = Step.objects.create(problem=problem, words=one_line(words), owner=owner, due_on=due_on, made_at=at)
    if owner is not None and owner != actor:
        tell(
            recipient=owner,
            kind="problems.step",
            url=f"{page_of(problem)}group/",
            scope=community.public_id,
            about=problem.public_id,
            dedupe_key=f"step:{step.public_id}",
            at=at,
        )
    log(problem, verb="step_added", actor=actor, at=at, step=step.public_id)
    return step


@deed
def finish_step(*, community: Community, problem_id: str, step_id: str, actor: Person, at: datetime) -> Step:
    """It is done."""
    problem, step = _step(community, problem_id, step_id, actor)
    if step.done_at is None:
        step.done_at = at
        step.save(update_fields=["done_at"])
        happened(problem, Happening.STEP_DONE, at=at)
        log(problem, verb="step_done", actor=actor, at=at, step=step_id)
    return step


@deed
def drop_step(*, community: Community, problem_id: str, step_id: str, actor: Person, at: datetime) -> None:
    """It is not needed, or was not meant."""
    problem, step = _step(community, problem_id, step_id, actor)
    step.delete()
    log(problem, verb="step_dropped", actor=actor, at=at, step=step_id)


def _at_work(community: Community, problem_id: str, actor: Person) -> Problem:
    policies.require_member(actor=actor, community=community)
    problem = locked_problem(community=community, problem_id=problem_id, viewer=actor)
    require_open(problem)
    policies.require(problem.state == ProblemState.WORKING, GroupNeeded())
    return problem


def _step(community: Community, problem_id: str, step_id: str, actor: Person) -> tuple[Problem, Step]:
    problem = _at_work(community, problem_id, actor)
    policies.require_group(actor=actor, problem=problem)
    step = problem.steps.filter(public_id=step_id).first()
    if step is None:
        raise NoSuchStep
    return problem, step


def _of_the_group(problem: Problem, person_id: str) -> Person:
    row = problem.group.select_related("person").filter(person__public_id=person_id).first()
    if row is None or not policies.is_member(person=row.person, community=problem.community):
        raise NotInTheGroup
    return row.person


def _put_in(problem: Problem, person: Person, *, at: datetime) -> bool:
    follow_it(problem, person, at=at)
    return GroupMember.objects.get_or_create(problem=problem, person=person, defaults={"joined_at": at})[1]

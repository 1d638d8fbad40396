"""Joining a problem to another that is the same; people decide that, never a program."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.problems import policies
from tadamun.pillars.support.problems.errors import (
    MergedWithItself,
    NoSuchProblem,
    ProblemNotOpen,
    ProblemUnderWay,
)
from tadamun.pillars.support.problems.models import Affected, Follower, Problem
from tadamun.pillars.support.problems.services.settling import begin_to_gather, deed, happened, log
from tadamun.pillars.support.problems.vocabulary import OPEN, Happening


@deed
def merge(*, community: Community, problem_id: str, into_id: str, actor: Person, at: datetime) -> Problem:
    """Let one problem go on in another: whom it affects, who follows it and its ideas move over, each counted once.

    :raises NotForYouToSteer: the actor is neither facilitator nor coordinator of the community.
    :raises NoSuchProblem: one of the two is not here, or was joined already.
    :raises ProblemUnderWay: a group is at work on the one that would go.
    :raises ProblemNotOpen: one of them is settled.
    """
    policies.require_lead(actor=actor, community=community)
    policies.require(problem_id != into_id, MergedWithItself())
    goes, stays = _locked_pair(community, problem_id, into_id)
    policies.require(goes.state in OPEN and stays.state in OPEN, ProblemNotOpen())
    policies.require(goes.is_gathering, ProblemUnderWay())
    known = set(stays.affected.values_list("person_id", flat=True))
    Affected.objects.filter(problem=goes).exclude(person_id__in=known).update(problem=stays)
    hearing = set(stays.followers.values_list("person_id", flat=True))
    Follower.objects.filter(problem=goes).exclude(person_id__in=hearing).update(problem=stays)
    goes.ideas.update(problem=stays)
    taken = set(stays.pictures.values_list("moment", flat=True))
    goes.pictures.exclude(moment__in=taken).update(problem=stays)
    # What was joined to it earlier leads on to where it is now.
    Problem.objects.filter(merged_into=goes).update(merged_into=stays)
    goes.merged_into, goes.opened_at = stays, None
    goes.save(update_fields=["merged_into", "opened_at"])
    happened(stays, Happening.MERGED, at=at)
    begin_to_gather(stays, at=at)
    log(goes, verb="problem_merged", actor=actor, at=at, into=stays.public_id)
    return stays


def _locked_pair(community: Community, problem_id: str, into_id: str) -> tuple[Problem, Problem]:
    """Both rows, locked in the order of their keys, so that two who join them crosswise do not wait for each other."""
    rows = {
        row.public_id: row
        for row in Problem.objects.select_for_update(of=("self",), no_key=True)
        .select_related("community")
        .filter(community=community, public_id__in=[problem_id, into_id], merged_into__isnull=True)
        .order_by("pk")
    }
    if {problem_id, into_id} - set(rows):
        raise NoSuchProblem
    return rows[problem_id], rows[into_id]

"""Who takes part, who steers, and who looks at photos."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import holds, is_member, may_coordinate, require
from tadamun.foundation.communities.vocabulary import Role
from tadamun.pillars.support.problems.errors import (
    NoSuchProblem,
    NotForYouToSteer,
    NotInTheGroup,
    ProblemsForMembers,
)
from tadamun.pillars.support.problems.models import GroupMember, Problem

__all__ = [
    "is_in_group",
    "is_member",
    "may_coordinate",
    "may_correct",
    "may_lead",
    "may_see",
    "may_steer",
    "require",
    "require_group",
    "require_lead",
    "require_member",
    "require_seen",
    "require_steering",
]
_LEADERS = (Role.COORDINATOR.value, Role.FACILITATOR.value)


def may_see(*, viewer: Any, problem: Problem) -> bool:
    """Members see every problem, everybody those that were opened."""
    return problem.opened_at is not None or is_member(person=viewer, community=problem.community)


def may_lead(*, person: Any, community: Community) -> bool:
    """Coordinators and facilitators of the community join problems, begin groups, set problems aside."""
    return holds(person=person, community=community, any_of=_LEADERS)


def may_steer(*, person: Any, problem: Problem) -> bool:
    """Whoever may lead, and the facilitator of this very group as long as they are a member."""
    if may_lead(person=person, community=problem.community):
        return True
    own = problem.facilitator_id is not None and problem.facilitator_id == getattr(person, "pk", None)
    return own and is_member(person=person, community=problem.community)


def may_correct(*, person: Any, problem: Problem) -> bool:
    """Whoever steers it; whoever raised it, until a group is at work."""
    own = problem.raised_by_id is not None and problem.raised_by_id == getattr(person, "pk", None)
    return may_steer(person=person, problem=problem) or (
        own and problem.is_gathering and is_member(person=person, community=problem.community)
    )


def is_in_group(*, person: Any, problem: Problem) -> bool:
    """Whether somebody works on it; whoever left the community does not."""
    return is_member(person=person, community=problem.community) and (
        GroupMember.objects.filter(problem=problem, person=person).exists()
    )


def require_member(*, actor: Any, community: Community) -> None:
    """Only members go on.

    :raises ProblemsForMembers: anybody else.
    """
    require(is_member(person=actor, community=community), ProblemsForMembers())


def require_seen(*, viewer: Any, problem: Problem) -> None:
    """Only who may see it goes on.

    :raises NoSuchProblem: members alone see it.
    """
    require(may_see(viewer=viewer, problem=problem), NoSuchProblem())


def require_lead(*, actor: Any, community: Community) -> None:
    """Only coordinators and facilitators of the community go on.

    :raises NotForYouToSteer: anybody else.
    """
    require(may_lead(person=actor, community=community), NotForYouToSteer())


def require_steering(*, actor: Any, problem: Problem) -> None:
    """Only whoever steers this problem goes on.

    :raises NotForYouToSteer: anybody else.
    """
    require(may_steer(person=actor, problem=problem), NotForYouToSteer())


def require_group(*, actor: Any, problem: Problem) -> None:
    """Only the group, and whoever steers, go on.

    :raises NotInTheGroup: anybody else.
    """
    inside = is_in_group(person=actor, problem=problem) or may_steer(person=actor, problem=problem)
    require(inside, NotInTheGroup())

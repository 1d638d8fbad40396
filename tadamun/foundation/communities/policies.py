"""Who may do what in a community."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tadamun.foundation.communities.errors import AppSwitchedOff, NotAMember, RoleNeeded
from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.communities.vocabulary import MembershipState, Role
from tadamun.kernel.errors import TadamunError


def require(allowed: bool, error: TadamunError) -> None:  # reads as a sentence
    """Raise the error unless allowed."""
    if not allowed:
        raise error


def membership_of(*, person: Any, community: Community) -> Membership | None:
    """The active membership of somebody in a community, if any."""
    if not getattr(person, "is_authenticated", False):
        return None
    return Membership.objects.filter(person=person, community=community, state=MembershipState.ACTIVE).first()


def memberships_of(*, people: Iterable[int], community: Community) -> dict[int, Membership]:
    """The memberships of several people by their row's key, ended ones too, in one query: for lists."""
    found = Membership.objects.filter(person__in=set(people), community=community)
    return {membership.person_id: membership for membership in found}


def roles_of(*, person: Any, community: Community) -> frozenset[str]:
    """The roles somebody holds in a community now; every active member is at least a member."""
    if not getattr(person, "is_authenticated", False):
        return frozenset()
    cached: dict[int, frozenset[str]] = person.__dict__.setdefault("_roles_by_community", {})
    if community.pk not in cached:
        held = Membership.objects.filter(person=person, community=community, state=MembershipState.ACTIVE)
        # One row a grant, and one without a role for a member who was never given any.
        grants = list(held.values_list("grants__role", "grants__ended_at"))
        roles = {role for role, ended_at in grants if role and ended_at is None}
        cached[community.pk] = frozenset(roles | {"member"}) if grants else frozenset()
    return cached[community.pk]


def forget_roles(*, person: Any) -> None:
    """Ask the database again the next time: roles were just changed."""
    person.__dict__.pop("_roles_by_community", None)


def holds(*, person: Any, community: Community, any_of: tuple[str, ...]) -> bool:
    """Whether somebody holds one of the roles here."""
    return not roles_of(person=person, community=community).isdisjoint(any_of)


def is_member(*, person: Any, community: Community) -> bool:
    """Whether somebody belongs to the community."""
    return bool(roles_of(person=person, community=community))


def require_member(*, person: Any, community: Community) -> None:
    """Only members go on.

    :raises NotAMember: the viewer is a stranger or belongs elsewhere.
    """
    require(is_member(person=person, community=community), NotAMember())


def require_role(*, person: Any, community: Community, any_of: tuple[str, ...]) -> None:
    """Only holders of one of the roles go on.

    :raises NotAMember: not even a member.
    :raises RoleNeeded: a member without any of the roles.
    """
    require_member(person=person, community=community)
    require(holds(person=person, community=community, any_of=any_of), RoleNeeded(roles=list(any_of)))


def require_app(*, community: Community, app: str) -> None:
    """Only communities that use this part go on.

    :raises AppSwitchedOff: the community has switched it off.
    """
    require(community.has_on(app), AppSwitchedOff(app=app))


def may_coordinate(*, person: Any, community: Community) -> bool:
    """Coordinators see and handle requests."""
    return holds(person=person, community=community, any_of=(Role.COORDINATOR,))


def may_steward(*, person: Any, community: Community) -> bool:
    """Stewards settle how the community works and who holds which role."""
    return holds(person=person, community=community, any_of=(Role.STEWARD,))


def may_audit(*, person: Any, community: Community) -> bool:
    """Auditors read the files of a round's certificate."""
    return holds(person=person, community=community, any_of=(Role.AUDITOR,))

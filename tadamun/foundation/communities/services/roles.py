"""Giving and taking roles."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.communities.errors import NoSuchMember, RoleUnknown
from tadamun.foundation.communities.models import Community, Membership, RoleGrant
from tadamun.foundation.communities.policies import forget_roles, require, require_role
from tadamun.foundation.communities.services.leaving import lock_stewards, require_another_steward
from tadamun.foundation.communities.services.membership import give_role, require_password
from tadamun.foundation.communities.vocabulary import ROLES, MembershipState, Role
from tadamun.foundation.notices import services as notices
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail import services as trail


@transaction.atomic
def grant_role(*, community: Community, actor: Person, member_id: str, role: str, at: datetime) -> None:
    """Give a member a role; they are told. Giving what is held changes nothing.

    :raises RoleNeeded: only stewards.
    :raises RoleUnknown: there is no such role to give.
    :raises NoSuchMember: nobody of this id belongs here now.
    :raises PasswordNeeded: the role sees names, and the account has no password.
    """
    membership = _member(community, actor, member_id, role)
    require_password(person=membership.person, role=role)
    if give_role(membership=membership, role=role, given_by=actor, at=at):
        _finish(membership, actor, role, "role_given", at)


@transaction.atomic
def revoke_role(*, community: Community, actor: Person, member_id: str, role: str, at: datetime) -> None:
    """Take a role from a member; they are told. Taking what is not held changes nothing.

    :raises RoleNeeded: only stewards.
    :raises NoSuchMember: nobody of this id belongs here now.
    :raises LastSteward: another steward must be named first.
    """
    lock_stewards(community)
    membership = _member(community, actor, member_id, role)
    held = RoleGrant.objects.filter(membership=membership, role=role, ended_at__isnull=True)
    if not held.exists():
        return
    if role == Role.STEWARD:
        require_another_steward(membership)
    held.update(ended_at=at)
    _finish(membership, actor, role, "role_ended", at)


def _member(community: Community, actor: Person, member_id: str, role: str) -> Membership:
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    require(role in ROLES and role != Role.MEMBER, RoleUnknown(role=role[:16]))
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "community")
    membership = rows.filter(community=community, public_id=member_id, state=MembershipState.ACTIVE).first()
    if membership is None:
        raise NoSuchMember
    return membership


def _finish(membership: Membership, actor: Person, role: str, verb: str, at: datetime) -> None:
    for person in (membership.person, actor):
        forget_roles(person=person)
    notices.tell(
        recipient=membership.person,
        kind=f"communities.{verb}",
        params={"community": membership.community.name},
        url=f"/c/{membership.community.slug}/",
        scope=membership.community.public_id,
        about=membership.public_id,
        at=at,
    )
    trail.record(
        scope=membership.community.public_id,
        verb=verb,
        thing="membership",
        thing_id=membership.public_id,
        actor=actor.public_id,
        data={"role": role},
        at=at,
    )

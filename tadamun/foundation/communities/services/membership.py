"""The steps that joining, inviting and giving roles share, inside the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from tadamun.foundation.communities.errors import PasswordNeeded, RemovedEarlier, RoleUnknown
from tadamun.foundation.communities.models import Community, JoinRequest, Membership, RoleGrant
from tadamun.foundation.communities.policies import forget_roles, require
from tadamun.foundation.communities.services.finding import put_member
from tadamun.foundation.communities.vocabulary import ROLES, JoinState, MembershipState, Role
from tadamun.foundation.people import services as people
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail import services as trail


@transaction.atomic
def add_member(*, community: Community, person: Person, roles: tuple[str, ...], at: datetime) -> Membership:
    """Make somebody a member with roles while a community is set up: for commands, never for a page.

    :raises RoleUnknown: one of the roles does not exist.
    """
    for role in roles:
        require(role in ROLES, RoleUnknown(role=role[:16]))
    membership = enter(community=community, person=person, at=at)
    for role in roles:
        if role != Role.MEMBER:
            give_role(membership=membership, role=role, given_by=None, at=at)
    forget_roles(person=person)
    trail.record(
        scope=community.public_id,
        verb="member_added",
        thing="membership",
        thing_id=membership.public_id,
        data={"roles": sorted(roles)},
        at=at,
    )
    return membership


def enter(*, community: Community, person: Person, at: datetime, by_steward: bool = False) -> Membership:
    """Make somebody an active member; who left comes back unverified.

    :param by_steward: a steward takes back somebody who was removed.
    :raises RemovedEarlier: the person was removed, and it is no steward who takes them back.
    """
    try:
        with transaction.atomic():
            membership = Membership.objects.create(community=community, person=person, joined_at=at)
            put_member(membership=membership)
            return membership
    except IntegrityError:
        membership = Membership.objects.select_for_update(of=("self",)).get(
            community=community, person=person
        )
    if membership.state == MembershipState.ACTIVE:
        return membership
    require(membership.state != MembershipState.REMOVED or by_steward, RemovedEarlier())
    membership.state, membership.joined_at, membership.ended_at = MembershipState.ACTIVE, at, None
    membership.verified_at = membership.verified_by = membership.overnight_approved_at = None
    membership.save()
    put_member(membership=membership)
    return membership


def give_role(*, membership: Membership, role: str, given_by: Person | None, at: datetime) -> bool:
    """Give a role that is not held yet; open sign-in links end when it sees names. Returns whether it was new."""
    try:
        with transaction.atomic():
            RoleGrant.objects.create(membership=membership, role=role, given_by=given_by, given_at=at)
    except IntegrityError:
        return False
    if ROLES[role].sees_names:
        people.withdraw_sign_in_links(person=membership.person, at=at)
    return True


def require_password(*, person: Person, role: str) -> None:
    """A role that sees names is for accounts with a password of their own.

    :raises PasswordNeeded: there is none.
    """
    require(not ROLES[role].sees_names or person.has_usable_password(), PasswordNeeded())


def close_join_request(*, community: Community, person: Person, at: datetime) -> None:
    """A request to join that waits is answered by joining some other way."""
    JoinRequest.objects.filter(community=community, person=person, state=JoinState.WAITING).update(
        state=JoinState.ACCEPTED, decided_at=at
    )

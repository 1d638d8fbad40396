"""Leaving, being removed, and being forgotten. A community is never left without a steward."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.communities.errors import LastSteward, NoSuchMember, NotAMember
from tadamun.foundation.communities.models import Community, JoinRequest, Membership, RoleGrant
from tadamun.foundation.communities.policies import forget_roles, require, require_role
from tadamun.foundation.communities.services.finding import put_member
from tadamun.foundation.communities.vocabulary import JoinState, MembershipState, Role
from tadamun.foundation.notices import services as notices
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail import services as trail


@transaction.atomic
def leave(*, community: Community, person: Person, at: datetime) -> None:
    """Leave a community with all roles in it, in silence.

    :raises NotAMember: the person does not belong here.
    :raises LastSteward: another steward must be named first.
    """
    lock_stewards(community)
    membership = _active(community, person=person)
    require(membership is not None, NotAMember())
    assert membership is not None  # noqa: S101  # said by the line above
    _end(membership, state=MembershipState.LEFT, at=at)
    forget_roles(person=person)
    _log(membership, person, "member_left", at)


@transaction.atomic
def remove_member(*, community: Community, actor: Person, member_id: str, at: datetime) -> None:
    """Take somebody out of a community; they are told.

    :raises RoleNeeded: only stewards.
    :raises NoSuchMember: nobody of this id belongs here now.
    :raises LastSteward: another steward must be named first.
    """
    require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    lock_stewards(community)
    membership = _active(community, public_id=member_id)
    if membership is None:
        raise NoSuchMember
    _end(membership, state=MembershipState.REMOVED, at=at)
    forget_roles(person=membership.person)
    forget_roles(person=actor)
    notices.tell(
        recipient=membership.person,
        kind="communities.member_removed",
        params={"community": community.name},
        scope=community.public_id,
        about=membership.public_id,
        at=at,
    )
    _log(membership, actor, "member_removed", at)


@transaction.atomic
def forget_person(*, person: Person, at: datetime) -> None:
    """End somebody's belonging everywhere and drop what they wrote; the books keep that somebody belonged.

    :raises LastSteward: a community would be left without a steward.
    """
    for membership in Membership.objects.filter(person=person, state=MembershipState.ACTIVE).select_related(
        "community"
    ):
        leave(community=membership.community, person=person, at=at)
    JoinRequest.objects.filter(person=person, state=JoinState.WAITING).delete()
    JoinRequest.objects.filter(person=person).update(note="")


def lock_stewards(community: Community) -> None:
    """Let one change at a time decide who is left as a steward."""
    # Not the full row lock: rows that point to the community can still be added meanwhile.
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)


def require_another_steward(membership: Membership) -> None:
    """The last steward stays. Call it under `lock_stewards`.

    :raises LastSteward: nobody else holds the role here.
    """
    others = RoleGrant.objects.filter(
        membership__community_id=membership.community_id,
        membership__state=MembershipState.ACTIVE,
        role=Role.STEWARD,
        ended_at__isnull=True,
    ).exclude(membership=membership)
    require(others.exists(), LastSteward())


def _active(community: Community, **which: object) -> Membership | None:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "community")
    return rows.filter(community=community, state=MembershipState.ACTIVE, **which).first()


def _end(membership: Membership, *, state: MembershipState, at: datetime) -> None:
    held = RoleGrant.objects.filter(membership=membership, ended_at__isnull=True)
    if held.filter(role=Role.STEWARD).exists():
        require_another_steward(membership)
    held.update(ended_at=at)
    membership.state, membership.ended_at = state, at
    membership.verified_at = membership.verified_by = membership.overnight_approved_at = None
    membership.save()
    put_member(membership=membership)


def _log(membership: Membership, actor: Person, verb: str, at: datetime) -> None:
    trail.record(
        scope=membership.community.public_id,
        verb=verb,
        thing="membership",
        thing_id=membership.public_id,
        actor=actor.public_id,
        at=at,
    )

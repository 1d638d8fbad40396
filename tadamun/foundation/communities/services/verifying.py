"""Verifying who visits homes, and approving who hosts overnight: always by a second person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.communities.errors import NoSuchMember, NotOneself, NotVerified
from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.communities.policies import require, require_role
from tadamun.foundation.communities.queries import LEADERS
from tadamun.foundation.communities.vocabulary import MembershipState, Role
from tadamun.foundation.notices import services as notices
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail import services as trail


@transaction.atomic
def verify_member(*, community: Community, actor: Person, member_id: str, at: datetime) -> None:
    """Write down that a coordinator met a member and saw who they are. Doing it twice changes nothing.

    :raises RoleNeeded: only coordinators and stewards.
    :raises NoSuchMember: nobody of this id belongs here now.
    :raises NotOneself: a second person looks.
    """
    membership = _member(community, actor, member_id, any_of=LEADERS)
    require(membership.person_id != actor.pk, NotOneself())
    if membership.verified_at is None:
        membership.verified_at, membership.verified_by = at, actor
        membership.save(update_fields=["verified_at", "verified_by"])
        _finish(membership, actor, "member_verified", at)


@transaction.atomic
def withdraw_verification(*, community: Community, actor: Person, member_id: str, at: datetime) -> None:
    """Take a verification back, and with it the approval to host overnight.

    :raises RoleNeeded: only coordinators and stewards.
    :raises NoSuchMember: nobody of this id belongs here now.
    """
    membership = _member(community, actor, member_id, any_of=LEADERS)
    if membership.verified_at is not None:
        membership.verified_at = membership.verified_by = membership.overnight_approved_at = None
        membership.save(update_fields=["verified_at", "verified_by", "overnight_approved_at"])
        _finish(membership, actor, "verification_withdrawn", at)


@transaction.atomic
def approve_overnight(*, community: Community, actor: Person, member_id: str, at: datetime) -> None:
    """Agree that a verified member may host people overnight. Doing it twice changes nothing.

    :raises RoleNeeded: only coordinators.
    :raises NoSuchMember: nobody of this id belongs here now.
    :raises NotOneself: a second person looks.
    :raises NotVerified: the member is to be verified first.
    """
    membership = _member(community, actor, member_id, any_of=(Role.COORDINATOR,))
    require(membership.person_id != actor.pk, NotOneself())
    require(membership.verified_at is not None, NotVerified())
    if membership.overnight_approved_at is None:
        membership.overnight_approved_at = at
        membership.save(update_fields=["overnight_approved_at"])
        _finish(membership, actor, "overnight_approved", at)


@transaction.atomic
def withdraw_overnight(*, community: Community, actor: Person, member_id: str, at: datetime) -> None:
    """Take the approval to host overnight back.

    :raises RoleNeeded: only coordinators and stewards.
    :raises NoSuchMember: nobody of this id belongs here now.
    """
    membership = _member(community, actor, member_id, any_of=LEADERS)
    if membership.overnight_approved_at is not None:
        membership.overnight_approved_at = None
        membership.save(update_fields=["overnight_approved_at"])
        _finish(membership, actor, "overnight_withdrawn", at)


def _member(community: Community, actor: Person, member_id: str, *, any_of: tuple[str, ...]) -> Membership:
    require_role(person=actor, community=community, any_of=any_of)
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "community")
    membership = rows.filter(community=community, public_id=member_id, state=MembershipState.ACTIVE).first()
    if membership is None:
        raise NoSuchMember
    return membership


def _finish(membership: Membership, actor: Person, verb: str, at: datetime) -> None:
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
        at=at,
    )

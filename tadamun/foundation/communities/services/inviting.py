"""Invitations by link: only the token's hash is kept, and each use is counted under a lock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tadamun.foundation.communities.errors import (
    InvitationNotValid,
    InvitationTooWide,
    NoSuchInvitation,
    RoleNeeded,
    RoleUnknown,
)
from tadamun.foundation.communities.models import Community, Invitation, Membership
from tadamun.foundation.communities.policies import (
    forget_roles,
    may_steward,
    membership_of,
    require,
    require_role,
    roles_of,
)
from tadamun.foundation.communities.queries import LEADERS, invitation_hash
from tadamun.foundation.communities.services.membership import (
    close_join_request,
    enter,
    give_role,
    require_password,
)
from tadamun.foundation.communities.vocabulary import ROLES, Role
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail import services as trail

MOST_PEOPLE, MOST_DAYS = 200, 90
BY_COORDINATORS = (Role.MEMBER, Role.VOLUNTEER)
"""The roles that a coordinator may invite to; the others are a steward's to give."""


@transaction.atomic
def make_invitation(
    *,
    community: Community,
    actor: Person,
    role: str,
    token: str,
    most_uses: int,
    valid_for: timedelta,
    at: datetime,
) -> Invitation:
    """Make an invitation; to a role that sees names it is always for one person and for a week at most.

    :param token: the link's secret, made by the caller, who shows it once; only its hash is kept.
    :raises RoleNeeded: coordinators invite members and volunteers, stewards to every role.
    :raises RoleUnknown: there is no such role.
    :raises InvitationTooWide: for nobody or too many, too short or too long.
    """
    require_role(person=actor, community=community, any_of=LEADERS)
    require(role in ROLES, RoleUnknown(role=role[:16]))
    if role not in BY_COORDINATORS:
        require_role(person=actor, community=community, any_of=(Role.STEWARD,))
    invitation = keep_invitation(
        community=community,
        token=token,
        role=role,
        made_by=actor,
        most_uses=most_uses,
        valid_for=valid_for,
        at=at,
    )
    return invitation


def keep_invitation(
    *,
    community: Community,
    token: str,
    role: str,
    made_by: Person | None,
    most_uses: int,
    valid_for: timedelta,
    at: datetime,
) -> Invitation:
    """Store an invitation within the caller's transaction.

    :raises InvitationTooWide: for nobody or too many, too short or too long.
    """
    people, days = (1, 7) if ROLES[role].sees_names else (MOST_PEOPLE, MOST_DAYS)
    if not (1 <= most_uses <= people and timedelta(hours=1) <= valid_for <= timedelta(days=days)):
        raise InvitationTooWide(most=people, days=days)
    invitation = Invitation.objects.create(
        community=community,
        token_hash=invitation_hash(token=token),
        role=role,
        made_by=made_by,
        made_at=at,
        expires_at=at + valid_for,
        most_uses=most_uses,
    )
    trail.record(
        scope=community.public_id,
        verb="invitation_made",
        thing="invitation",
        thing_id=invitation.public_id,
        actor=made_by.public_id if made_by else "",
        data={"role": role, "most_uses": most_uses},
        at=at,
    )
    return invitation


@transaction.atomic
def accept_invitation(*, community: Community, token: str, person: Person, at: datetime) -> Membership:
    """Join by an invitation's button. Who holds the role already is not counted again.

    :raises InvitationNotValid: unknown, used up, withdrawn or too old; the last place may just have gone.
    :raises PasswordNeeded: the role sees names, and the account has no password.
    :raises RemovedEarlier: who was removed comes back by a request only.
    """
    rows = Invitation.objects.select_for_update(of=("self",))
    invitation = rows.filter(community=community, token_hash=invitation_hash(token=token)).first()
    if invitation is None:
        raise InvitationNotValid
    membership = membership_of(person=person, community=community)
    if membership is not None and invitation.role in roles_of(person=person, community=community):
        return membership
    if not invitation.is_open(at=at) or invitation.role not in ROLES:
        raise InvitationNotValid
    require_password(person=person, role=invitation.role)
    invitation.uses += 1
    invitation.save(update_fields=["uses"])
    membership = membership or enter(community=community, person=person, at=at)
    if invitation.role != Role.MEMBER:
        give_role(membership=membership, role=invitation.role, given_by=invitation.made_by, at=at)
    close_join_request(community=community, person=person, at=at)
    forget_roles(person=person)
    trail.record(
        scope=community.public_id,
        verb="invitation_accepted",
        thing="membership",
        thing_id=membership.public_id,
        actor=person.public_id,
        data={"invitation": invitation.public_id, "role": invitation.role},
        at=at,
    )
    return membership


@transaction.atomic
def withdraw_invitation(*, community: Community, actor: Person, invitation_id: str, at: datetime) -> None:
    """Stop an invitation; who joined by it stays. Stopping twice changes nothing.

    :raises RoleNeeded: coordinators stop those to members and volunteers and their own, stewards all.
    :raises NoSuchInvitation: there is none of this id here.
    """
    require_role(person=actor, community=community, any_of=LEADERS)
    rows = Invitation.objects.select_for_update(of=("self",))
    invitation = rows.filter(community=community, public_id=invitation_id).first()
    if invitation is None:
        raise NoSuchInvitation
    mine = invitation.role in BY_COORDINATORS or invitation.made_by_id == actor.pk
    require(mine or may_steward(person=actor, community=community), RoleNeeded(roles=[Role.STEWARD]))
    if invitation.withdrawn_at is not None:
        return
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    trail.record(
        scope=community.public_id,
        verb="invitation_withdrawn",
        thing="invitation",
        thing_id=invitation.public_id,
        actor=actor.public_id,
        at=at,
    )

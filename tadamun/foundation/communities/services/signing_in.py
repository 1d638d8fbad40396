"""A one-time sign-in link that a coordinator hands over to a member."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.communities.errors import NoSuchMember, NotOneself
from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.communities.policies import require, require_role
from tadamun.foundation.communities.queries import LEADERS, sees_names_anywhere
from tadamun.foundation.communities.vocabulary import MembershipState
from tadamun.foundation.people import services as people
from tadamun.foundation.people.errors import NoLinkForThisRole
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail import services as trail


@transaction.atomic
def hand_over_sign_in_link(*, community: Community, actor: Person, member_id: str, at: datetime) -> str:
    """Make a link that opens a member's account once, within a day; it is logged, and earlier links end.

    :returns: the link's token, shown once and never stored.
    :raises RoleNeeded: only coordinators and stewards.
    :raises NoSuchMember: nobody of this id belongs here now.
    :raises NotOneself: a link is for somebody else.
    :raises NoLinkForThisRole: the member's role, here or elsewhere, sees names, or the admin pages are open to them.
    """
    require_role(person=actor, community=community, any_of=LEADERS)
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person")
    membership = rows.filter(community=community, public_id=member_id, state=MembershipState.ACTIVE).first()
    if membership is None:
        raise NoSuchMember
    require(membership.person_id != actor.pk, NotOneself())
    person = membership.person
    guarded = person.is_staff or person.is_superuser or sees_names_anywhere(person=person)
    require(not guarded, NoLinkForThisRole())
    token = people.make_sign_in_link(person=person, made_by=actor, at=at)
    trail.record(
        scope=community.public_id,
        verb="sign_in_link_made",
        thing="membership",
        thing_id=membership.public_id,
        actor=actor.public_id,
        at=at,
    )
    return token

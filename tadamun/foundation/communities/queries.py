"""Looking at communities: which there are, who belongs, who asks to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from tadamun.foundation.communities.cards import (
    AppSwitch,
    InvitationCard,
    JoinRequestCard,
    MemberCard,
    OpenedInvitation,
    RoleLabel,
)
from tadamun.foundation.communities.errors import InvitationNotValid, NoSuchCommunity, NoSuchMember
from tadamun.foundation.communities.models import Community, Invitation, JoinRequest, Membership, RoleGrant
from tadamun.foundation.communities.policies import holds, membership_of, require_role, roles_of
from tadamun.foundation.communities.vocabulary import APPS, ROLES, JoinState, MembershipState, Role
from tadamun.foundation.notices.wording import Reader
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.queries import has_second_factor, person_by_phone
from tadamun.foundation.sealed import keyed_hash

__all__ = ["has_second_factor", "membership_of", "roles_of"]
PAGE = 40
LEADERS = (Role.COORDINATOR, Role.STEWARD)
# Spellings of one name that a search takes for the same.
_SAME_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")


def community_of(*, slug: str) -> Community:
    """The community at a short name.

    :raises NoSuchCommunity: there is none.
    """
    community = Community.objects.filter(slug=slug).first()
    if community is None:
        raise NoSuchCommunity
    return community


def all_communities() -> list[Community]:
    """Every community of the instance, oldest first: for commands and the shared front page."""
    return list(Community.objects.order_by("created_at", "pk"))


def home_community(*, viewer: Any) -> Community | None:
    """The community whose shell surrounds pages of no community: the viewer's own, else the only one there is."""
    if getattr(viewer, "is_authenticated", False):
        first = Membership.objects.filter(person=viewer, state=MembershipState.ACTIVE).select_related(
            "community"
        )
        membership = first.order_by("joined_at", "pk").first()
        if membership is not None:
            return membership.community
    some = list(Community.objects.order_by("created_at")[:2])
    return some[0] if len(some) == 1 else None


def communities_of(*, person: Person) -> list[Community]:
    """Where somebody belongs, in the order they joined."""
    mine = Membership.objects.filter(person=person, state=MembershipState.ACTIVE).select_related("community")
    return [membership.community for membership in mine.order_by("joined_at", "pk")]


def readers() -> dict[str, Reader]:
    """Region and clock of every community by its public id, for writing notices out."""
    rows = Community.objects.values_list("public_id", "region", "time_zone")
    return {public_id: Reader(region=region, time_zone=zone) for public_id, region, zone in rows}


def people_with_role(*, community: Community, role: str) -> list[Person]:
    """Active members who hold a role, by the order they joined."""
    grants = RoleGrant.objects.filter(
        membership__community=community,
        membership__state=MembershipState.ACTIVE,
        role=role,
        ended_at__isnull=True,
    ).select_related("membership__person")
    return [grant.membership.person for grant in grants.order_by("membership__joined_at", "pk")]


def sees_names_anywhere(*, person: Person) -> bool:
    """Whether somebody holds, in any community, a role that sees names."""
    seeing = [code for code, facts in ROLES.items() if facts.sees_names]
    return RoleGrant.objects.filter(
        membership__person=person,
        membership__state=MembershipState.ACTIVE,
        role__in=seeing,
        ended_at__isnull=True,
    ).exists()


def member_page(
    *, community: Community, viewer: Person, search: str = "", role: str = "", number: int = 1
) -> Page[Any]:
    """One page of the members, by name; its `object_list` holds `MemberCard`s.

    :param search: part of a name, in any spelling of its letters.
    :raises RoleNeeded: only coordinators and stewards see who the members are.
    """
    require_role(person=viewer, community=community, any_of=LEADERS)
    rows = _members(community)
    if role and role != Role.MEMBER:
        rows = rows.filter(grants__role=role, grants__ended_at__isnull=True)
    found: QuerySet[Membership] | list[Membership] = rows
    if search.strip():
        wanted = folded_name(search)
        found = [row for row in rows if wanted in folded_name(row.person.name)]
    page: Page[Any] = Paginator(found, PAGE).get_page(number)
    page.object_list = [_member_card(row, viewer) for row in page.object_list]
    return page


def member_card(*, community: Community, viewer: Person, member_id: str) -> MemberCard:
    """One member.

    :raises RoleNeeded: only coordinators and stewards see who the members are.
    :raises NoSuchMember: nobody of this id belongs here now.
    """
    require_role(person=viewer, community=community, any_of=LEADERS)
    row = _members(community).filter(public_id=member_id).first()
    if row is None:
        raise NoSuchMember
    return _member_card(row, viewer)


def found_members(
    *, community: Community, viewer: Any, person_ids: Sequence[str], phone: str = ""
) -> list[MemberCard]:
    """Members by the public ids of the people, in the order given, after the one who has the phone (E.164), if any.

    Nobody but coordinators and stewards sees who the members are: everybody else gets none.
    """
    if not holds(person=viewer, community=community, any_of=LEADERS):
        return []
    owner = person_by_phone(phone=phone) if phone else None
    ids = list(dict.fromkeys([*([owner.public_id] if owner else []), *person_ids]))
    cards = {
        row.person.public_id: _member_card(row, viewer)
        for row in _members(community).filter(person__public_id__in=ids)
    }
    return [cards[one] for one in ids if one in cards]


def member_count(*, community: Community) -> int:
    """How many people belong."""
    return Membership.objects.filter(community=community, state=MembershipState.ACTIVE).count()


def givable_roles() -> list[RoleLabel]:
    """The roles that can be given, in the order they were registered; everyone is a member anyway."""
    return [RoleLabel(facts.code, facts.label) for facts in ROLES.values() if facts.code != Role.MEMBER]


def role_label(role: str) -> RoleLabel:
    """A role with its name; one whose part of the software is gone keeps its code."""
    return RoleLabel(role, ROLES[role].label if role in ROLES else role)


def app_switches(*, community: Community) -> list[AppSwitch]:
    """The parts of the software, and which the community uses."""
    return [AppSwitch(app.code, app.pillar, app.label, community.has_on(app.code)) for app in APPS.values()]


def invitations(*, community: Community, viewer: Person, at: datetime) -> list[InvitationCard]:
    """The invitations that were made, open ones first, newest first: at most a hundred.

    :raises RoleNeeded: only coordinators and stewards.
    """
    require_role(person=viewer, community=community, any_of=LEADERS)
    rows = (
        Invitation.objects.filter(community=community)
        .select_related("made_by")
        .order_by("-made_at", "-pk")[:100]
    )
    cards = [_invitation_card(row, at) for row in rows]
    return sorted(cards, key=lambda card: not card.is_open)


def opened_invitation(*, community: Community, token: str, at: datetime) -> OpenedInvitation:
    """What an invitation's link leads to. Looking changes nothing.

    :raises InvitationNotValid: unknown, used up, withdrawn, too old, or of another community.
    """
    row = Invitation.objects.filter(community=community, token_hash=invitation_hash(token=token)).first()
    if row is None or not row.is_open(at=at):
        raise InvitationNotValid
    facts = ROLES.get(row.role)
    return OpenedInvitation(
        public_id=row.public_id,
        community_name=community.name,
        community_slug=community.slug,
        role=role_label(row.role),
        sees_names=facts is None or facts.sees_names,
        expires_at=row.expires_at,
    )


def invitation_hash(*, token: str) -> str:
    """The keyed hash an invitation is found by."""
    return keyed_hash(token, purpose="invitation")


def join_requests(*, community: Community, viewer: Person) -> list[JoinRequestCard]:
    """Who waits to belong, longest first.

    :raises RoleNeeded: only coordinators and stewards.
    """
    require_role(person=viewer, community=community, any_of=LEADERS)
    rows = list(
        JoinRequest.objects.filter(community=community, state=JoinState.WAITING)
        .select_related("person")
        .order_by("asked_at", "pk")[:200]
    )
    removed = set(
        Membership.objects.filter(
            community=community, person__in=[row.person_id for row in rows], state=MembershipState.REMOVED
        ).values_list("person_id", flat=True)
    )
    return [
        JoinRequestCard(
            public_id=row.public_id,
            name=row.person.name or row.person.public_id,
            note=row.note,
            asked_at=row.asked_at,
            was_removed=row.person_id in removed,
        )
        for row in rows
    ]


def join_request_count(*, community: Community) -> int:
    """How many people wait to belong."""
    return JoinRequest.objects.filter(community=community, state=JoinState.WAITING).count()


def waits_to_join(*, person: Any, community: Community) -> bool:
    """Whether somebody's request to join waits for an answer."""
    if not getattr(person, "is_authenticated", False):
        return False
    return JoinRequest.objects.filter(community=community, person=person, state=JoinState.WAITING).exists()


def my_records(*, person: Person) -> dict[str, Any]:
    """What is kept about somebody's belonging, for their own export."""
    mine = Membership.objects.filter(person=person).select_related("community").order_by("joined_at", "pk")
    asked = JoinRequest.objects.filter(person=person).select_related("community").order_by("asked_at", "pk")
    made = Invitation.objects.filter(made_by=person).select_related("community").order_by("made_at", "pk")
    return {
        "memberships": [
            {
                "community": row.community.name,
                "state": row.state,
                "joined_at": row.joined_at,
                "ended_at": row.ended_at,
                "verified_at": row.verified_at,
                "overnight_approved_at": row.overnight_approved_at,
                "roles": list(row.grants.order_by("given_at", "pk").values("role", "given_at", "ended_at")),
            }
            for row in mine.prefetch_related("grants")
        ],
        "join_requests": [
            {"community": row.community.name, "note": row.note, "state": row.state, "asked_at": row.asked_at}
            for row in asked
        ],
        "invitations_made": [
            {"community": row.community.name, "role": row.role, "made_at": row.made_at, "uses": row.uses}
            for row in made
        ],
    }


def folded_name(name: str) -> str:
    """A name without vowel signs, tatweel and spelling variants, in small letters, to compare by."""
    bare = "".join(
        c
        for c in unicodedata.normalize("NFKD", name.translate(_SAME_LETTERS))
        if unicodedata.category(c) != "Mn"
    )
    return " ".join(bare.replace("ـ", "").translate(_SAME_LETTERS).casefold().split())


def _members(community: Community) -> QuerySet[Membership]:
    held = RoleGrant.objects.filter(ended_at__isnull=True).order_by("given_at", "pk")
    return (
        Membership.objects.filter(community=community, state=MembershipState.ACTIVE)
        .select_related("person", "verified_by")
        .prefetch_related(Prefetch("grants", queryset=held))
        .order_by("person__name", "pk")
    )


def _member_card(row: Membership, viewer: Person) -> MemberCard:
    held: Iterable[RoleGrant] = row.grants.all()
    codes = [grant.role for grant in held]
    return MemberCard(
        public_id=row.public_id,
        person_id=row.person.public_id,
        name=row.person.name,
        roles=tuple(role_label(code) for code in codes),
        joined_at=row.joined_at,
        verified_at=row.verified_at,
        verified_by=row.verified_by.name if row.verified_by else "",
        overnight_approved_at=row.overnight_approved_at,
        is_viewer=row.person_id == viewer.pk,
        sees_names=any(code in ROLES and ROLES[code].sees_names for code in codes),
    )


def _invitation_card(row: Invitation, at: datetime) -> InvitationCard:
    return InvitationCard(
        public_id=row.public_id,
        role=role_label(row.role),
        made_by=row.made_by.name if row.made_by else "",
        made_at=row.made_at,
        expires_at=row.expires_at,
        uses=row.uses,
        most_uses=row.most_uses,
        is_open=row.is_open(at=at),
    )

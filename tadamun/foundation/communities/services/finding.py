"""Which members can be found by name: active ones, by leaders; the index holds keyed hashes of their names only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.communities.vocabulary import MembershipState
from tadamun.foundation.search import services as search
from tadamun.foundation.search.cards import Document, Source
from tadamun.foundation.search.vocabulary import Audience, Kind


def put_member(*, membership: Membership) -> None:
    """Let a member be found; who left or was removed no more."""
    if membership.state == MembershipState.ACTIVE:
        search.index(document=_document(membership))
    else:
        search.forget(kind=Kind.MEMBER, about=membership.person.public_id, scope=membership.community_id)


def findable(*, community: Community) -> dict[Kind, Source]:
    """All members that can be found in a community, for building the index anew."""
    members = Membership.objects.filter(community=community, state=MembershipState.ACTIVE)

    def documents(abouts: Sequence[str]) -> Iterator[Document]:
        return map(_document, members.filter(person__public_id__in=abouts).select_related("person"))

    return {Kind.MEMBER: Source(lambda: members.values_list("person__public_id", flat=True), documents)}


def _document(membership: Membership) -> Document:
    return Document(
        scope=membership.community_id,
        kind=Kind.MEMBER,
        about=membership.person.public_id,
        audiences=(Audience.LEADERS,),
        dated_at=membership.joined_at,
        names=(membership.person.name,),
    )

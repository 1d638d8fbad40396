"""Who may do what with needs, offers and matches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tadamun.foundation.catalogue.vocabulary import SafetyTier
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import (
    may_audit,
    may_coordinate,
    may_steward,
    memberships_of,
    require,
)
from tadamun.foundation.communities.vocabulary import MembershipState
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs.errors import (
    CoordinatorsOnly,
    GiverNotVerified,
    JoinedToAnother,
    NotYourNeed,
    NotYourOffer,
    NotYourTask,
)
from tadamun.pillars.aid.needs.models import Match, Offer, Request

__all__ = [
    "know_givers",
    "may_act_for_asker",
    "may_answer",
    "may_audit",
    "may_coordinate",
    "may_give_in",
    "may_manage_offer",
    "may_steward",
    "require_asker",
    "require_coordinator",
    "require_giver",
    "require_invited",
    "require_trusted",
]


KNOWN = "_membership_here"
"""Where a list's givers carry, by community, the membership that `know_givers` looked up for them."""


def may_act_for_asker(*, actor: Any, request: Request, with_pin: bool = False) -> bool:
    """The asker, whoever gave number and PIN, or a coordinator of the community."""
    if with_pin:
        return True
    own = getattr(actor, "is_authenticated", False) and request.asker_id == actor.pk
    return own or may_coordinate(person=actor, community=request.community)


def may_manage_offer(*, actor: Any, offer: Offer) -> bool:
    """The giver, or a coordinator of the community."""
    own = getattr(actor, "is_authenticated", False) and offer.giver_id == actor.pk
    return own or may_coordinate(person=actor, community=offer.community)


def may_answer(*, actor: Any, match: Match) -> bool:
    """Only the person who was invited."""
    giver = match.slot.offer.giver_id
    return bool(getattr(actor, "is_authenticated", False) and giver is not None and giver == actor.pk)


def may_give_in(*, giver: Person | None, offer: Offer) -> bool:
    """Whether the giver may help in a category of this safety tier: met by a coordinator, or agreed to host.

    Whoever was removed from the community helps in none.
    """
    tier = offer.category.safety_tier
    if giver is None:
        return tier == SafetyTier.HANDOVER
    known = giver.__dict__.get(KNOWN, {})
    if offer.community_id in known:
        membership = known[offer.community_id]
    else:
        membership = memberships_of(people=[giver.pk], community=offer.community).get(giver.pk)
    if membership is not None and membership.state == MembershipState.REMOVED:
        return False
    if tier == SafetyTier.HANDOVER:
        return True
    if membership is None or membership.verified_at is None:
        return False
    return tier != SafetyTier.OVERNIGHT or membership.overnight_approved_at is not None


def know_givers(*, offers: Iterable[Offer], community: Community) -> None:
    """Look up the memberships of the givers of offers of one community at once, for `may_give_in` on each."""
    givers = [offer.giver for offer in offers if offer.giver is not None]
    found = memberships_of(people=[giver.pk for giver in givers], community=community)
    for giver in givers:
        giver.__dict__.setdefault(KNOWN, {})[community.pk] = found.get(giver.pk)


def require_coordinator(*, actor: Any, community: Any) -> None:
    """Only coordinators go on.

    :raises CoordinatorsOnly: anybody else.
    """
    require(may_coordinate(person=actor, community=community), CoordinatorsOnly())


def require_asker(*, actor: Any, request: Request, with_pin: bool = False) -> None:
    """Only the asker's side goes on.

    :raises NotYourNeed: anybody else.
    """
    require(may_act_for_asker(actor=actor, request=request, with_pin=with_pin), NotYourNeed())


def require_same_asker(*, asked: Request, goes_on: Request) -> None:
    """Only whoever asked for both goes on from a joined request to the kept one: the account that made the two.

    A guest's number and PIN prove nothing about the other request; its number is said in a call.

    :raises JoinedToAnother: anybody else.
    """
    same = asked.asker_id is not None and asked.asker_id == goes_on.asker_id
    require(same or asked.pk == goes_on.pk, JoinedToAnother())


def require_trusted(*, match: Match) -> None:
    """Only a giver who may still help in this category goes on: verification and membership may have ended since.

    :raises GiverNotVerified: no longer.
    """
    offer = match.slot.offer
    require(may_give_in(giver=offer.giver, offer=offer), GiverNotVerified())


def require_giver(*, actor: Any, offer: Offer) -> None:
    """Only the giver or a coordinator goes on.

    :raises NotYourOffer: anybody else.
    """
    require(may_manage_offer(actor=actor, offer=offer), NotYourOffer())


def require_invited(*, actor: Any, match: Match) -> None:
    """Only the person invited goes on.

    :raises NotYourTask: anybody else.
    """
    require(may_answer(actor=actor, match=match), NotYourTask())

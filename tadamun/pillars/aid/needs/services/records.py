"""Forgetting a person: what says who they are goes, what the community did stays counted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tadamun.foundation.communities.models import Community
from tadamun.foundation.notices.services import forget_about
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.services import forget_place
from tadamun.foundation.trail.services import held_back
from tadamun.pillars.aid.needs.models import (
    ContactAttempt,
    Match,
    Message,
    NeedLine,
    Offer,
    Referral,
    Request,
    ShelterDetails,
    StayConcern,
)
from tadamun.pillars.aid.needs.services.finding import forget_offer_words, put_request
from tadamun.pillars.aid.needs.services.handing_over import cancel_match
from tadamun.pillars.aid.needs.services.lines import OPEN_STATES, withdraw_line
from tadamun.pillars.aid.needs.services.offering import close_offer
from tadamun.pillars.aid.needs.services.proofs import destroy_inputs, wait_for_rounds
from tadamun.pillars.aid.needs.services.settling import lock_several
from tadamun.pillars.aid.needs.vocabulary import LIVE, MatchState, OfferState, Side


@transaction.atomic
def forget_person(*, person: Person, at: datetime) -> None:
    """Withdraw what the person still asks, offers or promised, and drop names, phones, places, texts; keep the counts.

    What they handed over and nobody has confirmed yet stays, as the household's own word still counts.
    """
    wait_for_rounds(communities=_communities_of(person))
    lines = NeedLine.objects.filter(request__asker=person, state__in=OPEN_STATES)
    given = Match.objects.filter(slot__offer__giver=person, state__in=LIVE)
    lock_several(
        matches=Match.objects.filter(Q(line__in=lines) | Q(pk__in=given)),
        lines=lines.values_list("pk", flat=True),
    )
    with held_back():
        for line_id in list(lines.order_by("pk").values_list("public_id", flat=True)):
            withdraw_line(line_id=line_id, actor=person, at=at)
        for offer in Offer.objects.filter(giver=person, state=OfferState.OPEN):
            close_offer(offer_id=offer.public_id, actor=person, at=at)
        promised = given.filter(state__in=[MatchState.ACCEPTED, MatchState.SCHEDULED])
        for match_id in list(promised.order_by("pk").values_list("public_id", flat=True)):
            cancel_match(match_id=match_id, actor=person, at=at)
    for request in _requests_of(person):
        forget_request(request=request, at=at)
    for offer in Offer.objects.filter(giver=person).select_related("place", "community"):
        forget_offer(offer=offer, at=at)
    StayConcern.objects.filter(match__slot__offer__giver=person, side=Side.GIVER).update(body="")


def _requests_of(person: Person) -> list[Request]:
    """What the person asked for, and what was found to be the same household's and joined to it."""
    found = list(Request.objects.filter(asker=person).select_related("place"))
    for request in found:
        found.extend(request.merged.exclude(pk__in=[one.pk for one in found]).select_related("place"))
    return found


def _communities_of(person: Person) -> list[Community]:
    asked, gave = Q(requests__asker=person), Q(offers__giver=person)
    return list(Community.objects.filter(asked | gave).distinct())


def forget_offer(*, offer: Offer, at: datetime) -> None:
    """Drop everything of an offer that says whose it was, and the inputs of the rounds that its place stands in."""
    destroy_inputs(ids=[offer.public_id], community=offer.community, since=offer.made_at, at=at)
    if offer.place is not None:
        forget_place(place=offer.place)
    offer.giver_name = offer.detail = offer.allergens = ""
    offer.phone = offer.phone_hash = None
    offer.save()
    forget_offer_words(offer=offer)
    ShelterDetails.objects.filter(offer=offer).update(house_rules="", about_house="")


def forget_request(*, request: Request, at: datetime) -> None:
    """Drop everything of a request that says whose it was; its number and PIN open nothing any more.

    The inputs of the rounds that its place stands in are destroyed.
    """
    ids = list(NeedLine.objects.filter(request=request).values_list("public_id", flat=True))
    destroy_inputs(ids=ids, community=request.community, since=request.asked_at, at=at)
    if request.place is not None:
        forget_place(place=request.place)
    Message.objects.filter(request=request).delete()
    Referral.objects.filter(line__request=request).update(service=None)
    ContactAttempt.objects.filter(request=request).update(note="")
    NeedLine.objects.filter(request=request).update(detail="", referred_to="")
    Match.objects.filter(line__request=request).update(thanks="", code="")
    StayConcern.objects.filter(match__line__request=request, side=Side.ASKER).update(body="")
    forget_about(about=request.public_id)
    request.asker_name = request.recipient_name = request.safe_hours = request.notes = ""
    request.phone = request.phone_hash = request.household_size = None
    request.requirements, request.pin_hash = [], ""
    request.forgotten_at = at
    request.save()
    put_request(request=request)

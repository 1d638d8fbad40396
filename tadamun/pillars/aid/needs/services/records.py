"""Forgetting a person: what says who they are goes, what the community did stays counted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tadamun.foundation.communities.models import Community
from tadamun.foundation.notices.services import forget_about
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.services import forget_reasons
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
from tadamun.pillars.aid.needs.services.cells import forget_cells
from tadamun.pillars.aid.needs.services.finding import forget_offer_words, put_request
from tadamun.pillars.aid.needs.services.handing_over import cancel_match
from tadamun.pillars.aid.needs.services.lines import OPEN_STATES, withdraw_line
from tadamun.pillars.aid.needs.services.offering import close_offer
from tadamun.pillars.aid.needs.services.proofs import destroy_inputs, wait_for_rounds
from tadamun.pillars.aid.needs.services.settling import lock_offers, lock_requests, lock_several
from tadamun.pillars.aid.needs.vocabulary import LIVE, MatchState, OfferState, Side


@transaction.atomic
def forget_person(*, person: Person, at: datetime) -> None:
    """Withdraw what the person still asks, offers or promised, and drop names, phones, places, texts; keep the counts.

    What they handed over and nobody has confirmed yet stays, as the household's own word still counts.
    """
    wait_for_rounds(communities=_communities_of(person))
    with held_back():
        requests = _locked_requests_of(person)
        _lock_rest(person, requests=requests)
        _withdraw(person, requests=requests, at=at)
        offers = list(Offer.objects.filter(giver=person).select_related("place", "community").order_by("pk"))
        _destroy_inputs(requests=requests, offers=offers, at=at)
        forget_cells(requests=requests, at=at)
        for request in requests:
            forget_request(request=request, at=at)
        for offer in offers:
            forget_offer(offer=offer)
        StayConcern.objects.filter(match__slot__offer__giver=person, side=Side.GIVER).update(body="")


def _locked_requests_of(person: Person) -> list[Request]:
    """What the person asked for, and what was found to be the same household's and joined to it, under lock."""
    held: set[str] = set()
    # Another may be joined to one of them while we wait for the locks; then it is asked again.
    while not (ids := _requests_of(person)) <= held:
        lock_requests(ids=ids)
        held |= ids
    return lock_requests(ids=ids)


def _requests_of(person: Person) -> set[str]:
    found = latest = set(Request.objects.filter(asker=person).values_list("public_id", flat=True))
    while latest:
        joined = Request.objects.filter(merged_into__public_id__in=latest)
        latest = set(joined.values_list("public_id", flat=True)) - found
        found = found | latest
    return found


def _lock_rest(person: Person, *, requests: list[Request]) -> None:
    """The person's offers, and every line and slot that is changed below, in the order that everybody keeps."""
    lock_offers(offers=Offer.objects.filter(giver=person))
    lines = NeedLine.objects.filter(request__in=requests)
    touched = Q(line__in=lines.filter(state__in=OPEN_STATES)) | Q(slot__offer__giver=person, state__in=LIVE)
    lock_several(matches=Match.objects.filter(touched), lines=lines.values_list("pk", flat=True))


def _withdraw(person: Person, *, requests: list[Request], at: datetime) -> None:
    """Take back what the person still asks, offers or promised."""
    lines = NeedLine.objects.filter(request__in=requests, state__in=OPEN_STATES)
    for line_id in list(lines.order_by("pk").values_list("public_id", flat=True)):
        withdraw_line(line_id=line_id, actor=person, at=at)
    for offer in Offer.objects.filter(giver=person, state=OfferState.OPEN).order_by("pk"):
        close_offer(offer_id=offer.public_id, actor=person, at=at)
    promised = Match.objects.filter(
        slot__offer__giver=person, state__in=[MatchState.ACCEPTED, MatchState.SCHEDULED]
    )
    for match_id in list(promised.order_by("pk").values_list("public_id", flat=True)):
        cancel_match(match_id=match_id, actor=person, at=at)


def _destroy_inputs(*, requests: list[Request], offers: list[Offer], at: datetime) -> None:
    """Destroy the inputs of the rounds that any of these stand in, from the oldest round of each community on."""
    made: dict[Community, list[tuple[str, datetime]]] = {}
    lines = NeedLine.objects.filter(request__in=requests).select_related("request__community")
    for line in lines:
        made.setdefault(line.request.community, []).append((line.public_id, line.request.asked_at))
    for offer in offers:
        made.setdefault(offer.community, []).append((offer.public_id, offer.made_at))
    for community, rows in sorted(made.items(), key=lambda one: one[0].pk):
        ids, moments = zip(*rows, strict=True)
        destroy_inputs(ids=ids, community=community, since=min(moments), at=at)


def _communities_of(person: Person) -> list[Community]:
    asked, gave = Q(requests__asker=person), Q(offers__giver=person)
    return list(Community.objects.filter(asked | gave).distinct())


def forget_offer(*, offer: Offer) -> None:
    """Drop everything of a locked offer that says whose it was."""
    if offer.place is not None:
        forget_place(place=offer.place)
    offer.giver_name = offer.detail = offer.allergens = ""
    offer.phone = offer.phone_hash = None
    offer.save()
    forget_offer_words(offer=offer)
    ShelterDetails.objects.filter(offer=offer).update(house_rules="", about_house="")


def forget_request(*, request: Request, at: datetime) -> None:
    """Drop everything of a locked request that says whose it was; its number and PIN open nothing any more."""
    if request.place is not None:
        forget_place(place=request.place)
    Message.objects.filter(request=request).delete()
    Referral.objects.filter(line__request=request).update(service=None)
    ContactAttempt.objects.filter(request=request).update(note="")
    NeedLine.objects.filter(request=request).update(detail="", referred_to="")
    Match.objects.filter(line__request=request).update(thanks="", code="")
    StayConcern.objects.filter(match__line__request=request, side=Side.ASKER).update(body="")
    forget_about(about=request.public_id)
    forget_reasons(about=request.public_id)
    request.asker_name = request.recipient_name = request.safe_hours = request.notes = ""
    request.phone = request.phone_hash = request.household_size = None
    request.requirements, request.household, request.pin_hash = [], "", ""
    request.forgotten_at = at
    request.save()
    put_request(request=request)

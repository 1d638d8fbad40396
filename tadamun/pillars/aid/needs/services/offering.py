"""Offering help, pausing it, and closing it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.queries import phone_hash
from tadamun.foundation.people.services import record_consent
from tadamun.foundation.people.vocabulary import ConsentMeans, ConsentPurpose
from tadamun.foundation.places.services import keep_place
from tadamun.foundation.trail.services import record
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import (
    ConsentNeeded,
    DateOutOfRange,
    GiverNotVerified,
    MoneyWaitsForTheFund,
    NoSuchOffer,
    QuantityOutOfRange,
)
from tadamun.pillars.aid.needs.models import Match, Offer, ShelterDetails
from tadamun.pillars.aid.needs.services.details import OfferDetails
from tadamun.pillars.aid.needs.services.finding import put_offer
from tadamun.pillars.aid.needs.services.settling import end_match, lock_several, locked_match
from tadamun.pillars.aid.needs.services.sweeping import one_by_one
from tadamun.pillars.aid.needs.slots import local_day, slot_for
from tadamun.pillars.aid.needs.vocabulary import (
    QUANTITY_MOST,
    REACH_KM_MOST,
    EndReason,
    MatchState,
    OfferState,
    Requirement,
    Storage,
)

FARTHEST = timedelta(days=3650)
"""No day that anybody means lies further away; days near the ends of the calendar cannot be reckoned with."""


@transaction.atomic
def post_offer(*, community: Community, actor: Any, details: OfferDetails, at: datetime) -> Offer:
    """Keep an offer and open its first slot.

    :raises MoneyWaitsForTheFund: money is given through the fund.
    :raises GiverNotVerified: taking people in needs an account that a coordinator can verify.
    """
    person = actor if getattr(actor, "is_authenticated", False) else None
    _refuse_unsound(details, community=community, person=person, at=at)
    offer = Offer(
        community=community,
        giver=person,
        giver_name=clean_line(details.giver_name)[:80],
        is_organisation=details.is_organisation,
        phone=details.phone or None,
        phone_hash=phone_hash(phone=details.phone) if details.phone else None,
        category=details.category,
        detail=clean_line(details.detail)[:300],
        quantity=details.quantity,
        divisible=details.divisible and not details.category.whole,
        rhythm=details.rhythm,
        from_at=details.from_at,
        until_at=details.until_at,
        reach_km=details.reach_km,
        brings_it=details.brings_it,
        provides=_provided(details),
        monthly_limit=details.monthly_limit,
        best_before=details.best_before,
        allergens=clean_line(details.allergens)[:200],
        storage=details.storage if details.storage in {kind.value for kind in Storage} else "",
        made_at=at,
    )
    offer.consent = record_consent(
        purpose=ConsentPurpose.OFFER,
        text_version=details.consent_version,
        means=ConsentMeans.SELF,
        person=person,
        at=at,
    )
    offer.place = keep_place(area=details.area, address=details.address, exact=details.exact)
    offer.save()
    if details.shelter is not None:
        ShelterDetails.objects.create(offer=offer, **vars(details.shelter))
    slot_for(offer=offer, on=local_day(community=community, at=at))
    put_offer(offer=offer)
    _record(offer, verb="offer_posted", actor=actor, at=at)
    return offer


@transaction.atomic
def pause_offer(*, offer_id: str, until: date | None, actor: Any, at: datetime) -> Offer:
    """Rest for a while, or go on again (`until` empty); promises already made stay."""
    offer = _locked_offer(offer_id)
    policies.require_giver(actor=actor, offer=offer)
    today = local_day(community=offer.community, at=at)
    if until is not None and not today <= until <= today + timedelta(days=730):
        raise DateOutOfRange
    offer.paused_until = until
    offer.save(update_fields=["paused_until"])
    _record(offer, verb="offer_paused" if until else "offer_resumed", actor=actor, at=at)
    return offer


@transaction.atomic
def close_offer(*, offer_id: str, actor: Any, at: datetime) -> Offer:
    """End an offer. Invitations not yet answered end with it; promises already made stay."""
    offer = _locked_offer(offer_id)
    policies.require_giver(actor=actor, offer=offer)
    if offer.state == OfferState.CLOSED:
        return offer
    Match.objects.filter(slot__offer=offer, state=MatchState.PROPOSED).delete()
    invited = Match.objects.filter(slot__offer=offer, state=MatchState.INVITED)
    lock_several(matches=invited)
    for match_id in list(invited.order_by("pk").values_list("public_id", flat=True)):
        match = locked_match(match_id=match_id)
        end_match(match=match, state=MatchState.CANCELLED, reason=EndReason.OFFER_CLOSED, at=at)
    offer.state, offer.closed_at = OfferState.CLOSED, at
    offer.save(update_fields=["state", "closed_at"])
    put_offer(offer=offer)
    _record(offer, verb="offer_closed", actor=actor, at=at)
    return offer


@transaction.atomic
def take_on_offer(*, offer_id: str, actor: Any, at: datetime) -> Offer:
    """See to it that nothing of an offer spoils; of two coordinators who press at once the first has it."""
    offer = _locked_offer(offer_id)
    policies.require_coordinator(actor=actor, community=offer.community)
    if offer.owner_id is None:
        offer.owner = actor
        offer.save(update_fields=["owner"])
        _record(offer, verb="offer_taken_on", actor=actor, at=at)
    return offer


def _refuse_unsound(details: OfferDetails, *, community: Community, person: Any, at: datetime) -> None:
    today = local_day(community=community, at=at)
    if details.category.is_money:
        raise MoneyWaitsForTheFund
    if not details.consent_version:
        raise ConsentNeeded
    if not 1 <= details.quantity <= QUANTITY_MOST or (
        details.monthly_limit is not None and details.monthly_limit < 1
    ):
        raise QuantityOutOfRange(most=QUANTITY_MOST)
    if not 0 <= details.reach_km <= REACH_KM_MOST:
        raise QuantityOutOfRange(most=REACH_KM_MOST)
    if details.best_before is not None and details.best_before < today:
        raise DateOutOfRange
    if any(abs(day - today) > FARTHEST for day in _days_of(details)):
        raise DateOutOfRange
    if details.until_at is not None and details.until_at < (details.from_at or at):
        raise DateOutOfRange
    if details.category.safety_tier > 0 and person is None:
        raise GiverNotVerified
    if details.shelter is not None and not today <= details.shelter.nights_until <= today + timedelta(
        days=730
    ):
        raise DateOutOfRange


def _days_of(details: OfferDetails) -> Iterator[date]:
    """Every day that an offer names."""
    yield from (moment.date() for moment in (details.from_at, details.until_at) if moment)
    yield from (day for day in (details.best_before,) if day)
    if details.shelter is not None:
        yield from (details.shelter.nights_from, details.shelter.nights_until)


def _provided(details: OfferDetails) -> list[str]:
    codes = set(details.provides) & {requirement.value for requirement in Requirement}
    if details.brings_it:
        codes.add(Requirement.BROUGHT_HOME.value)
    else:
        codes.discard(Requirement.BROUGHT_HOME.value)
    if details.shelter is not None:
        codes -= {Requirement.WOMEN_ONLY_HOUSE.value, Requirement.FAMILY_HOUSE.value}
        codes |= {Requirement.WOMEN_ONLY_HOUSE.value} if details.shelter.women_only else set()
        codes |= {Requirement.FAMILY_HOUSE.value} if details.shelter.families_welcome else set()
    return sorted(codes)


def _locked_offer(offer_id: str) -> Offer:
    offer = (
        Offer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("community", "category")
        .filter(public_id=offer_id)
    )
    found = offer.first()
    if found is None:
        raise NoSuchOffer
    return found


def _record(offer: Offer, *, verb: str, actor: Any, at: datetime) -> None:
    record(
        scope=offer.community.public_id,
        verb=verb,
        thing="offer",
        thing_id=offer.public_id,
        actor=getattr(actor, "public_id", ""),
        at=at,
        data={"category": offer.category.code, "quantity": offer.quantity},
    )


def close_past_offers(*, at: datetime) -> int:
    """Close offers whose window, last good day or nights are over. Returns how many.

    :raises ExceptionGroup: some of them failed; the others are closed.
    """
    yesterday = (at - timedelta(days=1)).date()
    past = Offer.objects.filter(state=OfferState.OPEN).filter(
        Q(until_at__lt=at) | Q(best_before__lt=yesterday) | Q(shelter__nights_until__lt=yesterday)
    )
    ids = past.values_list("public_id", flat=True)
    return one_by_one(ids=ids, do=_close_past, what="close_past_offers", at=at)


@transaction.atomic
def _close_past(offer_id: str, *, at: datetime) -> int:
    offer = _locked_offer(offer_id)
    if offer.state == OfferState.CLOSED:
        return 0
    Match.objects.filter(slot__offer=offer, state=MatchState.PROPOSED).delete()
    offer.state, offer.closed_at = OfferState.CLOSED, at
    offer.save(update_fields=["state", "closed_at"])
    put_offer(offer=offer)
    _record(offer, verb="offer_ended", actor=None, at=at)
    return 1

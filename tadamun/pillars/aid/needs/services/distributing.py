"""A distribution day: an organisation's accepted parcels become a numbered list and a counter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import held_back, record
from tadamun.kernel.digits import to_latin
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import (
    CheckedOffAlready,
    DateOutOfRange,
    NoSuchMatch,
    NoSuchOffer,
    NothingToHandOut,
    WrongCode,
)
from tadamun.pillars.aid.needs.models import Distribution, DistributionSeat, Match, Offer
from tadamun.pillars.aid.needs.services.handing_over import confirm_at_counter, schedule
from tadamun.pillars.aid.needs.services.settling import lock_several
from tadamun.pillars.aid.needs.vocabulary import MatchState


@transaction.atomic
def open_distribution(
    *,
    offer_id: str,
    title: str,
    where: str,
    opens_at: datetime,
    closes_at: datetime,
    actor: Person,
    at: datetime,
) -> Distribution:
    """Make the list of a day from every accepted match of an offer, in the order they were accepted.

    :raises NothingToHandOut: nothing of the offer is accepted yet.
    """
    offer = (
        Offer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("community")
        .filter(public_id=offer_id)
        .first()
    )
    if offer is None:
        raise NoSuchOffer
    policies.require_coordinator(actor=actor, community=offer.community)
    if not at <= closes_at or opens_at >= closes_at:
        raise DateOutOfRange
    ready = Match.objects.filter(slot__offer=offer, state=MatchState.ACCEPTED, seat__isnull=True)
    lock_several(matches=ready)
    matches = list(ready.order_by("answered_at", "pk"))
    if not matches:
        raise NothingToHandOut
    distribution = Distribution.objects.create(
        community=offer.community,
        offer=offer,
        title=clean_line(title)[:120],
        where=clean_line(where)[:200],
        opens_at=opens_at,
        closes_at=closes_at,
        made_by=actor,
        made_at=at,
    )
    with held_back():
        for match in matches:
            _seat(distribution, match, actor=actor, at=at)
    record(
        scope=offer.community.public_id,
        verb="distribution_opened",
        thing="distribution",
        thing_id=distribution.public_id,
        actor=actor.public_id,
        at=at,
        data={"seats": len(matches)},
    )
    return distribution


def check_off(
    *, distribution_id: str, number: int, code: str, actor: Person, at: datetime
) -> DistributionSeat:
    """Hand a household its parcel by number and code; with the code empty, the coordinator vouches for them.

    :raises CheckedOffAlready: the number was checked off a moment ago.
    :raises WrongCode: the code belongs to another number.
    """
    with transaction.atomic():
        seats = DistributionSeat.objects.select_for_update(of=("self",)).select_related(
            "distribution__community", "match"
        )
        seat = seats.filter(distribution__public_id=distribution_id, number=number).first()
        if seat is None:
            raise NoSuchMatch
        policies.require_coordinator(actor=actor, community=seat.distribution.community)
        if seat.checked_at is not None or seat.match.state == MatchState.CONFIRMED:
            raise CheckedOffAlready
        given = to_latin(code).strip()
        if given and given != seat.match.code:
            raise WrongCode
        seat.checked_at, seat.checked_by = at, actor
        seat.save()
        confirm_at_counter(match_id=seat.match.public_id, actor=actor, at=at)
    return seat


@transaction.atomic
def close_distribution(*, distribution_id: str, actor: Person, at: datetime) -> Distribution:
    """End the day. Who did not come keeps their match; a coordinator settles each one."""
    found = Distribution.objects.select_for_update(of=("self",)).select_related("community")
    distribution = found.filter(public_id=distribution_id).first()
    if distribution is None:
        raise NoSuchOffer
    policies.require_coordinator(actor=actor, community=distribution.community)
    if distribution.closed_at is None:
        distribution.closed_at = at
        distribution.save(update_fields=["closed_at"])
        record(
            scope=distribution.community.public_id,
            verb="distribution_closed",
            thing="distribution",
            thing_id=distribution.public_id,
            actor=actor.public_id,
            at=at,
        )
    return distribution


def _seat(distribution: Distribution, match: Match, *, actor: Person, at: datetime) -> DistributionSeat:
    last = distribution.seats.aggregate(last=Max("number"))["last"] or 0
    schedule(
        match_id=match.public_id,
        starts=max(distribution.opens_at, at),
        ends=distribution.closes_at,
        actor=actor,
        at=at,
        late_is_agreed=True,  # the day is one for all; whom it does not suit says so on their page
        night_is_agreed=True,
    )
    return DistributionSeat.objects.create(distribution=distribution, number=last + 1, match=match)

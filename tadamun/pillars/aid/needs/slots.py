"""The periods of an offer: which slot a day lies in, and whether the giver's own limit is reached."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs.models import Match, Offer, OfferSlot
from tadamun.pillars.aid.needs.vocabulary import PROMISED, MatchState, Rhythm


def local_day(*, community: Community, at: datetime) -> date:
    """The calendar day of a moment in the community's own time."""
    return at.astimezone(ZoneInfo(community.time_zone)).date()


def period_of(*, rhythm: Rhythm, on: date, made: date) -> tuple[date, date | None]:
    """First and last day of the period that a day lies in: a week begins on Saturday, a month on its first."""
    if rhythm is Rhythm.WEEKLY:
        starts = on - timedelta(days=(on.weekday() - 5) % 7)
        return starts, starts + timedelta(days=6)
    if rhythm is Rhythm.MONTHLY:
        return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])
    return made, None


def slot_for(*, offer: Offer, on: date) -> OfferSlot:
    """The slot of the period that a day lies in, opened when first asked for."""
    slot = unsaved_slot(offer=offer, on=on)
    found = OfferSlot.objects.filter(offer=offer, starts_on=slot.starts_on).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            slot.save(force_insert=True)
    except IntegrityError:
        return OfferSlot.objects.get(offer=offer, starts_on=slot.starts_on)
    return slot


def unsaved_slot(*, offer: Offer, on: date) -> OfferSlot:
    """The slot of a day's period as it would be opened."""
    made = local_day(community=offer.community, at=offer.made_at)
    starts, ends = period_of(rhythm=Rhythm(offer.rhythm), on=on, made=made)
    return OfferSlot(offer=offer, starts_on=starts, ends_on=ends, quantity=offer.quantity)


def current_slots(*, offers: QuerySet[Offer], at: datetime) -> list[OfferSlot]:
    """The slot of today's period of each offer; one that is not opened yet stands with its whole quantity."""
    rows = list(offers)
    opened = {(slot.offer_id, slot.starts_on): slot for slot in OfferSlot.objects.filter(offer__in=rows)}
    current = []
    for offer in rows:
        fresh = unsaved_slot(offer=offer, on=local_day(community=offer.community, at=at))
        slot = opened.get((offer.pk, fresh.starts_on), fresh)
        slot.offer = offer
        current.append(slot)
    return current


def limit_left(*, offer: Offer, at: datetime) -> int | None:
    """How many more households the giver takes on this calendar month by their own limit; None without one."""
    if offer.monthly_limit is None:
        return None
    zone = ZoneInfo(offer.community.time_zone)
    first = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    given = Match.objects.filter(
        slot__offer=offer, state__in=[MatchState.INVITED, *PROMISED], invited_at__gte=first
    )
    return max(0, offer.monthly_limit - given.count())


def over_monthly_limit(*, offer: Offer, at: datetime) -> bool:
    """Whether the giver has given their word as often as they set themselves for this calendar month."""
    return limit_left(offer=offer, at=at) == 0

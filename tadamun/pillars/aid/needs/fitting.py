"""Whether an offer can serve a line, one pair at a time: the same rule as the matching engine's, without arrays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tadamun.foundation.communities.models import Community
from tadamun.foundation.places.models import Place
from tadamun.foundation.places.queries import matching_point
from tadamun.kernel.geo import haversine_km
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, OfferSlot, Request
from tadamun.pillars.aid.needs.vocabulary import (
    DAY_BEGINS,
    DAY_ENDS,
    LATE_HOURS,
    SPOILS_WITHIN,
    Delivery,
    Household,
    MatchState,
    OfferState,
    Requirement,
    Tier,
)

TAKES_MEN, TAKES_FAMILIES = "takes_men", "takes_families"
_LAST = time(23, 59, 59)
OPEN_WHEN_TODAY, OPEN_WHEN_SEVERE, OPEN_AT_LEAST = timedelta(hours=4), timedelta(hours=24), timedelta(hours=1)
"""So long an invitation is open for what is needed today, for what is most severe, and in any case."""


def required_codes(*, line: NeedLine) -> frozenset[str]:
    """What every offer for this line must provide; of a house, beds for the whole household, and that it takes them.

    Who comes is told by what a house must take: a household of which nobody has said that it is of women only asks for
    a house that takes men, so that no round proposes it a house of women.
    """
    request = line.request
    codes = set(request.requirements)
    if line.category.whole:
        if request.household_size:
            codes.add(f"beds_{request.household_size}")
        if request.household != Household.WOMEN:
            codes.add(TAKES_MEN)
        if request.household_size != 1:
            codes.add(TAKES_FAMILIES)
    elif request.delivery == Delivery.HOME:
        codes.add(Requirement.BROUGHT_HOME.value)
    return frozenset(codes)


def provided_codes(*, offer: Offer) -> frozenset[str]:
    """What an offer provides, as `required_codes` asks for it."""
    codes = set(offer.provides)
    if offer.category.whole:
        shelter = getattr(offer, "shelter", None)
        beds = shelter.beds if shelter is not None else 0
        codes |= {f"beds_{number}" for number in range(1, beds + 1)}
        codes |= set() if takes_women_only(offer=offer) else {TAKES_MEN}
        # A woman comes with her children: a house of women only takes them, if its beds suffice.
        if shelter is None or shelter.families_welcome or shelter.women_only:
            codes.add(TAKES_FAMILIES)
    return frozenset(codes)


def takes_women_only(*, offer: Offer) -> bool:
    """Whether an offer is a house that no man may sleep in."""
    shelter = getattr(offer, "shelter", None) if offer.category.whole else None
    return shelter is not None and shelter.women_only


def distance_km(*, request: Request, offer: Offer, community: Community) -> float:
    """How far the household is from the offer, by the positions that a round reckons with."""
    here = matching_point(place=request.place, community=community)
    there = matching_point(place=offer.place, community=community)
    return haversine_km(here.latitude, here.longitude, there.latitude, there.longitude)


def shown_km(*, request: Request, offer: Offer, community: Community) -> float | None:
    """How far the household is from the offer, to be shown; None while either place is not known.

    A round then reckons with the middle of the community, which is a guess: it is never shown as a fact.
    """
    if not (place_known(place=request.place) and place_known(place=offer.place)):
        return None
    return distance_km(request=request, offer=offer, community=community)


def about_km(kilometres: float) -> int:
    """A distance in whole kilometres, 0 below one: near enough to say yes or no, too coarse to find a house by."""
    return 0 if kilometres < 1 else round(kilometres)


def place_known(*, place: Place | None) -> bool:
    """Whether anything says where a place is: a position, or an area."""
    return place is not None and bool(place.exact or place.cell or place.area_id)


def comes_home(*, request: Request, line: NeedLine, offer: Offer) -> bool:
    """Whether an offer's help is brought to the household: as it wished, or as the giver offers it."""
    if line.category.whole or line.category.is_money:
        return False
    either = request.delivery == Delivery.EITHER
    return request.delivery == Delivery.HOME or (either and offer.brings_it)


def lacks_address(*, match: Match) -> bool:
    """Whether a promise is to be brought to the home, and nobody has said where that is."""
    place = match.line.request.place
    agreed = match.state in {MatchState.ACCEPTED, MatchState.SCHEDULED}
    if not agreed or (place and place.address):
        return False
    return comes_home(request=match.line.request, line=match.line, offer=match.slot.offer)


def window_of(*, slot: OfferSlot) -> tuple[datetime | None, datetime | None]:
    """When a slot's help can be given: the offer's window, the food's last good day, the nights of a house."""
    offer = slot.offer
    zone = ZoneInfo(offer.community.time_zone)
    starts, last_days = [offer.from_at], [offer.best_before]
    shelter = getattr(offer, "shelter", None) if offer.category.whole else None
    if shelter is not None:
        starts.append(datetime.combine(shelter.nights_from, time.min, tzinfo=zone))
        last_days.append(shelter.nights_until)
    ends = [offer.until_at] + [datetime.combine(day, _LAST, tzinfo=zone) for day in last_days if day]
    return max(filter(None, starts), default=None), min(filter(None, ends), default=None)


def spoils_soon(*, best_before: date | None, today: date) -> bool:
    """Whether something is good for so short a while that it goes before what keeps."""
    return best_before is not None and today <= best_before <= today + SPOILS_WITHIN


def unavailable(*, offer: Offer, at: datetime) -> str:
    """Why an offer can help nobody just now, as a code; empty when it can."""
    today = at.astimezone(ZoneInfo(offer.community.time_zone)).date()
    if offer.state != OfferState.OPEN:
        return "closed"
    if offer.paused_until is not None and offer.paused_until > today:
        return "paused"
    if (offer.until_at is not None and offer.until_at < at) or (
        offer.best_before is not None and offer.best_before < today
    ):
        return "past"
    shelter = getattr(offer, "shelter", None)
    if shelter is not None and shelter.nights_until < today:
        return "past"
    if not policies.may_give_in(giver=offer.giver, offer=offer):
        return "not_verified"
    return ""


def misfit(*, line: NeedLine, slot: OfferSlot, at: datetime) -> str:
    """Why a slot cannot serve a line, as a code; empty when it can."""
    offer = slot.offer
    if offer.category_id != line.category_id:
        return "other_category"
    why = unavailable(offer=offer, at=at)
    if why:
        return why
    if offer.giver_id is not None and offer.giver_id == line.request.asker_id:
        return "own_request"
    lacking = required_codes(line=line) - provided_codes(offer=offer)
    if lacking:
        unknown = lacking == {TAKES_MEN} and line.request.household == Household.UNKNOWN
        return "household_unknown" if unknown else "requirement"
    from_at, until_at = window_of(slot=slot)
    # A need outlives the day it was wanted for: once that is over, any day is better than none.
    starts, ends = line.from_at or at, line.until_at if line.until_at and line.until_at > at else None
    if (until_at is not None and until_at < starts) or (
        from_at is not None and ends is not None and from_at > ends
    ):
        return "window"
    if distance_km(request=line.request, offer=offer, community=line.community) > offer.reach_km:
        return "reach"
    return ""


def answer_by(*, line: NeedLine, slot: OfferSlot, hours: int, at: datetime) -> datetime:
    """Until when an invitation is open: no longer than the need itself allows, and an hour at the least.

    What is needed today: four hours, to the end of the day at most. What is most severe, or whose day is over: a day.
    Nobody says yes to food past its last good day, or to a window that is over.

    :param hours: the community's own rule, which these only shorten.
    """
    ends = [at + timedelta(hours=hours)]
    late = line.until_at is not None and line.until_at <= at
    if late or line.tier == Tier.CRITICAL:
        ends.append(at + OPEN_WHEN_SEVERE)
    if line.until_at is not None and not late:
        zone = ZoneInfo(line.community.time_zone)
        today = line.until_at.astimezone(zone).date() == at.astimezone(zone).date()
        ends.append(min(line.until_at, at + OPEN_WHEN_TODAY) if today else line.until_at)
    window_ends = window_of(slot=slot)[1]
    return min(filter(None, (max(min(ends), at + OPEN_AT_LEAST), window_ends)))


def cancels_late(*, match: Match, at: datetime) -> bool:
    """Whether a handover is so near that cancelling it is at short notice."""
    return match.window_from is not None and match.window_from - at < timedelta(hours=LATE_HOURS)


def on_the_day(*, match: Match, at: datetime) -> bool:
    """Whether `at` lies on the day of a scheduled handover, in the community's own time."""
    if match.window_from is None or match.window_until is None or not match.is_under_way:
        return False
    zone = ZoneInfo(match.community.time_zone)
    return (
        match.window_from.astimezone(zone).date()
        <= at.astimezone(zone).date()
        <= match.window_until.astimezone(zone).date()
    )


def before_the_day(*, match: Match, at: datetime) -> bool:
    """Whether the day agreed for a handover is still to come, in the community's own time."""
    if match.state != MatchState.SCHEDULED or match.window_from is None:
        return False
    zone = ZoneInfo(match.community.time_zone)
    return at.astimezone(zone).date() < match.window_from.astimezone(zone).date()


def at_night(*, community: Community, starts: datetime, ends: datetime) -> bool:
    """Whether a time reaches into the night, in the community's own time: then somebody is asked first."""
    zone = ZoneInfo(community.time_zone)
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    return first.date() != last.date() or first.time() < DAY_BEGINS or last.time() > DAY_ENDS

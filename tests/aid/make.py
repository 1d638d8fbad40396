"""Communities, people, requests, offers and matches for tests: plain functions, through the services where they can be.

Each takes what the test is about and fills in the rest; `at` is NOON of a Sunday unless given.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.catalogue.services import load_catalogue
from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.communities.policies import forget_roles
from tadamun.foundation.communities.services import add_member, create_community
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.services import open_account
from tadamun.foundation.places.models import Area
from tadamun.foundation.places.services import Point, add_area
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, Request
from tadamun.pillars.aid.needs.vocabulary import Origin, Tier, TierReason, When

NOON = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
"""Noon in Amman."""
HERE = Point(31.9539, 35.9106)
PASSWORD = "a short sentence"  # noqa: S105
GUEST = AnonymousUser()
_serial = itertools.count(1)


def north_of(point: Point, *, km: float) -> Point:
    """A point so many kilometres further north."""
    return Point(point.latitude + km / 111.195, point.longitude)


def make_community(
    *, slug: str = "", name: str = "حيّ الزيتون", region: str = "JO", at: datetime = NOON
) -> Community:
    """A community with a helpline from nine to nine."""
    community = create_community(
        slug=slug or f"hay-{next(_serial)}",
        name=name,
        region=region,
        at=at,
        latitude=HERE.latitude,
        longitude=HERE.longitude,
    )
    community.helpline_name, community.helpline_phone = "هند", "+962790000000"
    community.helpline_opens, community.helpline_closes = (
        datetime(2026, 1, 1, 9).time(),
        datetime(2026, 1, 1, 21).time(),
    )
    community.save()
    return community


def make_area(community: Community, *, name: str = "الزيتون", km: float = 0.0) -> Area:
    """A named part of the community, so many kilometres north of its middle."""
    point = north_of(HERE, km=km)
    return add_area(community=community, name=name, latitude=point.latitude, longitude=point.longitude)


def make_category(code: str = "food-parcel", **changes: Any) -> Category:
    """A category of the shared catalogue; changes are saved on it."""
    if not Category.objects.filter(community=None, code=code).exists():
        load_catalogue()
    category = Category.objects.get(community=None, code=code)
    if changes:
        Category.objects.filter(pk=category.pk).update(**changes)
        category.refresh_from_db()
    return category


def make_person(name: str = "سلمى حدّاد", *, language: str = "ar") -> Person:
    """Somebody with an account and an e-mail address of their own."""
    return open_account(
        name=name, language=language, email=f"person-{next(_serial)}@example.org", password=PASSWORD
    )


def make_member(
    community: Community,
    *roles: str,
    name: str = "",
    verified: bool = True,
    overnight: bool = False,
    at: datetime = NOON,
) -> Person:
    """A member with roles; verified unless said otherwise."""
    person = make_person(name or f"عضو {next(_serial)}")
    add_member(community=community, person=person, roles=roles, at=at)
    Membership.objects.filter(community=community, person=person).update(
        verified_at=at if verified or overnight else None, overnight_approved_at=at if overnight else None
    )
    forget_roles(person=person)
    return person


def make_coordinator(community: Community, *, name: str = "هند العلي") -> Person:
    """A coordinator."""
    return make_member(community, "coordinator", name=name)


def make_request(
    community: Community,
    *,
    categories: tuple[str, ...] = ("food-parcel",),
    quantity: int = 1,
    actor: Any = GUEST,
    when: When = When.WEEK,
    phone: str = "+962791234567",
    at: datetime = NOON,
    **details: Any,
) -> services.Asked:
    """A request as a guest makes it, with its PIN; each category becomes a line of `quantity` units."""
    if "area" not in details:
        details["area"] = Area.objects.filter(community=community).first() or make_area(community)
    lines = tuple(
        services.LineDetails(category=make_category(code), quantity=quantity, when=when)
        for code in categories
    )
    given: dict[str, Any] = {
        "asker_name": "أم ليلى قاسم",
        "address": "شارع الزيتون، بناء ٧، الطابق الثاني",
        "notes": "الباب الخلفي",
        "household_size": 5,
        "origin": Origin.WEB,
        "consent_version": "1",
    }
    return services.post_request(
        community=community,
        actor=actor,
        details=services.AskDetails(lines=lines, phone=phone, **{**given, **details}),
        at=at,
    )


def triage(
    line: NeedLine,
    *,
    by: Person,
    tier: Tier = Tier.NORMAL,
    at: datetime = NOON,
    reason: TierReason | None = None,
) -> NeedLine:
    """Sort a line, so that it waits for a match."""
    return services.triage_line(
        line_id=line.public_id,
        tier=tier,
        reason=reason or (TierReason.ORDINARY if tier is Tier.NORMAL else TierReason.INFANT),
        actor=by,
        at=at,
    )


def make_line(
    community: Community,
    *,
    by: Person,
    category: str = "food-parcel",
    quantity: int = 1,
    tier: Tier = Tier.NORMAL,
    at: datetime = NOON,
    **details: Any,
) -> NeedLine:
    """One triaged line of a new request, waiting for a match."""
    asked = make_request(community, categories=(category,), quantity=quantity, at=at, **details)
    return triage(asked.request.lines.get(), by=by, tier=tier, at=at)


def make_offer(
    community: Community,
    *,
    giver: Any = None,
    category: str = "food-parcel",
    quantity: int = 1,
    km: float = 0.5,
    at: datetime = NOON,
    **details: Any,
) -> Offer:
    """An offer of a verified volunteer (or of `giver`) so many kilometres north of the community's middle."""
    who = giver if giver is not None else make_member(community, "volunteer", at=at)
    given: dict[str, Any] = {"exact": north_of(HERE, km=km), "reach_km": 5.0, "consent_version": "1"}
    return services.post_offer(
        community=community,
        actor=who,
        details=services.OfferDetails(
            category=make_category(category), quantity=quantity, **{**given, **details}
        ),
        at=at,
    )


def make_shelter_offer(
    community: Community, *, giver: Person | None = None, nights: int = 3, at: datetime = NOON
) -> Offer:
    """A house that takes one household in for some nights, by a host whom a coordinator agreed to."""
    host = giver or make_member(community, "volunteer", overnight=True, name="بيت آل سعد")
    return make_offer(
        community,
        giver=host,
        category="night",
        quantity=nights,
        at=at,
        shelter=services.ShelterOffer(
            beds=6,
            nights_from=date(2026, 3, 1),
            nights_until=date(2026, 3, 20),
            house_rules="لا تدخين",
            about_house="غرفة في الطابق الأوّل",
        ),
    )


def invited_match(line: NeedLine, offer: Offer, *, by: Person, at: datetime = NOON, **details: Any) -> Match:
    """An invitation that nobody has answered yet."""
    return services.invite(line_id=line.public_id, offer_id=offer.public_id, actor=by, at=at, **details)


def accepted_match(line: NeedLine, offer: Offer, *, by: Person, at: datetime = NOON) -> Match:
    """A promise: invited, and accepted by the giver."""
    match = invited_match(line, offer, by=by, at=at)
    if offer.giver is None:
        return services.accept_for(match_id=match.public_id, actor=by, at=at)
    return services.accept(match_id=match.public_id, actor=offer.giver, at=at)


def scheduled_match(
    line: NeedLine, offer: Offer, *, by: Person, at: datetime = NOON, hours: int = 24
) -> Match:
    """A promise with a time, so many hours from `at` and two hours long."""
    match = accepted_match(line, offer, by=by, at=at)
    starts = at + timedelta(hours=hours)
    return services.schedule(
        match_id=match.public_id,
        starts=starts,
        ends=starts + timedelta(hours=2),
        actor=by,
        at=at,
        night_is_agreed=True,
    )


def confirmed_match(line: NeedLine, offer: Offer, *, by: Person, at: datetime = NOON) -> Match:
    """Help that arrived."""
    match = accepted_match(line, offer, by=by, at=at)
    return services.confirm_receipt(match_id=match.public_id, actor=by, at=at)


def fresh_request(request: Request) -> Request:
    """The request as it stands in the database now."""
    return Request.objects.get(pk=request.pk)

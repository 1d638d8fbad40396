"""The people of حيّ الزيتون: invented names, numbers that ring nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tadamun.foundation.communities import services as communities
from tadamun.foundation.communities.policies import forget_roles
from tadamun.foundation.people import services as people
from tadamun.foundation.people.consents import current_version
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.vocabulary import AddressForm, ConsentMeans, ConsentPurpose
from tadamun.foundation.places.cards import Point
from tadamun.foundation.places.services import add_area
from tadamun.web.demo.doors import DOORS
from tadamun.web.demo.keys import PASSWORD

AREAS: dict[str, tuple[str, float, float]] = {
    "palms": ("حارة النخيل", 31.9565, 35.9080),
    "market": ("حارة السوق", 31.9539, 35.9132),
    "school": ("حارة المدرسة", 31.9508, 35.9075),
    "hill": ("التلّة", 31.9602, 35.9141),
    "valley": ("الوادي", 31.9476, 35.9128),
}
STREETS = {
    "palms": "شارع النخيل",
    "market": "شارع السوق",
    "school": "شارع المدارس",
    "hill": "طريق التلّة",
    "valley": "شارع الوادي",
}
SPREAD = 0.0035
"""Degrees around an area's middle within which its houses lie: some 350 metres."""


@dataclass(frozen=True)
class Neighbour:
    """Somebody with an account."""

    key: str
    name: str
    roles: tuple[str, ...]
    area: str
    verified: bool = True
    overnight: bool = False
    form: AddressForm = AddressForm.NEUTRAL


NEIGHBOURS: tuple[Neighbour, ...] = (
    Neighbour("hind", "هند العلي", ("coordinator", "volunteer"), "market", form=AddressForm.FEMININE),
    Neighbour("rami", "رامي حدّاد", ("coordinator",), "school", form=AddressForm.MASCULINE),
    Neighbour("nawal", "نوال الصالح", ("steward",), "hill", form=AddressForm.FEMININE),
    Neighbour("sami", "سامي ناصر", ("volunteer",), "palms", form=AddressForm.MASCULINE),
    Neighbour("layla", "ليلى القاسم", (), "palms", verified=False, form=AddressForm.FEMININE),
    Neighbour("kamal", "كمال يوسف", ("auditor",), "market", form=AddressForm.MASCULINE),
    Neighbour("reem", "ريم منصور", ("facilitator", "volunteer"), "school", form=AddressForm.FEMININE),
    Neighbour("yazan", "أبو يزن عوّاد", ("volunteer",), "hill"),
    Neighbour("samar", "سمر داود", ("volunteer",), "palms"),
    Neighbour("tareq", "طارق النجّار", ("volunteer",), "valley"),
    Neighbour("hala", "هالة برهوم", ("volunteer",), "market", overnight=True),
    Neighbour("mazen", "مازن شاهين", ("volunteer",), "school"),
    Neighbour("dina", "دينا الخطيب", ("volunteer",), "hill"),
    Neighbour("issa", "عيسى مراد", ("volunteer",), "valley"),
    Neighbour("lubna", "لبنى صبّاغ", ("volunteer",), "market"),
    Neighbour("walid", "وليد جابر", ("volunteer",), "palms"),
    Neighbour("rania", "رانيا سليم", ("volunteer",), "school"),
    Neighbour("fadi", "فادي قسّيس", ("volunteer",), "market", verified=False),
    Neighbour("amal", "أمل درويش", ("volunteer",), "hill"),
    Neighbour("nabil", "نبيل عطا الله", ("volunteer",), "valley"),
    Neighbour("suad", "سعاد حجازي", (), "market", verified=False),
    Neighbour("bilal", "بلال رمضان", (), "valley", verified=False),
)


def house_near(area: str, *, number: int) -> Point:
    """A house of an area, always the same one for a number."""
    _, latitude, longitude = AREAS[area]
    east = ((number * 37) % 19 - 9) / 9
    north = ((number * 53) % 17 - 8) / 8
    return Point(latitude + north * SPREAD, longitude + east * SPREAD)


def lay_out_areas(*, community: Any) -> dict[str, Any]:
    """The parts of the neighbourhood, by key."""
    return {
        key: add_area(community=community, name=name, latitude=latitude, longitude=longitude, position=place)
        for place, (key, (name, latitude, longitude)) in enumerate(AREAS.items())
    }


def gather(*, community: Any, at: datetime) -> dict[str, Person]:
    """Open the accounts, let everybody join, and let coordinators verify those who visit homes."""
    found: dict[str, Person] = {}
    members: dict[str, str] = {}
    entered = {door.phone for door in DOORS}
    for place, one in enumerate(NEIGHBOURS):
        joined = at + timedelta(hours=place)
        phone = f"+9627900001{place + 1:02d}"
        person = people.open_account(
            name=one.name,
            language="ar",
            phone=phone,
            # A password takes a moment to hash: only those have one whom somebody may enter as.
            password=PASSWORD if phone in entered else "",
            address_form=one.form,
        )
        people.record_consent(
            purpose=ConsentPurpose.MEMBERSHIP,
            text_version=current_version(purpose=ConsentPurpose.MEMBERSHIP),
            means=ConsentMeans.SELF,
            person=person,
            at=joined,
        )
        membership = communities.add_member(community=community, person=person, roles=one.roles, at=joined)
        forget_roles(person=person)
        found[one.key], members[one.key] = person, membership.public_id
    _verify(community, found, members, at=at + timedelta(days=1))
    return found


def _verify(community: Any, found: dict[str, Person], members: dict[str, str], *, at: datetime) -> None:
    for one in NEIGHBOURS:
        actor = found["rami" if one.key == "hind" else "hind"]
        if one.verified:
            communities.verify_member(community=community, actor=actor, member_id=members[one.key], at=at)
        if one.overnight:
            communities.approve_overnight(community=community, actor=actor, member_id=members[one.key], at=at)

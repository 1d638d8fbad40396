"""A community with thousands of needs, a coordinator and givers who are asked: made anew for each measurement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from tadamun.kernel.ids import new_token

SLUG = "measured"
KIND = "food-parcel"
GIVERS, AREAS = 20, 5


@dataclass(frozen=True)
class Measured:
    """What the doors need to know of the community."""

    path: str
    coordinator: str
    """Session key."""
    program: str
    """The coordinator's token, for a program that reads."""
    invitations: list[tuple[str, str]]
    """Public id of a match, and the session key of the giver who is asked."""


def lay_out(*, needs: int, invitations: int, at: datetime) -> Measured:
    """Fill an empty instance with a community, its needs, and givers who are asked about some of them."""
    from tadamun.foundation.communities.services import create_community
    from tadamun.foundation.places.services import add_area
    from tadamun.pillars.aid.needs.services.measuring import fill_with_needs

    community = create_community(
        slug=SLUG, name="حيّ القياس", region="JO", latitude=31.95, longitude=35.91, at=at
    )
    areas = [
        add_area(community=community, name=f"حارة {number}", latitude=31.95 + number / 500, longitude=35.91)
        for number in range(AREAS)
    ]
    coordinator = _member(community, "coordinator", name="هند", at=at)
    opened = fill_with_needs(community=community, areas=areas, number=needs, at=at)
    lines = [line_id for line_id, category in opened if category == KIND]
    asked = _invite(community, coordinator, lines[-invitations:], area=areas[0], at=at)
    secret = _token(community, coordinator, at=at)
    return Measured(path=f"/c/{SLUG}", coordinator=_session(coordinator), program=secret, invitations=asked)


def _member(community: Any, role: str, *, name: str, at: datetime) -> Any:
    from tadamun.foundation.communities.services import add_member
    from tadamun.foundation.people.services import open_account

    person = open_account(name=name, language="ar", email=f"{new_token()}@example.org", password=new_token())
    add_member(community=community, person=person, roles=(role,), at=at)
    return person


def _invite(
    community: Any, coordinator: Any, lines: list[str], *, area: Any, at: datetime
) -> list[tuple[str, str]]:
    from tadamun.foundation.catalogue.queries import category_of
    from tadamun.pillars.aid.needs import services

    category = category_of(community=community, code=KIND)
    details = services.OfferDetails(
        category=category, quantity=len(lines) + 1, reach_km=50.0, area=area, consent_version="1"
    )
    givers = [_member(community, "volunteer", name=f"جار {number}", at=at) for number in range(GIVERS)]
    offers = [
        services.post_offer(community=community, actor=giver, details=details, at=at) for giver in givers
    ]
    sessions = [_session(giver) for giver in givers]
    asked = []
    for place, line_id in enumerate(lines):
        offer = offers[place % GIVERS]
        match = services.invite(line_id=line_id, offer_id=offer.public_id, actor=coordinator, at=at)
        asked.append((match.public_id, sessions[place % GIVERS]))
    return asked


def _token(community: Any, person: Any, *, at: datetime) -> str:
    """Make a token for a program; what it sends."""
    from tadamun.foundation.tokens.services import make_token
    from tadamun.foundation.tokens.vocabulary import PREFIX, Scope

    secret = PREFIX + new_token()
    make_token(
        community=community,
        person=person,
        name="bench",
        scopes=[Scope.NEEDS_READ],
        days=1,
        secret=secret,
        at=at,
    )
    return secret


def _session(person: Any) -> str:
    """Sign somebody in as a browser would be; the key of the session."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)

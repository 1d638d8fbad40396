"""People and communities for the foundation's tests."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from tadamun.foundation.communities import services
from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.queries import phone_hash

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
PASSWORD = "olive-tree-7"  # noqa: S105
_numbers = count(1)


def make_person(
    name: str = "هند", *, phone: str | None = None, password: str | None = PASSWORD, **facts: Any
) -> Person:
    """Somebody with an account, with a password unless told otherwise."""
    if phone is not None:
        facts |= {"phone": phone, "phone_hash": phone_hash(phone=phone)}
    facts.setdefault("email", f"p{next(_numbers)}@example.org")
    return Person.objects.create_user(password, name=name, **facts)


def make_community(slug: str | None = None, *, region: str = "JO", **facts: Any) -> Community:
    """A community in which nobody is yet."""
    community = services.create_community(
        slug=slug or f"quarter-{next(_numbers)}", name="حيّ الزيتون", region=region, at=NOON
    )
    for name, value in facts.items():
        setattr(community, name, value)
    if facts:
        community.save()
    return community


def make_member(community: Community, *roles: str, name: str = "هند", **facts: Any) -> Person:
    """A member with roles."""
    person = make_person(name, **facts)
    services.add_member(community=community, person=person, roles=roles, at=NOON)
    return person


def membership(person: Person, community: Community) -> Membership:
    """Somebody's belonging, as it stands in the database now."""
    return Membership.objects.get(person=person, community=community)


def fresh(person: Person) -> Person:
    """The same account as another request would load it."""
    return Person.objects.get(pk=person.pk)

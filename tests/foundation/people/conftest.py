"""People and communities to test signing in with."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from tadamun.foundation.communities.models import Community, Membership, RoleGrant
from tadamun.foundation.people import services
from tadamun.foundation.people.models import Person

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
PASSWORD = "خبز وملح كلّ يوم"  # noqa: S105
PHONE = "+962791234567"


@pytest.fixture
def make_person(db: None) -> Callable[..., Person]:
    def make(*, verified_email: bool = True, **given: Any) -> Person:
        facts = {"name": "هند الخطيب", "language": "ar", "password": PASSWORD, **given}
        person = services.open_account(**facts)
        if person.email:
            EmailAddress.objects.create(
                user=person, email=person.email, primary=True, verified=verified_email
            )
        return person

    return make


@pytest.fixture
def community(db: None) -> Community:
    return Community.objects.create(
        slug="amal", name="حيّ الأمل", region="JO", currency="JOD", time_zone="Asia/Amman", created_at=NOON
    )


@pytest.fixture
def join() -> Callable[..., Membership]:
    def add(person: Person, community: Community, *roles: str) -> Membership:
        membership = Membership.objects.create(person=person, community=community, joined_at=NOON)
        for role in roles:
            RoleGrant.objects.create(membership=membership, role=role, given_at=NOON)
        return membership

    return add


@pytest.fixture
def signed_in(client: Client) -> Callable[[Person], Client]:
    def enter(person: Person) -> Client:
        answer = client.post(
            "/accounts/login/", {"login": person.phone or person.email, "password": PASSWORD}
        )
        assert answer.status_code == 302, answer.content.decode()
        return client

    return enter

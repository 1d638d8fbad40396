"""Two people at the same rows: the database lets one of them go first, and the other loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Offer
from tests.aid import make

pytestmark = pytest.mark.django_db


class FromPostgres(Exception):
    """What the driver raises underneath."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def raised(message: str, sqlstate: str = "") -> Callable[..., Any]:
    def fail(**_given: Any) -> None:
        error = OperationalError(message)
        if sqlstate:
            error.__cause__ = FromPostgres(sqlstate)
        raise error

    return fail


GAVE_WAY = [
    ("deadlock detected", "40P01"),
    ("could not serialize access", "40001"),
    ("canceling statement due to lock timeout", "55P03"),
    ("database is locked", ""),
    ("database table is locked: needs_match", ""),
]


@pytest.fixture
def community() -> Community:
    community = make.make_community()
    make.make_category()
    return community


@pytest.fixture
def offer_url(community: Community) -> str:
    return reverse("needs:offer_details", args=[community.slug, "food"])


TYPED = {
    "category": "food",
    "quantity": "3",
    "giver_name": "أبو يزن",
    "phone": "0797654321",
    "form_token": "one",
}


@pytest.mark.parametrize(("message", "sqlstate"), GAVE_WAY)
def test_what_was_typed_is_kept_and_one_press_sends_it(
    client: Client,
    offer_url: str,
    monkeypatch: pytest.MonkeyPatch,
    message: str,
    sqlstate: str,
) -> None:
    client.cookies["language"] = "en"
    monkeypatch.setattr(services, "post_offer", raised(message, sqlstate))

    answer = client.post(offer_url, TYPED)
    page = answer.content.decode()

    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert "Somebody was doing the same just now" in page
    assert f'action="{offer_url}"' in page
    for name, value in TYPED.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page

    monkeypatch.undo()
    assert client.post(offer_url, TYPED).status_code == 302
    assert Offer.objects.count() == 1


def test_a_page_that_was_only_looked_at_offers_itself_again(
    client: Client, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tadamun.pillars.aid.needs.views import offering

    monkeypatch.setattr(offering, "open_categories", raised("database is locked"))
    url = reverse("needs:offer", args=[community.slug])

    answer = client.get(url)

    assert answer.status_code == 503
    assert f'href="{url}"' in answer.content.decode()


def test_another_sites_form_is_not_offered_to_be_sent(
    client: Client, offer_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "post_offer", raised("deadlock detected", "40P01"))

    page = client.post(offer_url, TYPED, headers={"sec-fetch-site": "cross-site"}).content.decode()

    assert "أبو يزن" not in page


def test_any_other_fault_of_the_database_stays_a_fault(
    client: Client, offer_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr(services, "post_offer", raised("no such table: needs_offer"))

    assert client.post(offer_url, TYPED).status_code == 500

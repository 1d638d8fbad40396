"""Which services a coordinator reads first when somebody is to be sent on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tadamun.pillars.aid.directory import queries
from tadamun.pillars.aid.directory import services as directory
from tadamun.pillars.aid.directory.models import Location, Service, Source
from tests.aid import make
from tests.aid.board.conftest import browser_of  # noqa: F401

pytestmark = pytest.mark.django_db
CODE = "food-parcel"


@pytest.fixture
def entered(community: Any, coordinator: Any) -> Any:
    def enter(name: str, *, area: Any = None, days: int = 10, brought: bool = False) -> None:
        facts = directory.ServiceFacts(
            name=name,
            organisation="جمعية السنابل",
            categories=[CODE],
            place=directory.PlaceFacts(street="شارع السوق 14", town="عمّان"),
        )
        row = directory.add_service(
            community=community, actor=coordinator, facts=facts, at=make.NOON, on=make.NOON.date()
        )
        source = None
        if brought:
            source, _ = Source.objects.get_or_create(
                community=community, key="town", defaults={"imported_at": make.NOON}
            )
        confirmed = make.NOON.date() - timedelta(days=days)
        Service.objects.filter(pk=row.pk).update(source=source, confirmed_on=confirmed)
        Location.objects.filter(sites__service=row.pk).update(area=area)

    return enter


def test_the_confirmed_then_ours_then_the_near_then_by_name(community, coordinator, entered):
    make.make_category(CODE)
    here, there = make.make_area(community), make.make_area(community, name="الوادي", km=3)
    entered("أ", days=800, area=here)
    entered("ب", brought=True, area=here)
    entered("ت")
    entered("ث", area=there)
    entered("ح", area=here)
    entered("ج", area=here)

    rows = queries.referable_services(
        community=community, viewer=coordinator, category=CODE, area=here.name, at=make.NOON
    )

    assert [row.name for row in rows] == ["ج", "ح", "ث", "ت", "ب", "أ"]


def test_what_was_searched_is_not_said_to_fit(community, coordinator, entered, browser_of):  # noqa: F811
    line = make.make_request(community).request.lines.get()
    entered("بنك الطعام")
    desk = browser_of(coordinator)
    address = reverse("needs:request", args=[community.slug, line.request.public_id])
    page = f"{address}lines/{line.public_id}/refer/"

    assert "Services that fit" in desk.get(page).content.decode()
    found = desk.get(page, {"q": "بنك"}).content.decode()
    assert "Search results" in found
    assert "Services that fit" not in found

"""A coordinator empties the list of the day on a small screen, in Arabic, with scripts and without."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.aid.needs.vocabulary import ContactOutcome
from tests.aid import make
from tests.journeys.test_mutual_aid import WITH_AND_WITHOUT_SCRIPTS, neighbourhood, send, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@WITH_AND_WITHOUT_SCRIPTS
def test_a_coordinator_empties_the_list_of_the_day(
    browser_page: Any,
    neighbourhood: Community,  # noqa: F811
    javascript: bool,
) -> None:
    coordinator = make.make_coordinator(neighbourhood)
    now, slug = timezone.now(), neighbourhood.slug
    to_call = make.make_line(neighbourhood, by=coordinator, at=now - 2 * DAY)
    Request.objects.update(owner=None)
    arrived = make.make_line(neighbourhood, by=coordinator, at=now - 2 * DAY, phone="+962790000077")
    offer = make.make_offer(neighbourhood, at=now - 3 * DAY)
    match = make.scheduled_match(arrived, offer, by=coordinator, at=now - 2 * DAY, hours=2)
    services.log_contact(
        request_id=arrived.request.public_id,
        outcome=ContactOutcome.REACHED,
        actor=coordinator,
        at=now - 2 * DAY,
    )
    services.mark_handed_over(match_id=match.public_id, actor=offer.giver, at=now - 2 * DAY)

    with browser_page(javascript=javascript) as page:
        page.goto(f"/c/{slug}/")
        sign_in(page, coordinator)
        page.goto(f"/c/{slug}/")
        page.locator(f'main a[href="/c/{slug}/due/"]').first.click()
        assert _rows(page).count() == 2

        send(page, f"/due/requests/{to_call.request.public_id}/take/")
        _open(page, to_call.request)
        page.locator("#contact").locator("xpath=ancestor::section").locator("summary").click()
        form = page.locator('form[action$="/contact/"]')
        form.locator('[name="outcome"][value="reached"]').check(force=True)
        form.locator("button").first.click()

        page.goto(f"/c/{slug}/due/")
        assert _rows(page).count() == 1
        _open(page, arrived.request)
        confirm = page.locator(f'form[action$="/matches/{match.public_id}/confirm/"]')
        confirm.locator("button", has=page.locator("svg")).last.click()

        page.goto(f"/c/{slug}/due/")
        assert _rows(page).count() == 0
        assert page.locator(".empty").count() == 1
        page.goto(f"/c/{slug}/board/")
        assert "صفر" in page.locator(f'a[href="/c/{slug}/due/"]').first.inner_text()

    to_call.request.refresh_from_db()
    assert to_call.request.owner == coordinator
    assert queries.due(community=neighbourhood, viewer=coordinator, at=timezone.now()) == []


def _rows(page: Page) -> Locator:
    return page.locator('main li a[href*="/requests/"]')


def _open(page: Page, request: Request) -> None:
    page.goto(page.url.split("/due/")[0] + "/due/")
    page.locator(f'main li a[href*="{request.public_id}"]').first.click()

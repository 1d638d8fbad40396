"""Into a circle under another name, through a heavy night to the helpline, and out again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tadamun.foundation.communities.models import Community
from tadamun.foundation.notices.models import Notice
from tadamun.pillars.support.circles import services
from tadamun.pillars.support.circles.models import Message, Seat
from tests.aid import make
from tests.doors.circle import circle_facts
from tests.journeys.test_mutual_aid import WITH_AND_WITHOUT_SCRIPTS, neighbourhood, send, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
HEAVY = "فرحت لك. أنا ما عدت قادرة أكمّل، ولا أرى لهذا آخر."


@WITH_AND_WITHOUT_SCRIPTS
def test_joins_under_another_name_is_led_to_the_line_and_leaves(
    browser_page: Any,
    axe: Any,
    scrolls_sideways: Any,
    neighbourhood: Community,  # noqa: F811
    javascript: bool,
) -> None:
    at = timezone.now() - timedelta(days=2)
    host = make.make_member(neighbourhood, "volunteer", name="هناء", overnight=True)
    steward = make.make_member(neighbourhood, "steward", name="رامي")
    person = make.make_member(neighbourhood, name="ربى العلي")
    circle = services.open_circle(
        community=neighbourhood,
        actor=host,
        facts=circle_facts(first_on=at.date()),
        alias="هناء",
        about="",
        at=at,
    )
    services.add_care_line(
        community=neighbourhood, actor=steward, name="خطّ المساندة", phone="0800000000", at=at
    )
    path = f"/c/{neighbourhood.slug}/circles/{circle.public_id}"

    def looks_right(page: Page) -> None:
        assert not scrolls_sideways(page)
        if javascript:
            assert axe(page) == []

    with browser_page(javascript=javascript) as theirs, browser_page(javascript=javascript) as hosts:
        for page, who in ((theirs, person), (hosts, host)):
            page.goto(f"/c/{neighbourhood.slug}/")
            sign_in(page, who)
        theirs.goto(f"/c/{neighbourhood.slug}/circles/")
        looks_right(theirs)
        theirs.locator(f'main a[href="{path}/"]').click()
        looks_right(theirs)
        form = theirs.locator("form:has([name=alias])")
        form.locator("[name=alias]").fill("ياسمين")
        form.locator("[name=adult]").check()
        form.locator("[name=accepts]").check()
        form.locator("button").click()
        expect(theirs.locator("[role=status], .say").first).to_be_visible()

        hosts.goto(f"{path}/hosting/")
        looks_right(hosts)
        assert "ياسمين" in hosts.locator("main").inner_text()
        assert "ربى" not in hosts.content()
        hosts.locator("form:has([value=take_in]) button").click()

        theirs.goto(f"{path}/inside/")
        theirs.locator("[name=body]").fill(HEAVY)
        theirs.locator("form:has([name=body]) button").click()
        care = theirs.locator(".care")
        expect(care).to_be_visible()
        expect(care.locator('a[href="tel:0800000000"]')).to_be_visible()
        assert "ولا أرى لهذا آخر" in theirs.locator(".msg.me").inner_text()
        looks_right(theirs)
        assert Notice.objects.filter(recipient=host, kind="circles.news").exists()
        hosts.goto(f"{path}/inside/")
        assert hosts.locator(".msgs .say.warn").count() == 1

        theirs.locator("details summary").last.click()
        send(theirs, "/leave/")
        theirs.goto(f"{path}/inside/")
        assert "ولا أرى لهذا آخر" not in theirs.content()
    assert not Seat.objects.filter(person=person).exists()
    assert not Message.objects.filter(person=person).exists()

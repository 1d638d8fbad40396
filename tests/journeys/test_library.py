"""A neighbour borrows a ladder and brings it back over the counter, with scripts and without, in Arabic on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tadamun.foundation.people.models import Person
from tadamun.pillars.support.library import services
from tadamun.pillars.support.library.models import Booking, RepairTicket
from tests.aid import make
from tests.journeys.test_mutual_aid import sign_in
from tests.support.library.make import EVERY_DAY
from tests.support.library.shelf import picture

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/c/zaytoun/library/"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_ladder_is_borrowed_and_brought_back_over_the_counter(
    browser_page: Any,
    axe: Callable[[Page], list[str]],
    scrolls_sideways: Callable[[Page], bool],
    javascript: bool,
) -> None:
    now = timezone.now()
    community = make.make_community(slug="zaytoun", at=now)
    keeper = make.make_coordinator(community)
    layla = make.make_member(community, name="ليلى القاسم", at=now)
    facts = services.ItemFacts(
        name="سلّم ألمنيوم",
        open_days=EVERY_DAY,
        opens=time(0, 30),
        closes=time(23, 30),
        safety="على أرض مستوية",
        place="نافذة الإعارة",
    )
    item = services.add_item(community=community, actor=keeper, facts=facts, at=now)
    services.add_photo(
        community=community, item_id=item.public_id, actor=keeper, content=picture(), words="سلّم", at=now
    )
    label = item.copies.get().code

    def look(page: Page) -> None:
        if javascript:
            assert axe(page) == []
            assert not scrolls_sideways(page)

    with browser_page(javascript=javascript) as page:
        _borrow(page, layla, look)

    loan = Booking.objects.get()
    assert (loan.state, loan.borrower) == ("approved", layla)

    with browser_page(javascript=javascript) as page:
        _over_the_counter(page, keeper, label, look)

    loan.refresh_from_db()
    assert loan.state == "damaged"
    assert RepairTicket.objects.get().state == "mended"
    assert item.copies.get().state == "sound"


def _borrow(page: Page, layla: Person, look: Callable[[Page], None]) -> None:
    """Find it, choose two days, book."""
    page.goto("/c/zaytoun/")
    sign_in(page, layla)
    page.goto(HERE)
    look(page)
    page.locator("ul.list a").click()
    look(page)
    page.locator("a.day").first.click()
    page.locator('input[name="days"][value="2"]').check(force=True)
    look(page)
    page.locator("form#book button").click()
    expect(page.locator(".toast")).to_be_visible()
    look(page)
    page.goto(f"{HERE}loans/")
    expect(page.locator("ul.list li")).to_have_count(1)
    look(page)


def _over_the_counter(page: Page, keeper: Person, label: str, look: Callable[[Page], None]) -> None:
    """Type the label, hand it out; scan it, take it back broken; mend it."""
    page.goto("/c/zaytoun/")
    sign_in(page, keeper)
    page.goto(f"{HERE}counter/")
    look(page)
    # Typed as it is read out: small letters, no dash, Arabic digits.
    page.locator("#id_label").fill(label.lower().replace("-", " ").replace("01", "٠١"))
    page.locator(".codein button").click()
    expect(page.locator("h1")).to_contain_text(label)
    look(page)
    page.locator('form[action$="/hand-out/"] button').click()
    expect(page.locator('form[action$="/back/"]')).to_be_visible()
    look(page)
    assert Booking.objects.get().state == "out"

    # The picture on the label leads to the same page.
    page.goto(f"{HERE}label/{label}/")
    page.locator('form[action$="/back/"] textarea').fill("انحلّ برغي")
    page.locator('form[action$="/back/"] button').click()
    expect(page.locator(".toast")).to_be_visible()
    page.goto(f"{HERE}repairs/")
    look(page)
    page.locator('button[name="mended"][value="1"]').click()
    expect(page.locator('button[name="mended"]')).to_have_count(0)

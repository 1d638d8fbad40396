"""A coordinator's day on a small screen: from the spreadsheet to the run sheet, and nobody forgotten."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import verify_chains
from tadamun.kernel.sheets import xlsx_bytes
from tadamun.pillars.aid.needs.models import Match, NeedLine, Request
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState
from tests.aid import make
from tests.aid.sheets.conftest import HEAD, ROWS
from tests.journeys.test_mutual_aid import (
    WITH_AND_WITHOUT_SCRIPTS,
    accepts,
    invites_the_proposal,
    neighbourhood,  # noqa: F401
    sign_in,
    sorts_and_runs_a_round,
)

pytestmark = pytest.mark.django_db(transaction=True)


@WITH_AND_WITHOUT_SCRIPTS
def test_a_tuesday(
    browser_page: Any,
    neighbourhood: Community,  # noqa: F811
    tmp_path: Path,
    javascript: bool,
) -> None:
    now = datetime.now(tz=ZoneInfo("Asia/Amman"))
    slug = neighbourhood.slug
    coordinator = make.make_coordinator(neighbourhood)
    volunteer = make.make_member(neighbourhood, "volunteer", name="أحمد الناصري")
    make.make_offer(neighbourhood, giver=volunteer, category="food-parcel", quantity=2, at=now)
    sheet = tmp_path / "ردود.xlsx"
    sheet.write_bytes(xlsx_bytes([HEAD, *ROWS], title="ردود"))

    with browser_page(javascript=javascript) as desk, browser_page(javascript=javascript) as giver:
        desk.goto(f"/c/{slug}/")
        sign_in(desk, coordinator)
        _brings_the_sheet_in(desk, slug, sheet)
        assert Request.objects.count() == 4

        _finds_by_a_misspelt_name(desk, slug, volunteer, written="احمد الناصرى")

        line = NeedLine.objects.filter(category__code="food-parcel").order_by("pk")[0]
        sorts_and_runs_a_round(desk, slug, coordinator, line.request, category="food-parcel")
        invites_the_proposal(desk, slug, line.request)
        accepts(giver, slug, volunteer, now=now, late=True)
        assert Match.objects.get(line=line).state == MatchState.SCHEDULED

        desk.goto(f"/c/{slug}/exports/")
        desk.locator('[name="run_reason"]').fill("جولة اليوم")
        desk.locator(f'button[formaction*="/exports/runs/{volunteer.public_id}/"]').click()
        expect(desk.locator("main")).to_contain_text(str(line.request.number))

        _enters_the_address(desk, slug, line.request)
        _empties_the_list_of_the_day(desk, slug)

    line.refresh_from_db()
    assert line.state == LineState.SCHEDULED
    assert all(report.whole for report in verify_chains(scope=neighbourhood.public_id))


def _brings_the_sheet_in(page: Page, slug: str, sheet: Path) -> None:
    """Columns as suggested, one row mended, one left out, the rest taken in."""
    page.goto(f"/c/{slug}/board/")
    page.locator('a[href$="/sheets/"]').click()
    page.locator('input[type="file"]').set_input_files(sheet)
    page.locator("form.form-end button").click()
    page.locator("form.form-end button").click()
    row = page.locator("form#row-6")
    row.locator('[name="size"]').fill("٦")
    row.locator('[name="date"]').fill("30/04/2026")
    row.locator('button[value="mend"]').click()
    page.locator('form#row-4 button[value="out"]').click()
    expect(page.locator("form.m")).to_have_count(0)
    page.locator('input[name="agreed"]').check(force=True)
    page.locator('form[action$="/take-in/"] button').click()
    expect(page.locator('form[action$="/take-in/"]')).to_have_count(0)


def _finds_by_a_misspelt_name(page: Page, slug: str, person: Person, *, written: str) -> None:
    page.goto(f"/c/{slug}/search/")
    page.locator('main [name="q"]').fill(written)
    page.locator('main form[role="search"] button').click()
    expect(page.locator('main a[href*="/people/"]').first).to_contain_text(person.first_name)


def _enters_the_address(page: Page, slug: str, request: Request) -> None:
    """What comes to a door today needs to know which door."""
    page.goto(f"/c/{slug}/requests/{request.public_id}/details/")
    page.locator('main [name="address"]').fill("شارع الزيتون، بناية ٧")
    page.locator('main form[action$="/details/"] button, main form.form-end button').last.click()
    expect(page).to_have_url(re.compile(r"/requests/\w+/(#.*)?$"))


def _empties_the_list_of_the_day(page: Page, slug: str) -> None:
    """Call whoever was promised a call, and say what came of it, until nothing is left."""
    for _ in range(10):
        page.goto(f"/c/{slug}/due/")
        rows = page.locator('main li a[href*="/requests/"]')
        if rows.count() == 0:
            break
        rows.first.click()
        page.locator("#contact").locator("xpath=ancestor::section").locator("summary").click()
        form = page.locator('form[action$="/contact/"]')
        form.locator('[name="outcome"][value="reached"]').check(force=True)
        form.locator("button").first.click()
    expect(page.locator(".empty")).to_have_count(1)

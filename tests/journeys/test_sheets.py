"""A coordinator brings a sheet in: through its columns and problems to requests, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tadamun.kernel.sheets import xlsx_bytes
from tadamun.pillars.aid.needs.models import Request
from tests.aid import make
from tests.aid.sheets.conftest import HEAD, ROWS
from tests.journeys.test_mutual_aid import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "ردود.xlsx"
    path.write_bytes(xlsx_bytes([HEAD, *ROWS], title="ردود"))
    return path


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_sheet_becomes_requests(
    browser_page: Any,
    sheet: Path,
    axe: Callable[[Page], list[str]],
    scrolls_sideways: Callable[[Page], bool],
    javascript: bool,
) -> None:
    community = make.make_community(slug="zaytoun", at=datetime.now(tz=ZoneInfo("Asia/Amman")))
    make.make_area(community)
    coordinator = make.make_coordinator(community)

    def look(page: Page) -> None:
        if javascript:
            assert axe(page) == []
            assert not scrolls_sideways(page)

    with browser_page(javascript=javascript) as page:
        page.goto("/c/zaytoun/")
        sign_in(page, coordinator)
        page.goto("/c/zaytoun/board/")
        page.locator('a[href$="/sheets/"]').click()
        look(page)
        page.locator('input[type="file"]').set_input_files(sheet)
        page.locator("form.form-end button").click()
        assert page.url.endswith("/columns/")
        look(page)
        page.locator("form.form-end button").click()

        expect(page.locator("form.m")).to_have_count(2)
        look(page)
        row = page.locator("form#row-6")
        row.locator('[name="size"]').fill("٦")
        row.locator('[name="date"]').fill("31/04/2026")
        row.locator('button[value="mend"]').click()
        expect(page.locator(".err")).to_be_visible()
        assert page.locator('form#row-6 [name="date"]').input_value() == "31/04/2026"
        look(page)
        page.locator('form#row-6 [name="date"]').fill("30/04/2026")
        page.locator('form#row-6 button[value="mend"]').click()
        page.locator('form#row-4 button[value="out"]').click()
        expect(page.locator("form.m")).to_have_count(0)

        page.locator('input[name="agreed"]').check(force=True)
        page.locator('form[action$="/take-in/"] button').click()
        expect(page.locator('form[action$="/take-in/"]')).to_have_count(0)
        assert Request.objects.count() == 4
        look(page)

        page.locator('form[action$="/close/"] button').click()
        page.goto("/c/zaytoun/exports/")
        look(page)
        page.goto("/c/zaytoun/exports/chat/")
        look(page)
        page.goto("/c/zaytoun/exports/paper-form/")
        look(page)

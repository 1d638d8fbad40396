"""A real browser for the journeys: the system's Chromium, pages of a chosen width and language, and axe."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from checks.browser import find_chromium

HERE = Path(__file__).resolve().parent
AXE = HERE.parent / "vendor" / "axe" / "axe.min.js"
#: Conformance A and AA plus good practice; the enhanced contrast is asked for by name.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Playwright keeps an event loop in this thread, which Django would take for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BrowserPage = Callable[..., AbstractContextManager[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser, live_server: Any) -> BrowserPage:
    """Open a page on the live server: `with browser_page(width=360, javascript=False, language="ar") as page:`.

    Each has a visitor of its own (cookies, storage). Leaving it fails the test when a script failed or the page asked
    anything of another host.
    """

    @contextmanager
    def open_page(*, width: int = 360, javascript: bool = True, language: str = "ar") -> Iterator[Page]:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            locale=language,
            extra_http_headers={"Accept-Language": language},
        )
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
        faults = _watch(context, own=live_server.url)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"a script failed: {error}"))
        try:
            yield page
        finally:
            context.close()
        assert not faults, faults

    return open_page


def _watch(context: BrowserContext, *, own: str) -> list[str]:
    """Note every request that leaves the site, and every server error."""
    faults: list[str] = []

    def look(request: Any) -> None:
        if not request.url.startswith((own, "data:", "blob:", "about:")):
            faults.append(f"a request left the site: {request.url}")

    def answered(response: Any) -> None:
        if response.status >= 500:
            faults.append(f"{response.status} at {response.url}")

    context.on("request", look)
    context.on("response", answered)
    return faults


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Every violation that axe finds on a page, one line each; the page must have JavaScript on."""

    def violations(page: Page) -> list[str]:
        # Evaluated, not added as a script element: the content security policy stays in force.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        options = {
            "runOnly": {"type": "tag", "values": AXE_TAGS},
            "rules": {"color-contrast-enhanced": {"enabled": True}},
        }
        with _whole_in_view(page):
            found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        return [
            f"{violation['id']} ({violation['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations


@contextmanager
def _whole_in_view(page: Page) -> Iterator[None]:
    """Make the window as high as the page.

    The tabs stick to the lower edge: whatever stands half beneath them until one scrolls would pass for a target that
    is too small.
    """
    size = page.viewport_size
    assert size is not None
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    yield
    page.set_viewport_size(size)


@pytest.fixture
def scrolls_sideways() -> Callable[[Page], bool]:
    """Whether a page is wider than its window."""
    return lambda page: bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )

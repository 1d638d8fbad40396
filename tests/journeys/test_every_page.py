"""Every page a visitor can open, at three widths: accessible, readable, in its budget."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.doors.table import DOORS
from tests.doors.trying import all_doors
from tests.doors.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (320, 360, 1280)
PAGE_BUDGET = 17_000
NODES_MOST = 1500
DIGIT_DASH_DIGIT = re.compile(r"[0-9٠-٩]\s?[-–—]\s?[0-9٠-٩]")
#: Downloads and answers for programs, and pages that only lead on to another.
NOT_PAGES = {
    "directory:export",
    "directory:reading_rows",
    "library:feed",
    "library:label",
    "library:photo",
    "needs:export_sheet",
    "needs:import_rest",
    "needs:round_file",
    "problems:card",
    "problems:picture",
    "web:livez",
    "web:readyz",
    "account_confirm_email",
    "account_reset_password_from_key",
    "needs:offer_pause",
    "needs:offer_resume",
}
#: One text at two addresses: the version in force, and the same by its number.
SAME_TEXT = {"people:consent_version"}
#: Every component in every state on one page; nobody else's page is that long.
SPECIMENS = {"design:components"}

MEASURE = """() => {
  const small = [...document.querySelectorAll('main *')].filter(e => e.childNodes.length &&
      [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) &&
      e.offsetParent && parseFloat(getComputedStyle(e).fontSize) < 13.9).map(e => e.outerHTML.slice(0, 90));
  const tight = [...document.querySelectorAll('main button, main a.btn, main summary, main input[type=submit]')]
      .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 90));
  const html = document.documentElement;
  return {
    small, tight,
    sideways: html.scrollWidth > html.clientWidth,
    lang: html.lang, dir: html.dir,
    h1: document.querySelectorAll('h1').length,
    skip: !!document.querySelector('a.skip'),
    title: document.title,
    styled: document.querySelectorAll('[style]').length,
    nodes: document.querySelectorAll('*').length,
    text: document.querySelector('main') ? document.querySelector('main').innerText : '',
  };
}"""


def pages_of(world: World) -> list[tuple[str, str, str]]:
    """Every page as (door, visitor, address), each visited as the first who is let in."""
    order = list(world.visitors)
    pages = []
    for door in all_doors():
        allowed = DOORS[door.name].get("GET", frozenset())
        if door.name not in NOT_PAGES and allowed:
            visitor = next(name for name in ("guest", "member", *order) if name in allowed)
            pages.append((door.name, visitor, door.url(world)))
    return pages


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_fits(browser_page: Any, live_server: Any, axe: Any, width: int) -> None:
    world = make_world()
    faults: list[str] = []
    titles: dict[str, str] = {}
    with browser_page(width=width) as page:
        for name, visitor, address in pages_of(world):
            _become(page, world, visitor, base=live_server.url)
            answer = page.goto(address)
            assert answer is not None
            if answer.status >= 400 or not answer.headers.get("content-type", "").startswith("text/html"):
                faults.append(f"{name} as {visitor}: {answer.status}")
                continue
            nodes_most = 2 * NODES_MOST if name in SPECIMENS else NODES_MOST
            found = _faults(page, axe, nodes_most=nodes_most)
            faults += [f"{name} as {visitor} at {width}: {fault}" for fault in found]
            # Two doors may lead to one page; the same title at two addresses would confuse.
            where = re.sub(r"[?#].*", "", page.url)
            if name not in SAME_TEXT and titles.setdefault(page.title(), where) != where:
                faults.append(f"{name}: the title «{page.title()}» is also that of {titles[page.title()]}")
            weight = len(gzip.compress(answer.body()))
            if weight > PAGE_BUDGET:
                faults.append(f"{name}: {weight} bytes of HTML, compressed")
    assert not faults, "\n".join(faults)


def _faults(page: Page, axe: Callable[[Page], list[str]], *, nodes_most: int) -> list[str]:
    seen = page.evaluate(MEASURE)
    found = list(axe(page))
    if seen["sideways"]:
        found.append("scrolls sideways")
    if (seen["lang"], seen["dir"]) != ("ar", "rtl"):
        found.append(f"language {seen['lang']} {seen['dir']}")
    if seen["h1"] != 1:
        found.append(f"{seen['h1']} headings of the first level")
    if not seen["skip"] or not seen["title"].strip():
        found.append("no skip link or no title")
    if seen["styled"]:
        found.append(f"{seen['styled']} style attributes")
    if seen["nodes"] > nodes_most:
        found.append(f"{seen['nodes']} nodes")
    if DIGIT_DASH_DIGIT.search(seen["text"]):
        found.append(f"digit-dash-digit: {DIGIT_DASH_DIGIT.search(seen['text'])}")
    found += [f"text under 14 px: {each}" for each in seen["small"][:3]]
    found += [f"target under 44 px: {each}" for each in seen["tight"][:3]]
    return found


def _become(page: Page, world: World, visitor: str, *, base: str) -> None:
    page.context.clear_cookies(name="sessionid")
    session = world.visitors[visitor].cookies.get("sessionid")
    if session is not None:
        page.context.add_cookies([{"name": "sessionid", "value": session.value, "url": base}])

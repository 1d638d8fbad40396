"""From asking to being met, in a real browser on a small screen, in Arabic, with scripts and without."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Page, expect

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.trail.services import verify_chains
from tadamun.pillars.aid.needs.models import Match, NeedLine, Request, Round
from tadamun.pillars.aid.needs.services import reckon_round
from tadamun.pillars.aid.needs.vocabulary import LineState, MatchState
from tests.aid import make

pytestmark = pytest.mark.django_db(transaction=True)
WITH_AND_WITHOUT_SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def neighbourhood() -> Community:
    community = make.make_community(slug="zaytoun", at=datetime.now(tz=ZoneInfo("Asia/Amman")))
    make.make_area(community)
    return community


def sign_in(page: Page, person: Person) -> None:
    """Enter as somebody, with the second factor that their role asks for."""
    Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}}
    )
    visitor = Client()
    visitor.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = visitor.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page_base(page)}])


def page_base(page: Page) -> str:
    """The live server's address."""
    return re.match(r"https?://[^/]+", page.url).group(0)  # type: ignore[union-attr]


def send(page: Page, path: str, button: str = "") -> None:
    """Press the button of the one form that posts to a path."""
    form = page.locator(f'form[action*="{path}"]').first
    form.locator(f"button{button}").first.click()


@WITH_AND_WITHOUT_SCRIPTS
def test_a_need_becomes_help(browser_page: Any, neighbourhood: Community, javascript: bool) -> None:
    coordinator = make.make_coordinator(neighbourhood)
    volunteer = make.make_member(neighbourhood, "volunteer", name="سامي ناصر")
    now = datetime.now(tz=ZoneInfo("Asia/Amman"))
    make.make_offer(neighbourhood, giver=volunteer, category="bread-milk", quantity=2, at=now)
    slug = neighbourhood.slug

    with (
        browser_page(javascript=javascript) as asker,
        browser_page(javascript=javascript) as desk,
        browser_page(javascript=javascript) as giver,
    ):
        number, pin = _asks(asker, slug)
        request = Request.objects.get(number=int(number))
        assert "هند" in asker.locator("main").inner_text()

        _opens_with_pin(asker, slug, number, pin)
        assert "سامي" not in asker.locator("main").inner_text()

        sorts_and_runs_a_round(desk, slug, coordinator, request)
        invites_the_proposal(desk, slug, request)
        assert NeedLine.objects.get(request=request).state == LineState.OPEN

        accepts(giver, slug, volunteer, now=now)
        match = Match.objects.get(line__request=request)
        assert match.state == MatchState.SCHEDULED

        asker.goto(f"/c/{slug}/track/{request.public_id}/")
        told = asker.locator("main").inner_text()
        assert "سامي" in told
        assert match.code in told

        _hands_over_by_code(giver, slug, match, address="شارع النخيل ٣")

        asker.goto(f"/c/{slug}/track/{request.public_id}/")
        expect(asker.locator(".say.ok").first).to_be_visible()
        assert "سامي" in asker.locator("#lk").locator("xpath=..").inner_text()

    line = NeedLine.objects.get(request=request)
    assert (line.state, line.delivered) == (LineState.MET, 1)
    assert all(report.whole for report in verify_chains(scope=neighbourhood.public_id))


def _asks(page: Page, slug: str) -> tuple[str, str]:
    page.goto(f"/c/{slug}/")
    page.locator("a.door-need").click()
    page.locator('input[name="category"][value="food"]').check(force=True)
    page.locator('input[name="when"][value="today"]').check(force=True)
    page.locator('input[name="household_size"]').fill("٥")
    page.locator('input[name="phone"]').fill("٠٧٩ ١٢٣ ٤٥٦٧")
    page.locator("details.more summary").first.click()
    page.locator('[name="address"]').fill("شارع النخيل ٣")
    page.locator('[name="asker_name"]').fill("أم ليلى")
    page.locator("form.form-end button.btn-l").click()
    codes = page.locator('main bdi[dir="ltr"]').all_inner_texts()
    number = next(text for text in codes if re.fullmatch(r"\d{4}", text.strip()))
    pin = next(text for text in codes if re.fullmatch(r"\d{6}", text.replace(" ", "").strip()))
    return number.strip(), pin.replace(" ", "").strip()


def _opens_with_pin(page: Page, slug: str, number: str, pin: str) -> None:
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/c/{slug}/track/")
    page.locator('[name="number"]').fill(number)
    page.locator('[name="pin"]').fill(pin)
    page.locator("form.form-end button").click()
    assert f"/c/{slug}/track/" in page.url
    assert number in page.locator("h1").inner_text()


def sorts_and_runs_a_round(
    page: Page, slug: str, coordinator: Person, request: Request, *, category: str = "bread-milk"
) -> None:
    """Sort the first thing that is asked, and match it by a round."""
    page.goto(f"/c/{slug}/")
    sign_in(page, coordinator)
    page.goto(f"/c/{slug}/board/?show=triage")
    page.locator(f'a[href*="{request.public_id}"]').first.click()
    form = page.locator('form[action$="/triage/"]').first
    form.locator('[name="tier"][value="0"]').check(force=True)
    form.locator('select[name="reason"]').select_option("hunger")
    form.locator('select[name="category"]').select_option(category)
    form.locator("button").first.click()
    assert NeedLine.objects.filter(request=request, state=LineState.OPEN).count() == 1
    page.goto(f"/c/{slug}/board/")
    send(page, "/rounds/start/")
    # The worker's part, here in the same process.
    reckon_round(round_id=Round.objects.get().public_id, at=datetime.now(tz=ZoneInfo("UTC")))
    page.goto(f"/c/{slug}/rounds/{Round.objects.get().public_id}/")
    assert Round.objects.get().violations == 0


def invites_the_proposal(page: Page, slug: str, request: Request) -> None:
    """Send the invitation that the round proposes."""
    match = Match.objects.get(line__request=request)
    assert match.state == MatchState.PROPOSED
    send(page, f"/invite/{match.public_id}/")
    match.refresh_from_db()
    assert match.state == MatchState.INVITED


def accepts(page: Page, slug: str, volunteer: Person, *, now: datetime, late: bool = False) -> None:
    """Say yes, and agree on a time today that ends at night: both it and a day that is over are asked about."""
    page.goto(f"/c/{slug}/")
    sign_in(page, volunteer)
    page.goto(f"/c/{slug}/tasks/invitations/")
    page.locator('button[name="answer"][value="yes"]').click()
    soon = datetime.now(tz=ZoneInfo("Asia/Amman")) + timedelta(minutes=1)
    page.locator('[name="day"]').fill(f"{soon:%Y-%m-%d}")
    page.locator('[name="starts"]').fill(f"{soon:%H:%M}")
    page.locator('[name="ends"]').fill("23:59")
    send(page, "/time/")
    for asked in ["late_is_agreed"] * late + ["night_is_agreed"]:
        page.locator(f'[name="{asked}"]').check()
        send(page, "/time/")


def _hands_over_by_code(page: Page, slug: str, match: Match, *, address: str) -> None:
    page.goto(f"/c/{slug}/tasks/{match.public_id}/")
    assert address not in page.locator("main").inner_text()
    send(page, "/place/")
    assert address in page.locator("main").inner_text()
    page.locator('[name="code"]').fill("٠٠٠" if match.code != "000" else "١١١")
    send(page, "/code/")
    expect(page.locator(".err")).to_be_visible()
    page.locator('[name="code"]').fill(match.code)
    send(page, "/code/")
    match.refresh_from_db()
    assert match.state == MatchState.CONFIRMED

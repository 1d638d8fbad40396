"""A problem is raised, three neighbours join, and the group solves it: on a small screen, with scripts and without."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from tadamun.foundation.communities.models import Community
from tadamun.foundation.trail.services import verify_chains
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.support.problems.models import Problem
from tadamun.pillars.support.problems.vocabulary import ProblemState
from tests.aid import make
from tests.journeys.test_mutual_aid import WITH_AND_WITHOUT_SCRIPTS, neighbourhood, send, sign_in  # noqa: F401
from tests.support.problems.make import camera_file

pytestmark = pytest.mark.django_db(transaction=True)


@WITH_AND_WITHOUT_SCRIPTS
def test_neighbours_solve_what_weighs_on_them(
    browser_page: Any,
    neighbourhood: Community,  # noqa: F811
    scrolls_sideways: Any,
    javascript: bool,
) -> None:
    make.make_category()
    now = datetime.now(tz=ZoneInfo("Asia/Amman"))
    layla = make.make_member(neighbourhood, name="ليلى القاسم", at=now)
    neighbours = [
        make.make_member(neighbourhood, name=name, at=now)
        for name in ("سامي ناصر", "هالة برهوم", "مازن شاهين")
    ]
    reem = make.make_member(neighbourhood, "facilitator", name="ريم منصور", at=now)
    base = f"/c/{neighbourhood.slug}/problems/"

    with browser_page(javascript=javascript) as page:
        page.goto(base)
        sign_in(page, layla)
        problem = _raise(page, base, "مصباح الدرج مطفأ")

        _raise_the_same(page, base, problem)
        for neighbour in neighbours:
            sign_in(page, neighbour)
            page.goto(f"{base}{problem.public_id}/")
            assert not scrolls_sideways(page)
            send(page, "/do/affects-me/")
        assert "٤" in page.locator(".many").inner_text()
        assert not any(name in page.content() for name in ("ليلى", "هالة", "سامي"))

        page.locator('form[action$="/ideas/"] [name="words"]').fill("مصباح شمسيّ لا يحتاج كهرباء")
        send(page, "/ideas/")
        page.locator("article.idea summary").click()
        page.locator('form[action*="/reasons/"] [name="side"][value="against"]').check(force=True)
        page.locator('form[action*="/reasons/"] [name="words"]').fill("غالٍ")
        send(page, "/reasons/")

        _works(page, base, problem, reem=reem, sami=neighbours[0])
        _solves(page, base, problem, reem)

        sign_in(page, layla)
        page.goto(f"{base}{problem.public_id}/")
        send(page, "/do/thank/")
        assert "أُضيء الدرج" in page.locator("main").inner_text()
        assert page.locator(".shots img").count() == 1
        page.goto(f"/c/{neighbourhood.slug}/search/?q=المصابيح")
        assert page.locator(f'main a[href$="{problem.public_id}/"]').count() == 1

    problem.refresh_from_db()
    assert (problem.state, problem.thanks.count()) == (ProblemState.SOLVED, 1)
    assert Request.objects.get().asker == reem
    assert all(report.whole for report in verify_chains(scope=neighbourhood.public_id))


def _raise(page: Page, base: str, title: str) -> Problem:
    page.goto(f"{base}new/")
    page.locator('[name="title"]').fill(title)
    page.locator('[name="area"]').select_option(index=1)
    page.locator("form.form-end button.btn-l").click()
    page.wait_for_url(f"**{base}*/")
    return Problem.objects.get(title=title)


def _raise_the_same(page: Page, base: str, problem: Problem) -> None:
    """Whoever writes it again is shown it first, and writes no second one."""
    page.goto(f"{base}new/")
    page.locator('[name="title"]').fill("المصابيح مطفأة على الدرج")
    page.locator("form.form-end button.btn-l").click()
    page.locator(f'main a[href$="{problem.public_id}/"]').click()
    page.wait_for_url(f"**/{problem.public_id}/")
    assert Problem.objects.count() == 1


def _works(page: Page, base: str, problem: Problem, *, reem: Any, sami: Any) -> None:
    """The facilitator begins a group, a neighbour joins, and a step is written down and done."""
    sign_in(page, reem)
    page.goto(f"{base}{problem.public_id}/")
    send(page, "/steer/form-group/")
    sign_in(page, sami)
    page.goto(f"{base}{problem.public_id}/group/")
    send(page, "/do/join-group/")
    page.locator('[name="words"]').fill("شراء المصباح وتركيبه")
    page.locator('[name="owner"]').select_option(label="سامي ناصر")
    page.locator('[name="due_on"]').fill("2030-01-31")
    send(page, "/group/steps/")
    sign_in(page, reem)
    page.goto(f"{base}{problem.public_id}/group/")
    page.locator('a[href$="/group/post/"]').click()
    page.locator('[name="category"]').select_option("blankets")
    page.locator("form.form-end button.btn-l").click()
    page.wait_for_url("**/group/")
    send(page, "/done/")


def _solves(page: Page, base: str, problem: Problem, reem: Any) -> None:
    page.goto(f"{base}{problem.public_id}/photo/")
    page.locator('[name="moment"][value="after"]').check(force=True)
    page.locator('[name="photo"]').set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": camera_file()}
    )
    page.locator("form.form-end button.btn-l").click()
    page.wait_for_url(f"**/{problem.public_id}/")
    page.goto(f"{base}{problem.public_id}/settle/")
    page.locator('[name="state"][value="solved"]').check(force=True)
    page.locator('[name="outcome"]').fill("أُضيء الدرج بمصباح شمسيّ")
    page.locator("form.form-end button.btn-l").click()
    page.wait_for_url(f"**/{problem.public_id}/")

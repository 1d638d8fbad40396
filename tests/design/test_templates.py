"""Base templates and parts hold together with and without what the web gives them."""

import re
from collections.abc import Callable
from datetime import time
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from tadamun.design import specimens

VOID = {"meta", "link", "input", "br", "img", "hr", "use", "path", "rect", "circle"}


class Balance(HTMLParser):
    """Notes elements that are not closed where they should be, ids that stand twice, and all headings."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            self.targets.extend((given.get(name) or "").split())
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself needs no end."""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}>")


def balanced(html: str) -> Balance:
    balance = Balance()
    balance.feed(html)
    assert balance.faults == []
    assert balance.stack == []
    return balance


@pytest.fixture
def catalogue(shell: dict[str, Any]) -> Callable[[str], str]:
    """The component page in a language."""

    def render(language: str) -> str:
        with translation.override(language):
            context = {"shell": shell, **specimens.everything(now=timezone.now())}
            return render_to_string("design/components.html", context)

    return render


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr"), ("fr", "ltr")])
def test_the_catalogue_is_well_formed_in_every_language(
    catalogue: Callable[[str], str], language: str, direction: str
) -> None:
    html = catalogue(language)
    page = balanced(html)
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    assert set(page.targets) <= set(page.ids)


def test_every_word_of_the_catalogue_is_translated(catalogue: Callable[[str], str]) -> None:
    html = re.sub(r'<ul class="card row wrapx specimens">.*?</ul>', "", catalogue("ar"), flags=re.DOTALL)
    html = re.sub(
        r"<(dt|code)[^>]*>.*?</\1>|<head>.*?</head>|<p class=\"row wrapx mt\">.*?</p>",
        "",
        html,
        flags=re.DOTALL,
    )
    text = re.sub(r"<[^>]+>", " ", html)
    assert set(re.findall(r"[A-Za-z]{3,}", text)) <= {"English", "Français", "ais", "Fran"}


@pytest.mark.parametrize(
    "template", ["design/page.html", "design/narrow.html", "design/board.html", "design/error.html"]
)
def test_every_base_stands_without_a_shell(template: str) -> None:
    html = render_to_string(template, {})
    balanced(html)
    assert 'id="main"' in html
    assert 'class="skip"' in html
    assert "None" not in html


def test_a_printed_sheet_has_no_site_header() -> None:
    html = render_to_string("design/specimen_sheet.html", {"rows": range(3)})
    balanced(html)
    assert "print.css" in html
    assert 'class="top' not in html
    assert "data-print" in html


def test_a_guest_sees_the_way_in_the_languages_and_the_quick_exit(shell: dict[str, Any]) -> None:
    html = render_to_string(
        "design/page.html",
        {"shell": shell, "request": RequestFactory().get("/track/?n=1"), "csrf_token": "token"},
    )
    balanced(html)
    assert 'href="/accounts/login/"' in html
    assert html.count('href="https://example.org/weather"') == 1
    assert 'name="next" value="/track/?n=1"' in html
    assert html.count('name="language"') == 3
    assert "ولا يمسح سجلّ المتصفّح" in html
    assert 'class="tabs"' not in html
    assert "حيّ الزيتون" in html


def test_a_member_has_five_tabs_and_the_rest_in_the_footer(member_shell: dict[str, Any]) -> None:
    html = render_to_string("design/page.html", {"shell": member_shell})
    balanced(html)
    tabs = html.split('class="tabs"', 1)[1]
    assert tabs.count("<li>") == 5
    assert 'aria-current="page"' in tabs
    footer = html.split('class="all"', 1)[1].split("</nav>", 1)[0]
    assert "الجولات" in footer
    assert footer.count("<li>") == 1
    assert "٣" in html.split('class="badge"', 1)[1][:20]
    assert "/accounts/login/" not in html


def test_a_sensitive_page_has_the_exit_before_everything(shell: dict[str, Any]) -> None:
    html = render_to_string("design/parts/exit.html", {"shell": shell})
    assert "data-exit" in html
    assert 'rel="noreferrer"' in html
    assert render_to_string("design/parts/exit.html", {}).strip() == ""


def test_hostile_names_are_escaped(shell: dict[str, Any]) -> None:
    shell["community"] = {"name": "<script>x</script>", "slug": "x"}
    shell["person"] = SimpleNamespace(display_name="<img src=x>")
    html = render_to_string("design/page.html", {"shell": shell})
    assert "<script>x" not in html
    assert "<img" not in html


def test_messages_are_announced_by_their_gravity() -> None:
    messages = [Message(constants.SUCCESS, "تمّ"), Message(constants.ERROR, "تعذّر")]
    html = render_to_string("design/parts/messages.html", {"messages": messages})
    assert 'class="toast toast-success" role="status"' in html
    assert 'class="toast toast-error" role="alert"' in html


def test_the_helpline_shows_name_hours_and_number(written: Callable[..., str], shell: dict[str, Any]) -> None:
    html = written("{% callbar %}", shell=shell)
    assert "هند" in html
    assert 'href="tel:+96265550000"' in html
    assert written("{% callbar %}", shell=None).strip() == ""
    assert written("{% callbar %}", **{"shell": {"community": {"name": "x"}}}).strip() == ""


def test_the_helpline_is_read_from_a_communitys_own_fields_too(written: Callable[..., str]) -> None:
    community = SimpleNamespace(
        helpline_name="رامي", helpline_phone="1919", helpline_opens=time(9), helpline_closes=time(21)
    )
    html = written("{% callbar %}", **{"shell": {"community": community}}).replace("\u00a0", " ")
    assert "من ٩ صباحًا إلى ٩ مساءً" in html
    assert 'href="tel:1919"' in html


def test_the_emergency_number_is_the_regions(written: Callable[..., str]) -> None:
    assert 'href="tel:911"' in written("{% emergency %}")


def test_a_pager_keeps_the_rest_of_the_query(written: Callable[..., str]) -> None:
    pages = Paginator(range(30), 10)
    html = written("{% pager page %}", page=pages.page(2), request=RequestFactory().get("/?area=east&page=2"))
    assert 'href="?area=east&amp;page=1"' in html
    assert 'href="?area=east&amp;page=3"' in html
    assert "صفحة ٢ من ٣" in html
    assert written("{% pager page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_steps_say_what_is_done_and_where_one_is(written: Callable[..., str]) -> None:
    html = written("{% steps labels current=2 %}", labels=["وصلَنا", "وجدنا", "تمّ"])
    assert html.count('class="done"') == 1
    assert html.count('aria-current="step"') == 1
    assert html.count('class="next"') == 1
    pairs = written(
        "{% steps items %}", items=[{"label": "أ", "state": "now"}, SimpleNamespace(label="ب", state="?")]
    )
    assert pairs.count('class="next"') == 1


@pytest.mark.parametrize(
    ("value", "top", "width"), [(1, 4, 250), (9, 3, 1000), (0, 0, 0), (None, 5, 0), (-1, 5, 0)]
)
def test_a_bar_never_leaves_its_ground(written: Callable[..., str], value: Any, top: int, width: int) -> None:
    html = written("{% bar value top %}", value=value, top=top)
    assert f'class="a" width="{width}"' in html
    assert "style" not in html


def test_bars_share_one_scale_and_stand_in_a_table(written: Callable[..., str]) -> None:
    html = written("{% bars rows %}", rows=[("أ", 10, "١٠"), ("ب", 5, "٥", "clay")])
    assert html.count("<tr>") == 2
    assert 'class="a" width="1000"' in html
    assert 'class="b" width="500"' in html


def test_a_qr_code_is_svg_without_its_text(written: Callable[..., str]) -> None:
    html = written('{% qr "https://example.org/?a=<b>" "رابط" %}')
    balanced(html)
    assert "example.org" not in html
    assert 'role="img" aria-label="رابط"' in html


def test_copying_and_printing_are_offered_only_with_scripts(written: Callable[..., str]) -> None:
    assert 'class="btn btn-s js"' in written('{% copy "1042" "نسخ" %}')
    assert 'class="btn btn-p js"' in written("{% print_button %}")


def test_an_empty_list_is_kind_even_inside_a_loops_own_empty_clause(written: Callable[..., str]) -> None:
    snippet = (
        '{% for one in none %}{{ one }}{% empty %}{% empty "home-heart" "لا طلبات مفتوحة." %}{% endfor %}'
    )
    assert "لا طلبات مفتوحة." in written(snippet, none=[])
    inside = '{% for one in some %}{% empty_state "home-heart" one %}{% endfor %}'
    assert written(inside, some=["أ", "ب"]).count('class="empty"') == 2

"""Every icon a page names is in the sprite, and every state has a look."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import tadamun
from tadamun.design.icons import DIRECTIONAL, icon, icon_names
from tadamun.design.status import known_kinds, look_of

PACKAGE = Path(tadamun.__file__).parent
TAG = re.compile(r'{% (?:icon|empty) "([^"]+)"')
OPTION = re.compile(r'{% (?:say|note|status|phone)\b[^%]*\bicon="([^"]+)"')


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("template", templates(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_names_only_icons_that_exist(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert {*TAG.findall(text), *OPTION.findall(text)} <= icon_names()


def test_the_catalogue_page_is_among_the_templates_looked_at() -> None:
    assert len(templates()) > 20


def test_every_look_and_every_directional_icon_exists() -> None:
    assert icon_names() >= DIRECTIONAL
    assert {look_of(kind).icon for kind in known_kinds()} <= icon_names()


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icon("clock")
    assert "#clock" in icon("clock")
    labelled = icon("lock", label='"خاصّ"')
    assert 'role="img"' in labelled
    assert "aria-hidden" not in labelled
    assert "&quot;خاصّ&quot;" in labelled


def test_icons_that_point_turn_round_and_clocks_do_not() -> None:
    assert "flip" in icon("chevron-forward")
    assert "flip" not in icon("clock")


def test_an_unknown_name_draws_a_dot() -> None:
    assert "#circle-dot" in icon("no-such-icon")


def test_a_status_has_icon_word_and_colour(written: Callable[..., str]) -> None:
    pill = written('{% status "met" "لُبّي" %}')
    assert "tag-ok" in pill
    assert "#circle-check" in pill
    assert "<span>لُبّي</span>" in pill
    assert look_of("something new").tone == "sand"


def test_the_sprite_holds_no_script_and_no_style() -> None:
    sprite = (PACKAGE / "design/static/design/icons.svg").read_text(encoding="utf-8")
    assert not re.search(r"<script|<style|style=|onload|href=", sprite)

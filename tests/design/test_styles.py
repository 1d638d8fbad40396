"""The style sheets keep the rules that browsers and readers depend on."""

import re
from pathlib import Path

import pytest

import tadamun
from tadamun.design.assets.fonts import ARABIC, LATIN, code_points

PACKAGE = Path(tadamun.__file__).parent
SHEETS = sorted(path for path in PACKAGE.rglob("static/**/*.css") if "vendor" not in path.parts)
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))

FORBIDDEN = {
    "a physical side": (
        r"(?<![\w-])(?:left|right)\s*:|(?:margin|padding|border|inset)-(?:left|right)"
        r"|(?:float|text-align|clear)\s*:\s*(?:left|right)"
    ),
    "letter-spacing": r"letter-spacing",
    "justified text": r"text-align\s*:\s*justify|text-align\s*:\s*justify-all",
    "slanted text": r"font-style\s*:\s*(?:italic|oblique)",
    "cascade layers": r"@layer",
    "container queries": r"@container|container-type",
    "colours of newer browsers": r"oklch|oklab|color-mix|lch\(",
    "selectors of newer browsers": r":has\(|:is\(|:where\(",
    "another host": r"https?://",
    "embedded data, which the content policy blocks": r"url\(\s*[\"']?data:",
}


def rules(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("what", FORBIDDEN)
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_holds_nothing_forbidden(sheet: Path, what: str) -> None:
    assert not re.findall(FORBIDDEN[what], rules(sheet)), what


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_nests_no_rule(sheet: Path) -> None:
    open_blocks: list[str] = []
    for mark in re.findall(r"@[\w-]+[^{;]*\{|\{|\}", rules(sheet)):
        if mark == "}":
            open_blocks.pop()
            continue
        assert "rule" not in open_blocks
        open_blocks.append("group" if mark.startswith(("@media", "@supports")) else "rule")
    assert open_blocks == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_text_is_set_below_fourteen_pixels(sheet: Path) -> None:
    root = 17
    for value, unit in re.findall(r"font-size:\s*([\d.]+)(rem|px)", rules(sheet)):
        assert float(value) * (root if unit == "rem" else 1) >= 14


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_carries_no_style_and_no_script_of_its_own(template: Path) -> None:
    text = re.sub(r"{%.*?%}", "", template.read_text(encoding="utf-8"))
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|href=[\"']javascript:", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_writes_no_digit_dash_digit_and_no_tatweel(template: Path) -> None:
    text = re.sub(r"{%.*?%}|{{.*?}}|<[^>]+>", "", template.read_text(encoding="utf-8"))
    assert not re.search(r"[\d٠-٩]\s*[-–—]\s*[\d٠-٩]", text)
    assert "ـ" not in text


def test_the_sheet_names_the_letters_the_fonts_were_cut_to() -> None:
    named = re.findall(r"unicode-range:([^}]+)\}", (PACKAGE / "design/static/design/app.css").read_text())
    assert [code_points(ranges) for ranges in named] == [code_points(ARABIC), code_points(LATIN)]


def test_kurdish_persian_and_french_letters_are_in_the_fonts() -> None:
    letters = set(code_points(ARABIC)) | set(code_points(LATIN))
    assert {ord(letter) for letter in "ڕڤڵۆێەپچژکگیçéèêœ٠٩۰۹٪٫٬"} <= letters


def test_motion_and_contrast_wishes_are_heard() -> None:
    sheet = (PACKAGE / "design/static/design/app.css").read_text(encoding="utf-8")
    assert "prefers-reduced-motion" in sheet
    assert "prefers-contrast" in sheet
    assert "line-height:1.75" in sheet

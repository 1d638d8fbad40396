"""What a first visit costs on a slow line."""

import gzip
import re
from pathlib import Path
from typing import Any

from django.template import Context, Template

import tadamun

STATIC = Path(tadamun.__file__).parent / "design" / "static" / "design"
KB = 1024
FRONT = (
    '{% extends "design/page.html" %}{% load i18n tadamun %}{% block title %}{% translate "Front page" %}{% endblock %}'
    '{% block main %}<h1>{% translate "Front page" %}</h1>{% include "design/specimens/front.html" %}{% endblock %}'
)


def packed(path: Path) -> int:
    """Size on the line: fonts are packed already."""
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 6))


def front_page(shell: dict[str, Any]) -> str:
    return Template(FRONT).render(Context({"shell": shell, "moments": {}}))


def test_the_first_page_with_fonts_weighs_at_most_eighty_kilobytes(shell: dict[str, Any]) -> None:
    html = front_page(shell)
    files = {STATIC / name for name in re.findall(r"/static/design/([\w./-]+)", html)}
    files |= {STATIC / "fonts" / "vazirmatn-arabic.woff2", STATIC / "fonts" / "vazirmatn-latin.woff2"}
    files |= {STATIC / "weave.svg"}
    assert len(gzip.compress(html.encode(), 6)) + sum(packed(file) for file in files) <= 80 * KB
    assert "htmx" not in html


def test_markup_and_styles_weigh_at_most_fifteen_kilobytes(shell: dict[str, Any]) -> None:
    html = len(gzip.compress(front_page(shell).encode(), 6))
    assert html + packed(STATIC / "app.css") <= 15 * KB
    assert packed(STATIC / "app.css") + packed(STATIC / "board.css") <= 11 * KB


def test_the_first_page_has_at_most_six_hundred_nodes(shell: dict[str, Any]) -> None:
    assert len(re.findall(r"<[a-z]", front_page(shell))) <= 600


def test_all_scripts_weigh_at_most_twenty_five_kilobytes() -> None:
    scripts = [STATIC / "app.js", STATIC / "vendor" / "htmx" / "htmx.min.js"]
    assert sum(packed(script) for script in scripts) <= 25 * KB
    assert packed(scripts[0]) <= 3 * KB


def test_the_script_for_passkeys_is_small_and_not_on_the_first_page(shell: dict[str, Any]) -> None:
    assert packed(STATIC / "passkeys.js") <= 1.5 * KB
    assert "passkeys.js" not in front_page(shell)


def test_what_was_fetched_elsewhere_stands_beside_its_licence() -> None:
    for folder in (STATIC / "vendor" / "htmx", STATIC / "vendor" / "icons", STATIC / "fonts"):
        assert any("LICENSE" in file.name or file.name == "OFL.txt" for file in folder.iterdir())


def test_nothing_is_asked_of_another_host(shell: dict[str, Any]) -> None:
    html = front_page(shell)
    assert re.findall(r'(?:src|href)="(https?:[^"]+)"', html) == ["https://example.org/weather"]

"""Templates stand on the design system and on their own app, on nobody else's."""

import re

from tests.house.plan import PACKAGE

TAKES = re.compile(r"""{%\s*(?:include|extends)\s+(?P<what>"[^"]+"|'[^']+'|[^\s%]+)""")
DESIGN = PACKAGE / "design" / "templates"


def test_includes_and_extends_cross_apps_only_towards_the_design():
    strangers = []
    for template in PACKAGE.rglob("templates/**/*.html"):
        own = next(folder for folder in template.parents if folder.name == "templates")
        for match in TAKES.finditer(template.read_text(encoding="utf-8")):
            what = match["what"].strip("\"'")
            known = (own / what).exists() or (DESIGN / what).exists()
            computed = match["what"][0] not in "\"'"
            if not known and not (computed and own == DESIGN):
                strangers.append(f"{template.relative_to(PACKAGE)} takes {what}")

    assert strangers == []


def test_no_template_carries_a_script_or_a_style_of_its_own():
    """The content security policy would block them."""
    inline = re.compile(
        r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script\b(?![^>]*\bsrc=)", re.IGNORECASE
    )
    found = [
        str(template.relative_to(PACKAGE))
        for template in PACKAGE.rglob("templates/**/*.html")
        if inline.search(re.sub(r"{#.*?#}", "", template.read_text(encoding="utf-8")))
    ]

    assert found == []

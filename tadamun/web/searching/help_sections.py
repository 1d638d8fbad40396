"""The sections of the help page, read from the page itself, so that search knows whatever stands there."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import NamedTuple

from django.template.loader import get_template
from django.utils.translation import get_language


class Section(NamedTuple):
    """One section of the help page: where it begins, its heading, its words."""

    anchor: str
    title: str
    text: str


def help_sections() -> tuple[Section, ...]:
    """The sections of the help page in the active language."""
    return _sections(get_language() or "")


@cache
def _sections(language: str) -> tuple[Section, ...]:  # the page is drawn in the active language
    reader = _Reader()
    reader.feed(get_template("web/help.html").render({"shell": {}}))
    return tuple(
        Section(anchor, " ".join(title.split()), " ".join(text.split()))
        for anchor, title, text in reader.found
        if anchor and title
    )


class _Reader(HTMLParser):
    """Gathers heading and words of every labelled section."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._anchor = self._title = self._text = ""
        self._inside = self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self._anchor, self._title, self._text = dict(attrs).get("aria-labelledby") or "", "", ""
            self._inside = True
        self._in_heading = self._in_heading or tag == "h2"

    def handle_endtag(self, tag: str) -> None:
        if tag == "section" and self._inside:
            self.found.append((self._anchor, self._title, self._text))
            self._inside = False
        if tag == "h2":
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if self._inside and self._in_heading:
            self._title += data
        elif self._inside:
            self._text += data + " "

"""Counted things in words: the number as `n` writes it, the noun in the form its language asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.translation import ngettext

from tadamun.design.numbers import number

_PHRASES: dict[str, Callable[[int], str]] = {
    "minutes": lambda k: ngettext("%(n)s minute", "%(n)s minutes", k),
    "hours": lambda k: ngettext("%(n)s hour", "%(n)s hours", k),
    "days": lambda k: ngettext("%(n)s day", "%(n)s days", k),
    "nights": lambda k: ngettext("%(n)s night", "%(n)s nights", k),
    "weeks": lambda k: ngettext("%(n)s week", "%(n)s weeks", k),
    "months": lambda k: ngettext("%(n)s month", "%(n)s months", k),
    "people": lambda k: ngettext("%(n)s person", "%(n)s people", k),
    "households": lambda k: ngettext("%(n)s household", "%(n)s households", k),
    "volunteers": lambda k: ngettext("%(n)s volunteer", "%(n)s volunteers", k),
    "neighbours": lambda k: ngettext("%(n)s neighbour", "%(n)s neighbours", k),
    "requests": lambda k: ngettext("%(n)s request", "%(n)s requests", k),
    "needs": lambda k: ngettext("%(n)s need", "%(n)s needs", k),
    "offers": lambda k: ngettext("%(n)s offer", "%(n)s offers", k),
    "tasks": lambda k: ngettext("%(n)s task", "%(n)s tasks", k),
    "messages": lambda k: ngettext("%(n)s message", "%(n)s messages", k),
    "units": lambda k: ngettext("%(n)s unit", "%(n)s units", k),
    "items": lambda k: ngettext("%(n)s item", "%(n)s items", k),
    "places": lambda k: ngettext("%(n)s place", "%(n)s places", k),
    "beds": lambda k: ngettext("%(n)s bed", "%(n)s beds", k),
}
NOUNS = tuple(_PHRASES)

_AGO: dict[str, Callable[[int], str]] = {
    "minutes": lambda k: ngettext("%(n)s minute ago", "%(n)s minutes ago", k),
    "hours": lambda k: ngettext("%(n)s hour ago", "%(n)s hours ago", k),
    "days": lambda k: ngettext("%(n)s day ago", "%(n)s days ago", k),
    "weeks": lambda k: ngettext("%(n)s week ago", "%(n)s weeks ago", k),
    "months": lambda k: ngettext("%(n)s month ago", "%(n)s months ago", k),
}
_AHEAD: dict[str, Callable[[int], str]] = {
    "minutes": lambda k: ngettext("in %(n)s minute", "in %(n)s minutes", k),
    "hours": lambda k: ngettext("in %(n)s hour", "in %(n)s hours", k),
    "days": lambda k: ngettext("in %(n)s day", "in %(n)s days", k),
    "weeks": lambda k: ngettext("in %(n)s week", "in %(n)s weeks", k),
    "months": lambda k: ngettext("in %(n)s month", "in %(n)s months", k),
}


def _counted(phrases: dict[str, Callable[[int], str]], noun: str, count: int) -> str:
    return phrases[noun](count) % {"n": number(count)}


def counted(noun: str, value: Any) -> str:
    """«٣ أيّام»: a count with its noun; nothing for what is no whole number."""
    try:
        count = int(value)
    except (TypeError, ValueError):
        return ""
    return _counted(_PHRASES, noun, count)


def _unit_of(length: timedelta) -> tuple[str, int]:
    """The unit a person would use for a length of time, and how many of it."""
    minutes = max(int(length.total_seconds() // 60), 1)
    for noun, size, limit in (("minutes", 1, 60), ("hours", 60, 48), ("days", 1440, 14), ("weeks", 10080, 9)):
        if minutes // size < limit:
            return noun, minutes // size
    return "months", max(minutes // 43200, 2)


def ago(length: timedelta) -> str:
    """«منذ ٢٦ ساعة»."""
    return _counted(_AGO, *_unit_of(length))


def ahead(length: timedelta) -> str:
    """«بعد ٣ أيّام»."""
    return _counted(_AHEAD, *_unit_of(length))

"""The names of what circles choose from, for their pages."""

from __future__ import annotations

from typing import Any

from django import template

from tadamun.design.region import current_region
from tadamun.pillars.support.circles.wording import (
    ANSWERS,
    FOR_WHOM,
    GENDERS,
    LANGUAGES,
    RHYTHMS,
    WAYS,
    WEEKDAYS,
)

register = template.Library()
_WORDS: dict[str, dict[str, Any]] = {
    "for_whom": FOR_WHOM,
    "rhythm": RHYTHMS,
    "answer": ANSWERS,
    "gender": GENDERS,
    "way": WAYS,
    "language": LANGUAGES,
}


@register.filter
def circle_word(code: str, kind: str) -> Any:
    """`{{ card.rhythm|circle_word:"rhythm" }}`."""
    return _WORDS[kind].get(code, code)


@register.filter
def circle_weekday(day: int) -> Any:
    """A weekday; Monday is 0."""
    return WEEKDAYS[day]


@register.simple_tag
def emergency_phone() -> str:
    """What to dial in danger, in the region of the page."""
    return current_region().emergency

"""`{{ card.reason|because }}`: why a round decided so, in words."""

from __future__ import annotations

from typing import Any

from django import template

from tadamun.pillars.aid.needs.reasons import reason_words

register = template.Library()


@register.filter
def because(reason: Any) -> str:
    """The sentences of a reason; empty where there is none."""
    return reason_words(reason=reason) if reason else ""

"""Words of the library's codes in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from tadamun.design.status import pill
from tadamun.pillars.support.library.cards import LoanCard
from tadamun.pillars.support.library.wording import (
    CONDITIONS,
    COPY_STATES,
    ITEM_STATES,
    KINDS,
    LOAN_STATES,
    WHO,
    month_name,
    short_weekday,
)

register = template.Library()
register.filter("month_name", month_name)
register.filter("short_weekday", short_weekday)
_LOOKS = {
    "offered": ("clay", "hourglass"),
    "requested": ("clay", "clock"),
    "approved": ("info", "calendar-event"),
    "ready": ("pine", "package"),
    "out": ("pine", "hand-helping"),
    "returned": ("ok", "circle-check"),
    "damaged": ("clay", "tools"),
}


@register.filter
def kind_word(code: str) -> Any:
    """`{{ row.kind|kind_word }}`."""
    return KINDS[code]


@register.filter
def condition_word(code: str) -> Any:
    """`{{ card.condition|condition_word }}`."""
    return CONDITIONS[code]


@register.filter
def item_state_word(code: str) -> Any:
    """`{{ card.state|item_state_word }}`."""
    return ITEM_STATES[code]


@register.filter
def copy_state_word(code: str) -> Any:
    """`{{ copy.state|copy_state_word }}`."""
    return COPY_STATES[code]


@register.filter
def who_word(code: str) -> Any:
    """`{{ card.who_may|who_word }}`."""
    return WHO[code]


@register.simple_tag
def loan_status(loan: LoanCard) -> SafeString:
    """How a loan stands, as a pill; lateness is said beside it, never in red."""
    tone, icon = _LOOKS.get(loan.state, ("sand", "circle-minus"))
    return pill(tone, LOAN_STATES[loan.state], icon=icon)

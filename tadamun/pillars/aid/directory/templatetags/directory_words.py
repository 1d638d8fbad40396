"""Words of the directory's codes in templates."""

from __future__ import annotations

from typing import Any

from django import template

from tadamun.pillars.aid.directory.vocabulary import Cost, ServiceStatus
from tadamun.pillars.aid.directory.wording import (
    COSTS,
    STATUSES,
    fault_word,
    language_name,
    outcome_word,
    row_word,
    weekday_name,
)

register = template.Library()
register.filter("language_name", language_name)
register.filter("weekday_name", weekday_name)
register.filter("row_word", row_word)
register.filter("fault_word", fault_word)
register.filter("outcome_word", outcome_word)


@register.filter
def cost_word(code: str) -> Any:
    """`{{ card.cost|cost_word }}`."""
    return COSTS[Cost(code)]


@register.filter
def service_status_word(code: str) -> Any:
    """`{{ card.status|service_status_word }}`."""
    return STATUSES[ServiceStatus(code)]

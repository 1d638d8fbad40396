"""Looking at the library."""

from __future__ import annotations

from tadamun.pillars.support.library.queries.feeds import feed_events, has_feed
from tadamun.pillars.support.library.queries.items import (
    Wanted,
    found_items,
    item_card,
    item_page,
    photo_file,
)
from tadamun.pillars.support.library.queries.loans import (
    copy_card,
    counter,
    item_of_label,
    labels,
    loan_card,
    open_repairs,
    own_loans,
    own_places,
)
from tadamun.pillars.support.library.queries.months import chosen_span, free_hours, month_card
from tadamun.pillars.support.library.queries.records import my_records

__all__ = [
    "Wanted",
    "chosen_span",
    "copy_card",
    "counter",
    "feed_events",
    "found_items",
    "free_hours",
    "has_feed",
    "item_card",
    "item_of_label",
    "item_page",
    "labels",
    "loan_card",
    "month_card",
    "my_records",
    "open_repairs",
    "own_loans",
    "own_places",
    "photo_file",
]

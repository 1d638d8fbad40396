"""What is seen of circles and talks, each by whom it is for."""

from __future__ import annotations

from tadamun.pillars.support.circles.queries.hosting import hosting
from tadamun.pillars.support.circles.queries.inside import circle_from_inside, message_deeds
from tadamun.pillars.support.circles.queries.listening import (
    added_words,
    care_lines,
    listener_card,
    listeners,
    talk_card,
    talks_of,
)
from tadamun.pillars.support.circles.queries.listing import (
    circle_card,
    circle_to_change,
    circles_here,
    my_circles,
    my_standing,
)
from tadamun.pillars.support.circles.queries.records import my_records

__all__ = [
    "added_words",
    "care_lines",
    "circle_card",
    "circle_from_inside",
    "circle_to_change",
    "circles_here",
    "hosting",
    "listener_card",
    "listeners",
    "message_deeds",
    "my_circles",
    "my_records",
    "my_standing",
    "talk_card",
    "talks_of",
]

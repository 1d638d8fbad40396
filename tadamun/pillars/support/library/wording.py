"""The words of the library's codes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadamun.design.region import current_region, in_arabic, shown_digits
from tadamun.pillars.support.library.vocabulary import (
    BookingState,
    Condition,
    CopyState,
    ItemState,
    Kind,
    WhoMay,
)

KINDS: dict[str, Any] = {
    Kind.THING: _("Things to borrow"),
    Kind.SPACE: _("Rooms by the hour"),
    Kind.SKILL: _("Skills by appointment"),
}
ONE_KINDS: dict[str, Any] = {
    Kind.THING: _("A thing to borrow"),
    Kind.SPACE: _("A room by the hour"),
    Kind.SKILL: _("A skill by appointment"),
}
ITEM_STATES: dict[str, Any] = {
    ItemState.PROPOSED: _("Waits for a coordinator's look"),
    ItemState.LISTED: pgettext_lazy("library", "Listed"),
    ItemState.PAUSED: pgettext_lazy("library", "Not lent for now"),
    ItemState.RETIRED: pgettext_lazy("library", "No longer lent"),
}
CONDITIONS: dict[str, Any] = {
    Condition.NEW: _("As good as new"),
    Condition.GOOD: _("In good condition"),
    Condition.WORN: _("Worn, and it works"),
}
WHO: dict[str, Any] = {
    WhoMay.MEMBERS: _("Every member"),
    WhoMay.VERIFIED: _("Members whom a coordinator has met"),
}
COPY_STATES: dict[str, Any] = {
    CopyState.SOUND: pgettext_lazy("piece", "In use"),
    CopyState.MENDING: pgettext_lazy("piece", "Being mended"),
    CopyState.LOST: pgettext_lazy("piece", "Lost"),
    CopyState.RETIRED: pgettext_lazy("piece", "Out of use"),
}
LOAN_STATES: dict[str, Any] = {
    BookingState.OFFERED: pgettext_lazy("loan", "Kept for your answer"),
    BookingState.REQUESTED: pgettext_lazy("loan", "Waits for a yes"),
    BookingState.APPROVED: pgettext_lazy("loan", "Booked"),
    BookingState.READY: pgettext_lazy("loan", "Set aside"),
    BookingState.OUT: pgettext_lazy("loan", "On loan"),
    BookingState.RETURNED: pgettext_lazy("loan", "Brought back"),
    BookingState.DAMAGED: pgettext_lazy("loan", "Brought back, to be mended"),
    BookingState.LOST: pgettext_lazy("loan", "Lost"),
    BookingState.NEVER_HAPPENED: pgettext_lazy("loan", "Did not happen"),
    BookingState.DECLINED: pgettext_lazy("loan", "Did not work out"),
    BookingState.CANCELLED: pgettext_lazy("loan", "Called off"),
    BookingState.LAPSED: pgettext_lazy("loan", "Passed to the next"),
}
_SHORT_DAYS = (
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
)


def short_weekday(day: int) -> Any:
    """A weekday (Monday is 0) as it stands over a column."""
    return _SHORT_DAYS[day]


def month_name(day: date) -> str:
    """«آذار ٢٠٢٦»: the month of a day, by the region's names."""
    name = current_region().months[day.month - 1] if in_arabic() else str(MONTHS[day.month])
    return f"{name} {shown_digits(str(day.year))}"

"""How far a line has come, as the asker's page shows it: steps, and which sentence is true now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tadamun.pillars.aid.needs.cards import HelpCard, TrackCard, TrackedLine

UNDER_WAY = ("accepted", "scheduled", "handed_over")
_STEP_OF = {
    "triage": 1,
    "open": 1,
    "part_matched": 1,
    "matched": 2,
    "scheduled": 2,
    "handed_over": 3,
    "met": 4,
}


@dataclass(frozen=True)
class LineView:
    """A line with its steps and the code of the sentence that is true of it now."""

    tracked: TrackedLine
    steps: list[tuple[str, str]]
    saying: str
    missing: int
    """Units that nobody has promised yet."""


@dataclass(frozen=True)
class NextStep:
    """One promise that is under way, with the line it is for."""

    tracked: TrackedLine
    help: HelpCard


def line_views(*, card: TrackCard, at: datetime) -> list[LineView]:
    """The lines as the page shows them: those that something is expected of first."""
    views = [_line_view(tracked, card=card, at=at) for tracked in card.lines]
    return sorted(views, key=lambda view: view.tracked.line.state in {"met", "closed"})


def next_steps(*, card: TrackCard) -> list[NextStep]:
    """What is under way: what waits to be confirmed first, then by time, what has no time yet last."""
    steps = [
        NextStep(tracked, help_card)
        for tracked in card.lines
        for help_card in tracked.helps
        if help_card.state in UNDER_WAY
    ]
    return sorted(steps, key=_urgency)


def owner_acts(*, card: TrackCard, at: datetime) -> str:
    """What is due from the coordinator, as a code: a call, a message, an answer on the page; or that it is late."""
    if card.call_by is None:
        return ""
    if card.call_by < at:
        return "late"
    return card.contact_way


def _urgency(step: NextStep) -> tuple[bool, bool, Any]:
    begins = step.help.window_from
    return (step.help.state != "handed_over", begins is None, begins or 0)


def _line_view(tracked: TrackedLine, *, card: TrackCard, at: datetime) -> LineView:
    line = tracked.line
    return LineView(
        tracked=tracked,
        steps=[] if line.state == "closed" else _steps(tracked),
        saying=_saying(tracked, at=at),
        missing=line.quantity - line.promised,
    )


def _steps(tracked: TrackedLine) -> list[tuple[str, str]]:
    """Four steps of a line; what is done is said as done."""
    now = _STEP_OF[tracked.line.state]
    timed = any(help_card.window_from for help_card in tracked.helps)
    labels = [
        _("It reached us"),
        _("Somebody was found") if now > 1 else _("Looking for somebody"),
        _("Time agreed") if timed else _("Agree on a time"),
        _("Handed over") if tracked.line.state == "met" else _("Handover"),
    ]
    if tracked.line.state == "triage":
        labels[1] = _("Under review")
    if tracked.line.state == "scheduled":
        now = 3
    return [
        (label, "done" if place < now else "now" if place == now else "next")
        for place, label in enumerate(labels)
    ]


def _saying(tracked: TrackedLine, *, at: datetime) -> str:
    line = tracked.line
    if line.state == "triage":
        return "money" if line.is_money and line.tier is not None else "triage"
    if line.state in {"open", "part_matched"}:
        if line.reserved > line.promised:
            return "asked_somebody"
        if line.delivered:
            return "part_arrived"
        if line.until_at is not None and line.until_at < at:
            return "overdue"
        return "nobody_yet" if tracked.searched_at else "looking"
    return f"closed_{line.close_reason}" if line.state == "closed" else line.state

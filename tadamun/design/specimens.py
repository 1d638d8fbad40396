"""Invented contents for the component page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadamun.design.counts import counted
from tadamun.design.icons import icon_names
from tadamun.design.status import known_kinds

CATEGORIES = (
    ("food", gettext_lazy("Food"), "soup"),
    ("home", gettext_lazy("Housing"), "home-2"),
    ("health", gettext_lazy("Medicine"), "pill"),
    ("infants", gettext_lazy("Infants"), "baby-carriage"),
    ("goods", gettext_lazy("Household goods"), "package"),
    ("transport", gettext_lazy("Transport"), "car"),
)
WRONG_ANSWERS = {"when": "", "people": "٥", "phone": "079 000", "details": "", "pauses": "on"}


class AskForm(forms.Form):
    """One field of every kind."""

    category = forms.ChoiceField(
        label=gettext_lazy("I need"), choices=[one[:2] for one in CATEGORIES], widget=forms.RadioSelect
    )
    also = forms.MultipleChoiceField(
        label=gettext_lazy("And perhaps"),
        choices=[one[:2] for one in CATEGORIES[:3]],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[
            ("today", gettext_lazy("Today")),
            ("soon", gettext_lazy("Within three days")),
            ("later", gettext_lazy("No hurry")),
        ],
        widget=forms.RadioSelect,
    )
    people = forms.IntegerField(label=gettext_lazy("For how many people?"), min_value=1, initial=1)
    phone = forms.CharField(
        label=gettext_lazy("Your phone number"),
        help_text=gettext_lazy("Only the coordinator sees it."),
        min_length=9,
        widget=forms.TextInput,
    )
    details = forms.CharField(
        label=gettext_lazy("Details"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Neighbourhood"),
        choices=[("", "…"), ("east", gettext_lazy("East quarter")), ("palms", gettext_lazy("Palm Street"))],
    )
    on = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=[
            ("nobody", gettext_lazy("Nobody was at home")),
            ("part", gettext_lazy("Only part was handed over")),
            ("unsafe", gettext_lazy("The place is not safe")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    pauses = forms.BooleanField(label=gettext_lazy("Pause invitations"), required=False)
    agrees = forms.BooleanField(
        label=gettext_lazy("I agree that a coordinator calls me"),
        help_text=gettext_lazy("Consent can be withdrawn at any time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        icons = {value: icon for value, _label, icon in CATEGORIES}
        for name in ("category", "also"):
            self.fields[name].icons = icons  # type: ignore[attr-defined]
        self.fields["phone"].widget.input_type = "tel"
        self.fields["outcome"].hints = {  # type: ignore[attr-defined]
            "nobody": _("Wait ten minutes and call once; then another time is arranged."),
            "part": _("We ask how much arrived; the rest stays open."),
            "unsafe": _("Leave first, then call."),
        }


def moments(*, now: datetime) -> dict[str, Any]:
    """Moments near and far, and spans of every kind."""
    return {
        "now": now,
        "soon": now + timedelta(days=1, hours=3),
        "earlier": now - timedelta(hours=26),
        "far": now - timedelta(days=400),
        "five": time(17),
        "eight": time(20),
        "nine": time(9),
        "first": date(2026, 3, 10),
        "last": date(2026, 3, 12),
    }


def events(*, now: datetime) -> list[dict[str, Any]]:
    """A timeline with a step of every state."""
    return [
        {"title": _("Request received"), "at": now - timedelta(days=2), "state": "done"},
        {
            "title": _("A volunteer said yes"),
            "at": now - timedelta(days=1),
            "state": "done",
            "icon": "heart-handshake",
        },
        {"title": _("The confirmation is late"), "at": now - timedelta(hours=2), "state": "late"},
        {"title": _("On the way"), "at": now, "state": "now"},
        {"title": _("Handed over"), "state": "next"},
    ]


def steps() -> list[tuple[str, str]]:
    """A row of steps with one of every state."""
    return [
        (_("Request received"), "done"),
        (_("A volunteer said yes"), "done"),
        (_("On the way"), "now"),
        (_("Handed over"), "next"),
    ]


def waiting() -> list[tuple[str, int, str, str]]:
    """Rows for a table of bars."""
    return [
        (_("East quarter"), 31, counted("hours", 31), "clay"),
        (_("Palm Street"), 18, counted("hours", 18), ""),
        (_("School Street"), 14, counted("hours", 14), ""),
    ]


def spread_waits() -> list[tuple[str, int | None, int | None, str, bool]]:
    """Rows for a drawing of spreads: one apart, one ordinary, one of which nothing is known."""
    return [
        (_("East quarter"), 31, 74, counted("hours", 31), True),
        (_("Palm Street"), 14, 40, counted("hours", 14), False),
        (_("School Street"), None, None, _("too few to say"), False),
    ]


def everything(*, now: datetime) -> dict[str, Any]:
    """The whole context of the component page."""
    return {
        "form": AskForm(auto_id="fresh_%s"),
        "wrong": AskForm(WRONG_ANSWERS, auto_id="wrong_%s"),
        "moments": moments(now=now),
        "events": events(now=now),
        "steps": steps(),
        "bars": waiting(),
        "spreads": spread_waits(),
        "spreads_far": counted("hours", 74),
        "counts": (0, 1, 2, 3, 11, 100, 103),
        "kinds": known_kinds(),
        "icons": sorted(icon_names()),
        "page": Paginator(range(70), 10).page(2),
    }

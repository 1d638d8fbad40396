"""What a giver says of a task: when they come, the delivery code, and what was wrong with a stay."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.people.fields import CodeField
from tadamun.kernel.digits import to_latin
from tadamun.pillars.aid.needs.cards import TaskCard
from tadamun.pillars.aid.needs.forms.fields import CountField, WordsField
from tadamun.pillars.aid.needs.vocabulary import TEXT_MOST

_NOT_A_DAY = _("Please choose a day.")
_NOT_AN_HOUR = _("Please write an hour, such as 16:30.")


class DayField(forms.DateField):
    """A day, in any digit set where the browser has no calendar of its own."""

    default_error_messages = {"invalid": _NOT_A_DAY, "required": _NOT_A_DAY}

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"], **options)

    def to_python(self, value: Any) -> date | None:
        """The day."""
        return super().to_python(to_latin(value).strip() if isinstance(value, str) else value)


class HourField(forms.TimeField):
    """An hour, in any digit set where the browser has no clock of its own."""

    default_error_messages = {"invalid": _NOT_AN_HOUR, "required": _NOT_AN_HOUR}

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H"], **options)

    def to_python(self, value: Any) -> time | None:
        """The hour."""
        return super().to_python(to_latin(value).strip() if isinstance(value, str) else value)


class NightForm(forms.Form):
    """Whether the night is meant, asked only where it is night."""

    night_is_agreed = forms.BooleanField(
        label=_("It is at night, and the household agrees to that"), required=False
    )

    @property
    def asks_about_night(self) -> bool:
        """Whether the tick is shown: once a time was refused as at night, or stands so already."""
        return "night_is_agreed" in self.errors or bool(self["night_is_agreed"].value())

    def refuse_night(self) -> None:
        """Ask whether the night is meant, beside the tick that says so."""
        self.add_error(
            "night_is_agreed",
            _(
                "This is at night, between ten and seven. Is that meant? If the household agrees, tick here and send "
                "it once more; otherwise choose another hour."
            ),
        )


class TimeForm(NightForm):
    """The day, and from when until when."""

    day = DayField(label=_("Which day?"))
    starts = HourField(label=_("Starts at"))
    ends = HourField(label=_("Ends at"))
    late_is_agreed = forms.BooleanField(
        label=_("It is later than asked for, and the household agrees to that"), required=False
    )
    form_token = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """From lies before until."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("This lies before the beginning. Please choose a later hour."))
        return data

    @property
    def asks_about_late(self) -> bool:
        """Whether the tick is shown: once a time was refused as too late, or stands as such already."""
        return "late_is_agreed" in self.errors or bool(self["late_is_agreed"].value())

    def refuse_late(self) -> None:
        """Say that the time is later than asked for, beside the tick that agrees to it."""
        self.add_error(
            "late_is_agreed",
            _(
                "This is after the time asked for. Please ask the household first, through the coordinator; "
                "if they agree, tick here and send it once more."
            ),
        )

    def refuse_date(self, words: Any, *, at: datetime) -> None:
        """Say what is wrong with the time where it is: at the hour if it was earlier today, else at the day."""
        starts = self.window()[0]
        if starts < at and starts.date() == timezone.localdate(at):
            self.add_error("starts", _("This hour is past already."))
        else:
            self.add_error("day", words)

    def window(self) -> tuple[datetime, datetime]:
        """Both ends, in the community's own time."""
        day = self.cleaned_data["day"]
        ends = (datetime.combine(day, self.cleaned_data[name]) for name in ("starts", "ends"))
        first, last = (timezone.make_aware(moment) for moment in ends)
        return first, last


class HandoverForm(forms.Form):
    """The code that the household gives, and how much was handed over where it is more than one."""

    code = CodeField(
        label=_("Delivery code"),
        help_text=_("Three digits from the household, once the help is in their hands."),
        max_length=12,
        error_messages={"required": _("Please enter the three digits.")},
    )

    def __init__(self, *args: Any, task: TaskCard, **options: Any) -> None:
        super().__init__(*args, **options)
        if task.quantity > 1:
            self.fields["quantity"] = CountField(
                least=1,
                most=task.quantity,
                initial=task.quantity,
                label=_("How much was handed over?"),
                help_text=_("If it is less than promised, the rest stays open for somebody else."),
            )

    def amount(self) -> int | None:
        """How much; nothing where all of it is one."""
        return self.cleaned_data.get("quantity")


class ConcernForm(forms.Form):
    """What was wrong, for the coordinators alone."""

    body = WordsField(
        most=TEXT_MOST,
        rows=6,
        required=True,
        label=_("What was it?"),
        error_messages={"required": _("Please write something first.")},
    )
    form_token = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

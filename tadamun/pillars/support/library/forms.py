"""What comes in about the library: what is shared, which time, what happened at the counter."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.communities.forms import ClockField, OnceForm
from tadamun.foundation.people.fields import LineField, PhoneField
from tadamun.kernel.digits import to_latin
from tadamun.pillars.support.library.cards import ItemCard
from tadamun.pillars.support.library.services import Days, Hours, ItemFacts
from tadamun.pillars.support.library.vocabulary import (
    AT_ONCE_MOST,
    COPIES_MOST,
    DAYS_MOST,
    GUEST_NAME_MOST,
    LINE_MOST,
    MINUTES_MOST,
    NAME_MOST,
    RENEWALS_MOST,
    STEP_MINUTES,
    TEXT_MOST,
    Condition,
    CopyDeed,
    ItemDeed,
    Kind,
    LoanDeed,
    WhoMay,
)
from tadamun.pillars.support.library.wording import CONDITIONS, ONE_KINDS, WHO


class WholeField(forms.IntegerField):
    """A small whole number in either digit set."""

    def to_python(self, value: Any) -> Any:
        """The number."""
        return super().to_python(to_latin(str(value)) if value not in self.empty_values else value)


def words(label: Any, *, hint: Any = "", rows: int = 3, required: bool = False) -> forms.CharField:
    """Some lines of words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ItemForm(OnceForm):
    """All that is said of something that is shared."""

    kind = forms.ChoiceField(
        label=_("What do you share?"), widget=forms.RadioSelect, initial=Kind.THING.value
    )
    name = LineField(label=_("What is it called?"), max_length=NAME_MOST)
    description = words(_("What is it, and what is it good for?"))
    condition = forms.ChoiceField(
        label=_("How does it look?"), widget=forms.RadioSelect, initial=Condition.GOOD.value
    )
    instructions = words(_("How is it used?"))
    safety = words(
        _("What is there to watch out for?"), hint=_("One note a line; it stands in a box of its own.")
    )
    place = LineField(
        label=_("Where is it fetched, or where does it happen?"), max_length=LINE_MOST, required=False
    )
    copies = WholeField(label=_("How many alike are there?"), min_value=1, max_value=COPIES_MOST, initial=1)
    checked_on = forms.DateField(
        label=_("When was it last looked over?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    open_days = forms.TypedMultipleChoiceField(
        label=_("On which days?"), widget=forms.CheckboxSelectMultiple, coerce=int, initial=[5, 6, 0, 1, 2, 3]
    )
    opens = ClockField(label=_("From what hour?"), initial=time(16), widget=forms.TimeInput(format="%H:%M"))
    closes = ClockField(label=_("Until what hour?"), initial=time(19), widget=forms.TimeInput(format="%H:%M"))
    days_most = WholeField(
        label=_("For how many days at most?"),
        help_text=_("For things."),
        min_value=1,
        max_value=DAYS_MOST,
        initial=3,
    )
    minutes_most = WholeField(
        label=_("For how many minutes at most?"),
        help_text=_("For rooms and skills."),
        min_value=STEP_MINUTES,
        max_value=MINUTES_MOST,
        initial=120,
    )
    renewals_most = WholeField(
        label=_("How often may it be renewed?"), min_value=0, max_value=RENEWALS_MOST, initial=1
    )
    at_once_most = WholeField(
        label=_("How many may one person have at once?"), min_value=1, max_value=AT_ONCE_MOST, initial=1
    )
    who_may = forms.ChoiceField(
        label=_("Who may borrow it?"), widget=forms.RadioSelect, initial=WhoMay.MEMBERS.value
    )
    needs_introduction = forms.BooleanField(
        label=_("It needs an introduction first: somebody shows how it is used"), required=False
    )
    asks_first = forms.BooleanField(label=_("Every booking waits for a yes"), required=False)
    shows_in_public = forms.BooleanField(label=_("Guests without an account see it too"), required=False)

    def __init__(self, *args: Any, first_weekday: int, card: ItemCard | None = None, **kwargs: Any) -> None:
        if card is not None:
            plain = {name: getattr(card, name) for name in self.base_fields if hasattr(card, name)}
            kwargs["initial"] = {**plain, "safety": "\n".join(card.safety), "open_days": list(card.open_days)}
        super().__init__(*args, **kwargs)
        days = [(first_weekday + step) % 7 for step in range(7)]
        _choose(self.fields["open_days"], [(str(day), WEEKDAYS[day]) for day in days])
        _choose(self.fields["kind"], list(ONE_KINDS.items()))
        _choose(self.fields["condition"], list(CONDITIONS.items()))
        _choose(self.fields["who_may"], list(WHO.items()))
        if card is not None:
            # What others have booked hangs on it.
            del self.fields["kind"]
        self.card = card

    def clean(self) -> dict[str, Any]:
        """The window closes after it opens."""
        given = super().clean() or {}
        if given.get("opens") and given.get("closes") and given["opens"] >= given["closes"]:
            self.add_error("closes", _("It closes after it opens."))
        return given

    def facts(self) -> ItemFacts:
        """What the service is told."""
        given = {
            name: value for name, value in self.cleaned_data.items() if name in ItemFacts.__dataclass_fields__
        }
        kind = self.card.kind if self.card else given["kind"]
        return ItemFacts(
            **{
                **given,
                "kind": Kind(kind),
                "condition": Condition(given["condition"]),
                "who_may": WhoMay(given["who_may"]),
            }
        )


class DaysForm(OnceForm):
    """From which day, and for how many."""

    first = forms.DateField(widget=forms.HiddenInput)
    days = WholeField(min_value=1, max_value=DAYS_MOST)

    def wanted(self) -> Days:
        """What the service is told."""
        return Days(self.cleaned_data["first"], self.cleaned_data["days"])


class HoursForm(OnceForm):
    """On which day, from what hour, and for how long."""

    on = forms.DateField(widget=forms.HiddenInput)
    begin = ClockField(label=_("From what hour?"))
    minutes = WholeField(label=_("For how long?"), min_value=STEP_MINUTES, max_value=MINUTES_MOST)

    def wanted(self) -> Hours:
        """What the service is told."""
        given = self.cleaned_data
        return Hours(given["on"], given["begin"], given["minutes"])


class LineForm(OnceForm):
    """For how many days somebody would need it."""

    days = WholeField(label=_("For how many days?"), min_value=1, max_value=DAYS_MOST)


class PhotoForm(OnceForm):
    """A picture, and what it shows."""

    photo = forms.FileField(
        label=_("A photo"),
        help_text=_("JPEG, PNG or WebP. Place and time that the camera wrote into it are taken out."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    words = LineField(label=_("What does it show?"), max_length=LINE_MOST, required=False)


class BreakageForm(OnceForm):
    """What broke."""

    words = words(_("What happened?"), hint=_("A few words are enough."), required=True)
    helps = forms.BooleanField(label=_("I would like to help mend it"), required=False)


class TakerForm(OnceForm):
    """Who stands at the counter, and for how many days."""

    phone = PhoneField(
        help_text=_("A member is known by it; for others it stays sealed, and goes after a month.")
    )
    name = LineField(
        label=_("Name"), help_text=_("Only without an account."), max_length=GUEST_NAME_MOST, required=False
    )
    days = WholeField(label=_("For how many days?"), min_value=1, max_value=DAYS_MOST)


class BackForm(forms.Form):
    """How a thing came back."""

    broken = words(_("Did something break?"), hint=_("Left empty, it came back sound. Nobody pays."), rows=2)
    helps = forms.BooleanField(label=_("Whoever had it would like to help mend it"), required=False)


class LoanDeedForm(forms.Form):
    """What the counter decides of a booking."""

    what = forms.TypedChoiceField(choices=[(one.value, one.value) for one in LoanDeed], coerce=LoanDeed)


class ItemDeedForm(forms.Form):
    """What a coordinator decides of something shared."""

    what = forms.TypedChoiceField(choices=[(one.value, one.value) for one in ItemDeed], coerce=ItemDeed)


class CopyDeedForm(forms.Form):
    """What becomes of a piece."""

    what = forms.TypedChoiceField(choices=[(one.value, one.value) for one in CopyDeed], coerce=CopyDeed)


class ReasonForm(forms.Form):
    """Why a name and a phone are looked at."""

    reason = LineField(label=_("Reason"), max_length=LINE_MOST, min_length=3)


def label_in(text: str) -> str:
    """A label as typed or scanned: in any digits, with or without its dash, alone or at the end of its address."""
    last = to_latin(text.strip()).upper().rstrip("/").rpartition("/")[2]
    bare = "".join(letter for letter in last if letter.isalnum() and letter.isascii())[:8]
    letters = bare.rstrip("0123456789")
    number = bare[len(letters) :]
    return f"{letters}-{int(number):02d}" if letters and number else bare


def day_in(text: str) -> date | None:
    """A day as it stands in an address, or none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _choose(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # said for the type checker
    field.choices = choices

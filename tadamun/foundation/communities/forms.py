"""What comes in from the pages of a community."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.design.region_names import region_choices
from tadamun.foundation.communities.vocabulary import ROLES, Role
from tadamun.foundation.idempotency.services import new_form_token
from tadamun.kernel.digits import to_latin
from tadamun.kernel.errors import TadamunError
from tadamun.kernel.phones import read_phone
from tadamun.kernel.regions import FALLBACK, REGIONS

_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*\Z")


class OnceForm(forms.Form):
    """A form with a token of its own, so that sending it twice makes one record."""

    form_token = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=new_form_token)


class PointField(forms.CharField):
    """Latitude and longitude as maps give them, «31.95, 35.91», in either digit set; nothing is no point."""

    def clean(self, value: Any) -> tuple[float, float] | None:
        """The two degrees, or None."""
        text = str(super().clean(value) or "")
        if not text:
            return None
        found = _POINT.match(to_latin(text).replace("٫", ".").replace("،", ","))
        if not found:
            raise forms.ValidationError(_("Two numbers are needed, such as 31.95, 35.91."), code="no_point")
        if abs(float(found[1])) > 90 or abs(float(found[2])) > 180:  # noqa: PLR2004
            raise forms.ValidationError(
                _("Latitude runs from 90 south to 90 north, longitude from 180 west to 180 east."),
                code="off_the_globe",
            )
        return float(found[1]), float(found[2])


class ClockField(forms.TimeField):
    """An hour in either digit set; an hour alone is a full hour."""

    def to_python(self, value: Any) -> time | None:
        """The time of day."""
        text = to_latin(str(value or "")).strip()
        return super().to_python(f"{text}:00" if re.fullmatch(r"\d{1,2}", text) else text)


class InvitationForm(OnceForm):
    """Whom an invitation is for, and how long it works."""

    role = forms.ChoiceField(label=_("Invite as"), widget=forms.RadioSelect)
    most_uses = forms.IntegerField(label=_("For how many people?"), min_value=1, max_value=200, initial=1)
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        widget=forms.RadioSelect,
        coerce=int,
        initial="7",
        choices=[("1", _("One day")), ("7", _("A week")), ("30", _("A month")), ("90", _("Three months"))],
    )

    def __init__(self, *args: Any, roles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [facts for facts in ROLES.values() if facts.code in roles]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # said for the type checker
        field.choices = [(facts.code, facts.label) for facts in known]
        field.initial = Role.MEMBER

    def clean(self) -> dict[str, Any]:
        """An invitation to a role that sees names is for one person, for a week at most."""
        given = super().clean() or {}
        facts = ROLES.get(given.get("role", ""))
        if facts is not None and facts.sees_names:
            if given.get("most_uses", 1) != 1:
                self.add_error("most_uses", _("A role that sees names is given to one person at a time."))
            if given.get("days", 1) > 7:  # noqa: PLR2004
                self.add_error("days", _("For a role that sees names it works for a week at most."))
        return given

    def valid_for(self) -> timedelta:
        """How long the invitation is to work."""
        return timedelta(days=self.cleaned_data["days"])


class JoinForm(forms.Form):
    """A word to those who decide, if one likes."""

    note = forms.CharField(
        label=_("A word about yourself"),
        help_text=_("For the coordinators, such as who knows you here."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CommunityForm(forms.Form):
    """What a community says of itself."""

    name = forms.CharField(label=_("Name of the community"), max_length=80)
    welcome = forms.CharField(
        label=_("A sentence of welcome"),
        help_text=_("It stands on the first page."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    region = forms.ChoiceField(label=_("Country"), help_text=_("It settles digits and the names of months."))
    currency = forms.CharField(label=_("Currency"), help_text=_("Three letters, such as JOD."), max_length=3)
    time_zone = forms.CharField(label=_("Time zone"), help_text=_("Such as Asia/Amman."), max_length=40)
    middle = PointField(
        label=_("Middle of the community"),
        help_text=_("Latitude and longitude, as any map shows them. It stands for people who name no area."),
        max_length=60,
        required=False,
    )
    shows_hijri = forms.BooleanField(label=_("Show Hijri dates too"), required=False)
    open_to_join = forms.BooleanField(label=_("Anyone may ask to join"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # said for the type checker
        field.choices = [
            choice for choice in region_choices() if choice[0] != FALLBACK.code and choice[0] in REGIONS
        ]

    def clean_currency(self) -> str:
        """Three capitals."""
        currency = str(self.cleaned_data["currency"]).strip().upper()
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise forms.ValidationError(_("A currency is three letters, such as JOD."), code="no_currency")
        return currency

    def clean_time_zone(self) -> str:
        """A zone that the clock knows."""
        from zoneinfo import available_timezones

        zone = str(self.cleaned_data["time_zone"]).strip()
        if zone not in available_timezones():
            raise forms.ValidationError(
                _("This time zone is not known. Try one such as Asia/Amman."), code="no_zone"
            )
        return zone


class HelplineForm(forms.Form):
    """Whom one calls, and when."""

    name = forms.CharField(
        label=_("Who answers?"), help_text=_("A first name or a role."), max_length=80, required=False
    )
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("It stands on every page. Leave it empty if there is none."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    opens = ClockField(label=_("From"), help_text=_("Such as 9:00."), required=False)
    closes = ClockField(label=_("Until"), help_text=_("Such as 20:00."), required=False)

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region

    def clean_phone(self) -> str:
        """A number that can be called, in E.164, or nothing."""
        given = str(self.cleaned_data["phone"])
        if not given:
            return ""
        try:
            return read_phone(given, region=self.region)
        except TadamunError:
            raise forms.ValidationError(
                _("This does not look like a phone number."), code="no_phone"
            ) from None

    def clean(self) -> dict[str, Any]:
        """Hours come in pairs."""
        given = super().clean() or {}
        if "opens" in given and "closes" in given and (given["opens"] is None) != (given["closes"] is None):
            self.add_error("closes", _("Both hours are needed, or neither."))
        return given


class PartsForm(forms.Form):
    """Which parts of the software are in use."""

    in_use = forms.MultipleChoiceField(
        label=_("Parts in use"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, switches: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["in_use"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # said for the type checker
        field.choices = switches

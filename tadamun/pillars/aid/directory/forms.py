"""What comes in about the directory: what somebody looks for, and what a coordinator says of a service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.communities.forms import OnceForm, PointField
from tadamun.foundation.people.fields import LineField
from tadamun.kernel.digits import to_latin
from tadamun.kernel.phones import has_numbers
from tadamun.pillars.aid.directory.adapters.clocks import spans_in
from tadamun.pillars.aid.directory.cards import PlaceCard, ServiceCard
from tadamun.pillars.aid.directory.services import HoursFacts, PlaceFacts, ServiceFacts
from tadamun.pillars.aid.directory.vocabulary import (
    NAME_MOST,
    OLDEST,
    SHORT_MOST,
    TEXT_MOST,
    UPLOAD_MOST,
    Cost,
    ServiceStatus,
)
from tadamun.pillars.aid.directory.wording import (
    OFTEN,
    cost_choices,
    language_name,
    status_choices,
    weekday_name,
)


class SpansField(LineField):
    """The hours of one day, «9:00 to 14:30», perhaps several; nothing is closed."""

    def to_python(self, value: Any) -> Any:
        """Pairs of times."""
        text = super().to_python(value)
        spans = spans_in(text) if text else ()
        if spans is None:
            raise forms.ValidationError(_("Please write hours such as 9:00 to 14:30."), code="hours")
        return spans


class LinesField(forms.CharField):
    """One thing a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        """The lines that say something."""
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Lines again, as they were typed."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Not asked here."""
        return True


def long_text(label: Any, *, hint: Any = "", rows: int = 3) -> forms.CharField:
    """Some lines of words that nobody has to write."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FileForm(OnceForm):
    """A file of services."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("The file"),
        help_text=_("An HSDS datapackage (zip), HSDS as JSON, or a table (CSV): up to 10 megabytes."),
        widget=forms.FileInput(attrs={"accept": ".zip,.json,.csv,.txt,.tsv"}),
        error_messages={
            "required": _("Please choose a file."),
            "missing": _("Please choose a file."),
            "invalid": _("Please choose a file."),
            "empty": _("This file is empty."),
        },
    )
    source = LineField(
        label=_("Under which name does it come again?"),
        help_text=_("By this name a newer file changes what it brought before. Empty: the file’s own name."),
        max_length=60,
        required=False,
    )
    region = LineField(
        label=_("Of which country are its phone numbers?"),
        help_text=_(
            "Two letters, such as JO or US. Numbers without a prefix are read as numbers of this country."
        ),
        max_length=2,
        required=False,
    )
    overwrite = forms.BooleanField(
        label=_("Take the file’s word also where somebody here corrected it"), required=False
    )

    def clean_region(self) -> str:
        """A country that numbers are known of, in capitals; nothing is the community's own."""
        code = str(self.cleaned_data["region"]).upper()
        if code and not has_numbers(code):
            raise forms.ValidationError(_("A country is two letters, such as JO or US."), code="no_country")
        return code

    def clean_file(self) -> Any:
        """The file, unless it is too large to be taken on a page."""
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_MOST:
            raise forms.ValidationError(_("The file may have up to 10 megabytes."), code="too_large")
        return file


class ServiceForm(OnceForm):
    """All that a coordinator says of a service."""

    name = LineField(label=_("Name of the service"), max_length=NAME_MOST)
    organisation = LineField(label=_("Who offers it?"), max_length=NAME_MOST)
    category = forms.ChoiceField(label=_("What does it help with?"))
    also = forms.ChoiceField(label=_("And with what else?"), required=False)
    description = long_text(_("What happens there?"))
    eligibility = long_text(_("For whom is it?"))
    minimum_age = forms.IntegerField(label=_("From age"), min_value=0, max_value=OLDEST, required=False)
    maximum_age = forms.IntegerField(label=_("Up to age"), min_value=0, max_value=OLDEST, required=False)
    documents = LinesField(
        label=_("Papers to bring"), help_text=_("One a line. None, if nobody asks for any."), required=False
    )
    how_to_apply = long_text(_("How does one begin?"), hint=_("Just come, call first, or with a letter."))
    cost = forms.TypedChoiceField(
        label=_("What does it cost?"), choices=cost_choices, coerce=Cost, initial=Cost.UNKNOWN.value
    )
    fees = long_text(_("More about the cost"), rows=2)
    waiting = LineField(label=_("How long does one wait?"), max_length=SHORT_MOST, required=False)
    phones = LinesField(label=_("Telephone numbers"), help_text=_("One a line."), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(
        label=_("Web address"), required=False, max_length=SHORT_MOST, assume_scheme="https"
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    interpretation = long_text(_("More about languages"), rows=2)
    hours_words = long_text(_("More about the hours"), hint=_("Such as holidays, or by appointment."), rows=2)
    street = LineField(label=_("Street and house"), max_length=SHORT_MOST, required=False)
    town = LineField(label=_("Town or village"), max_length=100, required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    point = PointField(
        label=_("Point on the map"),
        help_text=_("Latitude and longitude, as any map shows them, such as 31.95, 35.91."),
        required=False,
        max_length=60,
    )
    way_there = long_text(_("How does one get there?"), hint=_("A landmark, a bus, which door."), rows=2)
    accessibility = long_text(_("Access"), hint=_("Steps, a lift, a toilet for wheelchairs."), rows=2)
    confidential = forms.BooleanField(
        label=_("The place is confidential: only coordinators see the address"), required=False
    )
    status = forms.TypedChoiceField(
        label=_("How does it stand?"),
        choices=status_choices,
        coerce=ServiceStatus,
        initial=ServiceStatus.ACTIVE.value,
    )

    def __init__(
        self,
        *args: Any,
        categories: list[CategoryCard],
        areas: list[Any],
        first_weekday: int,
        card: ServiceCard | None = None,
        place: PlaceCard | None = None,
        **kwargs: Any,
    ) -> None:
        if card is not None:
            kwargs["initial"] = _initial(card, place) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.card, self.place, self.areas = card, place, {area.public_id: area for area in areas}
        choices = [(root.name, [(one.code, one.name) for one in (root, *root.below)]) for root in categories]
        _choose(self.fields["category"], [("", "—"), *choices])
        _choose(self.fields["also"], [("", "—"), *choices])
        _choose(self.fields["area"], [("", "—"), *[(key, area.name) for key, area in self.areas.items()]])
        codes = dict.fromkeys([*OFTEN, *(card.languages if card else ())])
        _choose(self.fields["languages"], [(code, language_name(code)) for code in codes])
        self.days = [(first_weekday + step) % 7 for step in range(7)]
        for day in self.days:
            self.fields[f"day_{day}"] = SpansField(
                label=weekday_name(day),
                required=False,
                max_length=120,
                initial=_spans(card, day) if card else "",
            )

    def day_fields(self) -> list[Any]:
        """The seven days in the order of the region's week."""
        return [self[f"day_{day}"] for day in self.days]

    def clean(self) -> dict[str, Any]:
        """Ages in order; numbers short enough to be numbers."""
        given = super().clean() or {}
        lowest, highest = given.get("minimum_age"), given.get("maximum_age")
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("maximum_age", _("The lowest age is above the highest."))
        if any(len(line) > 40 for line in given.get("phones") or ()):  # noqa: PLR2004
            self.add_error("phones", _("One number a line, please."))
        return given

    def facts(self) -> ServiceFacts:
        """What the service is told."""
        given = self.cleaned_data
        kept = self.card.category_codes[2:] if self.card else ()
        codes = [code for code in (given["category"], given["also"], *kept) if code]
        hours = [
            HoursFacts(day, opens, closes) for day in self.days for opens, closes in given[f"day_{day}"] or ()
        ]
        words = (given["hours_words"][:SHORT_MOST],) if given["hours_words"].strip() else ()
        return ServiceFacts(
            **{name: given[name] for name in _PLAIN},
            categories=codes,
            phones=[to_latin(line) for line in given["phones"]],
            documents=given["documents"],
            languages=given["languages"],
            hours=[*hours, *(HoursFacts(words=line) for line in words)],
            place=self._place(),
        )

    def _place(self) -> PlaceFacts | None:
        given, before = self.cleaned_data, self.place
        said = any(given[name] for name in ("street", "town", "area", "point", "way_there", "accessibility"))
        if not said and before is None:
            return None
        latitude, longitude = given["point"] or (None, None)
        return PlaceFacts(
            street=given["street"],
            town=given["town"],
            way_there=given["way_there"],
            accessibility=given["accessibility"],
            area=self.areas.get(given["area"]),
            latitude=latitude,
            longitude=longitude,
            confidential=given["confidential"],
            name=before.name if before else "",
            region=before.region if before else "",
            postal_code=before.postal_code if before else "",
        )


_PLAIN = (
    "name",
    "organisation",
    "description",
    "website",
    "email",
    "status",
    "how_to_apply",
    "eligibility",
    "minimum_age",
    "maximum_age",
    "cost",
    "fees",
    "waiting",
    "interpretation",
)


def _choose(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # said for the type checker
    field.choices = choices


def _initial(card: ServiceCard, place: PlaceCard | None) -> dict[str, Any]:
    """The form as the service stands; a confidential address comes out of its seal for whoever may correct it."""
    initial: dict[str, Any] = {name: getattr(card, name) for name in _PLAIN}
    codes = [*card.category_codes, "", ""]
    initial |= {
        "category": codes[0],
        "also": codes[1],
        "documents": list(card.documents),
        "phones": [f"{one.shown} x{one.extension}" if one.extension else one.shown for one in card.phones],
        "languages": list(card.languages),
        "hours_words": " ".join(one.words for one in card.hours if one.words),
    }
    if place is None:
        return initial
    point = f"{place.latitude:.6f}, {place.longitude:.6f}" if place.latitude is not None else ""
    return initial | {
        "street": " · ".join(place.hidden_address.splitlines()) or place.street,
        "town": place.town,
        "area": place.area_id,
        "point": point,
        "way_there": place.way_there,
        "accessibility": place.accessibility,
        "confidential": place.confidential,
    }


def _spans(card: ServiceCard, day: int) -> str:
    spans = [
        f"{one.opens:%H:%M} – {one.closes:%H:%M}"
        for one in card.hours
        if one.weekday == day and one.opens is not None and one.closes is not None
    ]
    return ", ".join(spans)

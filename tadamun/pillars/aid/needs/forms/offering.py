"""What somebody gives: how much, how often, when, how far, and what it is like."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.design.numbers import distance
from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.people.consents import consent_text, current_version
from tadamun.foundation.people.fields import PhoneField
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.kernel.digits import to_latin
from tadamun.pillars.aid.needs.forms.fields import (
    AreaField,
    CategoryField,
    CountField,
    line_field,
)
from tadamun.pillars.aid.needs.services import OfferDetails, ShelterOffer
from tadamun.pillars.aid.needs.vocabulary import QUANTITY_MOST, Requirement, Rhythm
from tadamun.pillars.aid.needs.wording import choices_of, word_for

REACHES_KM = (2, 5, 10, 25)
USUAL_REACH = "5"
MONTHLY_MOST = 100
BEDS_MOST = 60
OF_THE_HOUSE = (Requirement.WOMEN_ONLY_HOUSE, Requirement.FAMILY_HOUSE)
OF_FOOD = (
    Requirement.HALAL,
    Requirement.VEGETARIAN,
    Requirement.DIABETIC,
    Requirement.LACTOSE_FREE,
    Requirement.GLUTEN_FREE,
)
OF_PEOPLE = (
    Requirement.WOMAN,
    Requirement.ARABIC,
    Requirement.KURDISH,
    Requirement.ENGLISH,
    Requirement.FRENCH,
    Requirement.SIGN_LANGUAGE,
)
OF_PLACES = (Requirement.NO_STAIRS, Requirement.WHEELCHAIR)


class DayField(forms.DateField):
    """A day in any digit set, chosen from a calendar or typed."""

    default_error_messages = {"invalid": _("Please write a day, such as 31/12/2026.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)

    def to_python(self, value: Any) -> date | None:
        """The day, or nothing."""
        return super().to_python(to_latin(value.strip()) if isinstance(value, str) else value)


_LAST_DAYS, _FIRST_DAYS = ("until_on", "best_before", "nights_until"), ("from_on", "nights_from")


class OfferForm(forms.Form):
    """An offer of one main category. Food and shelter ask a little more; guests leave name and phone."""

    use_required_attribute = False
    form_token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    consent_version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    category = CategoryField(
        label=_("1. What exactly?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what it is.")},
    )
    quantity = CountField(
        least=1,
        most=QUANTITY_MOST,
        label=_("2. How many?"),
        initial=1,
        error_messages={"required": _("Please write how many.")},
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"), widget=forms.RadioSelect, initial=Rhythm.ONCE, required=False
    )
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until"))
    reach = forms.TypedChoiceField(
        label=_("4. How far?"), widget=forms.RadioSelect, coerce=float, initial=USUAL_REACH, required=False
    )
    area = AreaField(label=_("Neighbourhood"), required=False)
    address = line_field(most=300, label=_("Where it can be picked up"))
    detail = line_field(most=300, label=_("In your own words"))
    brings_it = forms.BooleanField(label=_("Brought to the door"), required=False, initial=True)
    divisible = forms.BooleanField(label=_("Several households may share it"), required=False, initial=True)
    provides = forms.MultipleChoiceField(
        label=_("It is also"), widget=forms.CheckboxSelectMultiple, required=False
    )
    monthly_limit = CountField(
        least=1, most=MONTHLY_MOST, label=_("How many households a month at most?"), required=False
    )
    is_organisation = forms.BooleanField(label=_("An organisation offers it"), required=False)
    giver_name = line_field(most=80, label=_("Name"))
    phone = PhoneField(label=_("Phone number"), required=False, max_length=60)

    def __init__(
        self,
        *args: Any,
        community: Any,
        main: CategoryCard,
        options: list[CategoryCard],
        guest: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.community, self.main, self.guest = community, main, guest
        self.is_food = any(card.perishable for card in options)
        self.is_shelter = any(card.whole for card in options)
        fields: dict[str, Any] = self.fields
        fields["category"].serve(community=community, choices=[(card.code, _named(card)) for card in options])
        fields["category"].icons = {card.code: card.icon for card in options}
        if len(options) == 1:
            fields["category"].initial = options[0].code
        fields["rhythm"].choices = choices_of(kind="rhythm")
        fields["reach"].choices = [(str(km), distance(km)) for km in REACHES_KM]
        fields["provides"].choices = self._provided_choices()
        fields["area"].serve(community=community)
        fields["consent_version"].initial = current_version(purpose=ConsentPurpose.OFFER)
        self._shape()

    def _shape(self) -> None:
        """Leave only what this kind of help asks."""
        fields = self.fields
        if not self.guest:
            del fields["phone"]
        if self.is_food:
            fields["best_before"] = DayField(label=_("Good until"))
            fields["storage"] = forms.ChoiceField(
                label=_("How is it kept?"),
                required=False,
                choices=[("", _("Not chosen")), *choices_of(kind="storage")],
            )
            fields["allergens"] = line_field(most=200, label=_("What may cause allergies?"))
        if self.is_shelter:
            for name in ("divisible", "brings_it", "rhythm", "from_on", "until_on", "address"):
                del fields[name]
            fields["quantity"].label = _("2. How many nights at most?")
            fields |= _house_fields()

    def _provided_choices(self) -> list[tuple[str, Any]]:
        fitting = {*OF_PEOPLE}
        if self.is_food:
            fitting |= {*OF_FOOD}
        if self.is_shelter:
            fitting |= {*OF_PLACES}
        return [choice for choice in choices_of(kind="requirement") if Requirement(choice[0]) in fitting]

    @property
    def details_open(self) -> bool:
        """Whether something is to be mended among the optional questions."""
        shown = {
            "category",
            "quantity",
            "rhythm",
            "from_on",
            "until_on",
            "reach",
            "area",
            "giver_name",
            "phone",
        }
        return self.is_bound and bool(set(self.errors) - shown - {"__all__"})

    def clean(self) -> dict[str, Any]:
        """What one answer asks of another."""
        cleaned = super().clean() or {}
        if self.guest:
            self._check_guest(cleaned)
        if cleaned.get("is_organisation") and not cleaned.get("giver_name"):
            self.add_error("giver_name", _("Please write the name of the organisation."))
        for first, last in (("from_on", "until_on"), ("nights_from", "nights_until")):
            begins, ends = cleaned.get(first), cleaned.get(last)
            if begins and ends and begins > ends:
                self.add_error(last, _("The last day lies before the first one."))
        if not consent_text(purpose=ConsentPurpose.OFFER, version=cleaned.get("consent_version") or "none"):
            cleaned["consent_version"] = current_version(purpose=ConsentPurpose.OFFER)
        return cleaned

    def refuse_date(self, words: Any, *, at: datetime) -> None:
        """Say that a date is refused beside the date that is: a last day that is over, else the one farthest away."""
        today = at.astimezone(ZoneInfo(self.community.time_zone)).date()
        said = {name: self.cleaned_data.get(name) for name in (*_LAST_DAYS, *_FIRST_DAYS)}
        days = {name: day for name, day in said.items() if day is not None}
        over = next((name for name in _LAST_DAYS if name in days and days[name] < today), None)
        if over is not None:
            self.add_error(over, _("This day is over already."))
        else:
            self.add_error(max(days, key=lambda name: abs(days[name] - today), default=None), words)

    def details(self) -> OfferDetails:
        """The offer as services take it."""
        said = self.cleaned_data
        zone = ZoneInfo(self.community.time_zone)
        return OfferDetails(
            category=said["category"],
            quantity=said["quantity"],
            divisible=bool(said.get("divisible")),
            rhythm=Rhythm(said.get("rhythm") or Rhythm.ONCE),
            from_at=_start_of(said.get("from_on"), zone=zone),
            until_at=_end_of(said.get("until_on"), zone=zone),
            reach_km=float(said["reach"] or USUAL_REACH),
            brings_it=bool(said.get("brings_it")),
            provides=tuple(said["provides"]),
            detail=said["detail"],
            monthly_limit=said["monthly_limit"],
            best_before=said.get("best_before"),
            allergens=said.get("allergens") or "",
            storage=said.get("storage") or "",
            area=said["area"],
            address=said.get("address") or "",
            giver_name=said["giver_name"] if self.guest or said["is_organisation"] else "",
            is_organisation=said["is_organisation"],
            phone=said.get("phone") or "",
            consent_version=said["consent_version"],
            shelter=self._house() if said["category"].whole else None,
        )

    def _house(self) -> ShelterOffer:
        said = self.cleaned_data
        return ShelterOffer(
            beds=said["beds"],
            nights_from=said["nights_from"],
            nights_until=said["nights_until"],
            women_only=said["welcome"] == "women",
            families_welcome=said["welcome"] != "women",
            house_rules=said["house_rules"],
            about_house=said["about_house"],
        )

    def _check_guest(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("giver_name") and "giver_name" not in self.errors:
            self.add_error("giver_name", _("Please write a name, so that we know whom to ask for."))
        if not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Please write a phone number, so that we can ask when it is needed."))


class PauseForm(forms.Form):
    """Until when an offer rests."""

    use_required_attribute = False
    until = DayField(
        label=_("Resting until"), required=True, error_messages={"required": _("Please choose a day.")}
    )


def _house_fields() -> dict[str, forms.Field]:
    needed = _("Please fill this in, so that a household knows what to expect.")
    return {
        "beds": CountField(
            least=1, most=BEDS_MOST, label=_("How many beds?"), error_messages={"required": needed}
        ),
        "nights_from": DayField(label=_("First night"), required=True, error_messages={"required": needed}),
        "nights_until": DayField(label=_("Last night"), required=True, error_messages={"required": needed}),
        "welcome": forms.ChoiceField(
            label=_("Who is welcome?"),
            widget=forms.RadioSelect,
            choices=[("all", _("Everybody, families too")), ("women", _("Women only"))],
            initial="all",
            error_messages={"required": needed},
        ),
        "about_house": line_field(most=300, label=_("What is the house like?")),
        "house_rules": line_field(most=300, label=_("House rules")),
    }


def _named(card: CategoryCard) -> str:
    name = str(_("%(name)s, of any kind")) % {"name": card.name} if card.below else card.name
    unit = word_for(kind="unit", code=card.unit)
    return str(_("%(name)s (%(unit)s)")) % {"name": name, "unit": unit} if unit else name


def _start_of(day: date | None, *, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=zone) if day else None


def _end_of(day: date | None, *, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(23, 59), tzinfo=zone) if day else None

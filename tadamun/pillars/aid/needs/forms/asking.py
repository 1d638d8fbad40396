"""What somebody asks for, as the page of four questions sends it; a coordinator on the phone fills the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.catalogue.queries import tiles
from tadamun.foundation.people.consents import consent_text, current_version
from tadamun.foundation.people.fields import PhoneField
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.pillars.aid.needs.forms.fields import (
    AreaField,
    CategoryField,
    CountField,
    WordsField,
    category_groups,
    line_field,
)
from tadamun.pillars.aid.needs.services import AskDetails, LineDetails
from tadamun.pillars.aid.needs.vocabulary import (
    HOURS_MOST,
    HOUSEHOLD_MOST,
    NAME_MOST,
    QUANTITY_MOST,
    ContactWay,
    Delivery,
    Household,
    Origin,
    Requirement,
    When,
)
from tadamun.pillars.aid.needs.wording import choices_of, household_choices

OTHER = "other"
MORE_LINES = 3
FOUR_QUESTIONS = frozenset({"category", "when", "household_size", "phone"})


class LineForm(forms.Form):
    """One more thing that is needed."""

    category = CategoryField(label=_("What is needed"), required=False)
    detail = line_field(most=300, label=_("In your own words"))
    quantity = CountField(least=1, most=QUANTITY_MOST, label=_("How many?"), required=False, initial=1)
    when = forms.ChoiceField(label=_("By when?"), required=False, initial=When.WEEK)

    def __init__(self, *args: Any, community: Any, needed: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        empty = _("Please choose") if needed else _("Nothing more")
        category.serve(community=community, choices=category_groups(community=community, empty=empty))
        category.required = needed
        when: Any = self.fields["when"]
        when.choices = choices_of(kind="when")

    def clean(self) -> dict[str, Any]:
        """Words without a kind of thing are a slip, not an empty row."""
        cleaned = super().clean() or {}
        if cleaned.get("detail") and cleaned.get("category") is None and "category" not in self.errors:
            self.add_error("category", _("Please choose what kind of thing this is."))
        return cleaned

    def details(self) -> LineDetails | None:
        """The line, or nothing where the row was left empty."""
        cleaned = self.cleaned_data
        if cleaned["category"] is None:
            return None
        return LineDetails(
            category=cleaned["category"],
            quantity=cleaned["quantity"] or 1,
            when=When(cleaned["when"] or When.WEEK),
            detail=cleaned["detail"],
        )


class AskForm(forms.Form):
    """A request with its lines. Four questions are asked; everything else is optional."""

    use_required_attribute = False
    form_token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    consent_version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    behalf_version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    category = forms.ChoiceField(
        label=_("1. I need"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose what is needed."),
            "invalid_choice": _("Please choose what is needed."),
        },
    )
    when = forms.ChoiceField(
        label=_("2. By when?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose by when it is needed."),
            "invalid_choice": _("Please choose by when it is needed."),
        },
    )
    household_size = CountField(
        least=1,
        most=HOUSEHOLD_MOST,
        label=_("3. For how many people?"),
        error_messages={"required": _("Please write for how many people.")},
    )
    household = forms.ChoiceField(
        label=_("Who would sleep there?"), widget=forms.RadioSelect, required=False, initial=Household.UNKNOWN
    )
    phone = PhoneField(label=_("4. Your phone number"), required=False, max_length=60)
    exact = CategoryField(label=_("What exactly?"), required=False)
    detail = line_field(most=300, label=_("In your own words"))
    quantity = CountField(least=1, most=QUANTITY_MOST, label=_("How many?"), required=False, initial=1)
    area = AreaField(label=_("Neighbourhood"), required=False)
    address = line_field(most=300, label=_("Address"))
    confidential = forms.BooleanField(label=_("Nobody may know that I am at this place"), required=False)
    delivery = forms.ChoiceField(
        label=_("How does it reach you?"), widget=forms.RadioSelect, required=False, initial=Delivery.EITHER
    )
    requirements = forms.MultipleChoiceField(
        label=_("It has to be"), widget=forms.CheckboxSelectMultiple, required=False
    )
    contact_way = forms.ChoiceField(
        label=_("How may we reach you?"), widget=forms.RadioSelect, required=False, initial=ContactWay.CALL
    )
    safe_hours = line_field(most=HOURS_MOST, label=_("When is it safe to call?"))
    asker_name = line_field(most=NAME_MOST, label=_("Name"))
    notes = WordsField(most=2000, label=_("Notes for the coordinators"))
    on_behalf = forms.BooleanField(label=_("I ask for somebody else"), required=False)
    recipient_name = line_field(most=NAME_MOST, label=_("Who needs it?"))
    recipient_agrees = forms.BooleanField(
        label=_("They know of it, and agree to what stands above"), required=False
    )
    shows_in_public = forms.BooleanField(
        label=_("Show this need on the public page, without a name"), required=False
    )
    forget = forms.BooleanField(label=_("Keep nothing on this phone"), required=False)

    def __init__(self, *args: Any, community: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community = community
        self.cards = tiles(community=community)
        self._serve_choices()
        self.more = [
            LineForm(
                self.data if self.is_bound else None,
                community=community,
                prefix=f"more{row}",
                auto_id="id_%s",
            )
            for row in range(1, MORE_LINES + 1)
        ]

    @property
    def details_open(self) -> bool:
        """Whether something was said, or is to be mended, outside the four questions."""
        if not self.is_bound:
            return False
        slips = bool(set(self.errors) - FOUR_QUESTIONS - {"__all__"}) or any(row.errors for row in self.more)
        words = ("exact", "detail", "area", "address", "safe_hours", "asker_name", "notes")
        ticks = ("requirements", "household", "on_behalf", "shows_in_public", "forget")
        said = any(self.data.get(name) for name in (*words, *ticks))
        return slips or said or "phone" in self.errors

    def is_valid(self) -> bool:
        """Whether the questions and every row of more lines are in order."""
        rows = [row.is_valid() for row in self.more]
        return super().is_valid() and all(rows)

    def clean(self) -> dict[str, Any]:
        """What one answer asks of another."""
        cleaned = super().clean() or {}
        self._check_exact(cleaned)
        self._check_reachable(cleaned)
        self._check_consent(cleaned)
        return cleaned

    def details(self, *, origin: Origin) -> AskDetails:
        """The request as services take it."""
        said = self.cleaned_data
        behalf = origin is Origin.ON_BEHALF
        more = [line for line in (row.details() for row in self.more) if line is not None]
        return AskDetails(
            lines=(self._first_line(), *more),
            origin=origin,
            phone=said["phone"],
            asker_name=said["asker_name"],
            recipient_name=said["recipient_name"] if said["on_behalf"] else "",
            contact_way=ContactWay(said["contact_way"] or ContactWay.CALL),
            safe_hours=said["safe_hours"],
            language=(get_language() or "ar")[:2],
            household_size=said["household_size"],
            household=Household(said["household"]),
            area=said["area"],
            address=said["address"],
            confidential=said["confidential"],
            delivery=Delivery(said["delivery"] or Delivery.EITHER),
            requirements=tuple(said["requirements"]),
            notes=said["notes"],
            shows_in_public=said["shows_in_public"],
            consent_version=said["behalf_version"] if behalf else said["consent_version"],
        )

    def origin(self) -> Origin:
        """Whether somebody asks for themselves or for another."""
        return Origin.ON_BEHALF if self.cleaned_data["on_behalf"] else Origin.WEB

    def _first_line(self) -> LineDetails:
        said = self.cleaned_data
        return LineDetails(
            category=said["exact"] or said["category_row"],
            quantity=said["quantity"] or 1,
            when=When(said["when"]),
            detail=said["detail"],
        )

    def _serve_choices(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["category"].choices = [
            *((card.code, card.name) for card in self.cards),
            (OTHER, _("Something else")),
        ]
        fields["category"].icons = {**{card.code: card.icon for card in self.cards}, OTHER: "help-circle"}
        fields["when"].choices = choices_of(kind="when")
        groups = category_groups(community=self.community, empty=_("As chosen above"))
        fields["exact"].serve(community=self.community, choices=groups)
        fields["area"].serve(community=self.community)
        fields["delivery"].choices = choices_of(kind="delivery")
        fields["contact_way"].choices = choices_of(kind="contact_way")
        fields["household"].choices = household_choices()
        fields["requirements"].choices = [
            choice for choice in choices_of(kind="requirement") if choice[0] != Requirement.BROUGHT_HOME
        ]
        for name, purpose in (
            ("consent_version", ConsentPurpose.HELP),
            ("behalf_version", ConsentPurpose.ON_BEHALF),
        ):
            fields[name].initial = current_version(purpose=purpose)

    def _check_exact(self, cleaned: dict[str, Any]) -> None:
        chosen, exact = cleaned.get("category"), cleaned.get("exact")
        if not chosen or "exact" in self.errors:
            return
        if chosen == OTHER:
            if exact is None:
                self.add_error("exact", _("Please choose here what is needed."))
            return
        if exact is not None and chosen not in {exact.code, exact.parent.code if exact.parent else ""}:
            self.add_error("exact", _("This belongs to another of the pictures above. Please choose again."))
            return
        cleaned["category_row"] = CategoryField.clean(self._tile_field(), chosen)

    def _tile_field(self) -> CategoryField:
        field = CategoryField()
        field.serve(community=self.community, choices=[(card.code, card.name) for card in self.cards])
        return field

    def _check_reachable(self, cleaned: dict[str, Any]) -> None:
        if "phone" in self.errors or cleaned.get("phone"):
            return
        if cleaned.get("contact_way") != ContactWay.NEITHER:
            self.add_error(
                "phone",
                _(
                    "Please write a phone number, so that we can say when we come. Without one, "
                    "choose «Neither; I look at my page» under the details."
                ),
            )

    def _check_consent(self, cleaned: dict[str, Any]) -> None:
        for name, purpose in (
            ("consent_version", ConsentPurpose.HELP),
            ("behalf_version", ConsentPurpose.ON_BEHALF),
        ):
            if not consent_text(purpose=purpose, version=cleaned.get(name) or "none"):
                cleaned[name] = current_version(purpose=purpose)
        if cleaned.get("on_behalf") and not cleaned.get("recipient_agrees"):
            self.add_error("recipient_agrees", _("Please ask them first, and tick this when they agree."))


class CallBackForm(forms.Form):
    """Only whom to call, and when it is safe; what is needed is said on the phone."""

    use_required_attribute = False
    form_token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    consent_version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    phone = PhoneField(
        label=_("Your phone number"),
        max_length=60,
        error_messages={"required": _("Please write the number that we are to call.")},
    )
    safe_hours = line_field(most=HOURS_MOST, label=_("When is it safe to call?"))
    asker_name = line_field(most=NAME_MOST, label=_("Name"))
    forget = forms.BooleanField(label=_("Keep nothing on this phone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent_version"].initial = current_version(purpose=ConsentPurpose.HELP)

    def clean_consent_version(self) -> str:
        """The version of the text that was read; the present one where none is known of that number."""
        version: str = self.cleaned_data["consent_version"]
        known = consent_text(purpose=ConsentPurpose.HELP, version=version or "none")
        return version if known else current_version(purpose=ConsentPurpose.HELP)


class PhoneAskForm(AskForm):
    """The same questions, asked by a coordinator on the phone; consent is read aloud."""

    read_aloud = forms.BooleanField(
        label=_("The text was read out, and whoever asks has agreed"),
        error_messages={"required": _("Please read the text out, and tick this when they agree.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = _("4. Their phone number")
        self.fields["recipient_agrees"].label = _("The person for whom it is asked knows of it and agrees")

    def origin(self) -> Origin:
        """Always by phone, whoever it is for."""
        return Origin.PHONE

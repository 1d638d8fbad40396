"""What comes in about common problems."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.catalogue.errors import NoSuchCategory
from tadamun.foundation.catalogue.queries import category_of, open_categories
from tadamun.foundation.catalogue.vocabulary import SafetyTier
from tadamun.foundation.communities.forms import OnceForm
from tadamun.foundation.people.fields import LineField
from tadamun.foundation.places.errors import NoSuchArea
from tadamun.foundation.places.queries import area_of, open_areas
from tadamun.kernel.digits import to_latin
from tadamun.kernel.text import clean_text
from tadamun.pillars.support.problems.cards import ProblemCard
from tadamun.pillars.support.problems.services import PostFacts, ProblemFacts
from tadamun.pillars.support.problems.vocabulary import (
    LINE_MOST,
    SETTLED,
    TEXT_MOST,
    TITLE_MOST,
    Moment,
    PostKind,
    ProblemState,
    Side,
)
from tadamun.pillars.support.problems.wording import MOMENTS, POST_KINDS, SIDES, STATES, choices_of

QUANTITY_MOST = 200
DIGITS_MOST = 9


class DayField(forms.DateField):
    """A day in any digit set, chosen from a calendar or typed."""

    default_error_messages = {"invalid": _("Please write a day, such as 31/12/2026.")}

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], required=False, **options)

    def to_python(self, value: Any) -> date | None:
        """The day, or nothing."""
        return super().to_python(to_latin(value.strip()) if isinstance(value, str) else value)


class CountField(forms.IntegerField):
    """A whole number in any digit set."""

    def to_python(self, value: Any) -> int | None:
        """The number, or nothing."""
        return super().to_python(to_latin(str(value or ""))[: DIGITS_MOST + 1])


class AreaChoice(forms.ChoiceField):
    """A named part of the community, or nothing; its value is the area's row."""

    community: Any = None

    def serve(self, *, community: Any, empty: Any = "") -> None:
        """Offer the areas of a community."""
        self.community = community
        areas = [(one.public_id, one.name) for one in open_areas(community=community)]
        self.choices = [("", empty or _("Not chosen")), *areas]

    def clean(self, value: Any) -> Any:
        """The row of the chosen area, or nothing."""
        chosen = super().clean(value)
        if not chosen:
            return None
        try:
            return area_of(community=self.community, area_id=chosen)
        except NoSuchArea:
            raise forms.ValidationError(
                _("This area can no longer be chosen. Please choose another."), code="closed"
            ) from None


class KindChoice(forms.ChoiceField):
    """A category in use, or nothing; its value is the category's row."""

    community: Any = None

    def serve(self, *, community: Any, postable: bool = False) -> None:
        """Offer the categories of a community; with `postable` only those that a group asks for or gives."""
        self.community = community
        roots = open_categories(community=community)
        groups = [
            (root.name, [(one.code, one.name) for one in (root, *root.below) if _fits(one, postable)])
            for root in roots
        ]
        self.choices = [("", "—"), *[(name, rows) for name, rows in groups if rows]]

    def clean(self, value: Any) -> Any:
        """The row of the chosen category, or nothing."""
        code = super().clean(value)
        if not code:
            return None
        try:
            return category_of(community=self.community, code=code)
        except NoSuchCategory:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"] % {"value": code}, code="invalid_choice"
            ) from None


def _fits(card: CategoryCard, postable: bool) -> bool:
    if card.is_money or not postable:
        return not card.is_money
    return not card.sensitive and not card.whole and card.safety_tier == SafetyTier(0)


class ProblemForm(OnceForm):
    """What, which area, since when."""

    title = LineField(
        label=_("What is the problem?"),
        help_text=_("In a few words, such as: no light on the stairs."),
        max_length=TITLE_MOST,
    )
    area = AreaChoice(label=_("Which area?"), required=False)
    since_on = DayField(label=_("Since when?"), help_text=_("About."))
    body = forms.CharField(
        label=_("More about it"),
        help_text=_("Without anybody's name, please: it is about the matter."),
        max_length=TEXT_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    category = KindChoice(label=_("Does it go with a kind of help?"), required=False)
    looked = forms.BooleanField(widget=forms.HiddenInput, required=False)
    """Those that are like it have been seen."""

    def __init__(self, *args: Any, community: Any, card: ProblemCard | None = None, **kwargs: Any) -> None:
        if card is not None:
            kwargs["initial"] = {
                "title": card.title,
                "area": card.area_id,
                "since_on": card.since_on,
                "body": card.body,
                "category": card.category_code,
            }
        super().__init__(*args, **kwargs)
        self.fields["area"].serve(community=community)  # type: ignore[attr-defined]
        self.fields["category"].serve(community=community)  # type: ignore[attr-defined]

    def clean_body(self) -> str:
        """Lines without controls and direction marks."""
        return clean_text(self.cleaned_data["body"])

    def facts(self) -> ProblemFacts:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        return ProblemFacts(said["title"], said["body"], said["area"], said["category"], said["since_on"])


class AffectedForm(forms.Form):
    """In which area it affects somebody too."""

    area = AreaChoice(label=_("Where does it affect you?"), required=False)

    def __init__(self, *args: Any, community: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].serve(  # type: ignore[attr-defined]
            community=community, empty=_("I would rather not say")
        )


class IdeaForm(OnceForm):
    """An idea in a line."""

    words = LineField(
        label=_("What could be done?"),
        max_length=LINE_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(OnceForm):
    """A reason, and which way it speaks."""

    side = forms.TypedChoiceField(
        label=_("For it or against it?"),
        choices=choices_of(SIDES),
        coerce=Side,
        initial=Side.FOR.value,
        widget=forms.RadioSelect,
    )
    words = LineField(label=_("Why?"), max_length=LINE_MOST)


class StepForm(OnceForm):
    """What is done next, by whom, until when."""

    words = LineField(label=_("What is done next?"), max_length=LINE_MOST)
    owner = forms.ChoiceField(label=_("Who does it?"), required=False)
    due_on = DayField(label=_("Until when?"))

    def __init__(self, *args: Any, people: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)  # noqa: S101  # said for the type checker
        owner.choices = [("", _("Nobody yet")), *people]


class HandOnForm(forms.Form):
    """Who facilitates from now on."""

    to = forms.ChoiceField(label=_("Who facilitates from now on?"))

    def __init__(self, *args: Any, people: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101  # said for the type checker
        to.choices = list(people)


class PostForm(OnceForm):
    """What the group needs or gives."""

    kind = forms.TypedChoiceField(
        label=_("Needed or offered?"),
        choices=choices_of(POST_KINDS),
        coerce=PostKind,
        initial=PostKind.NEED.value,
        widget=forms.RadioSelect,
    )
    category = KindChoice(label=_("What is it?"))
    quantity = CountField(label=_("How much?"), min_value=1, max_value=QUANTITY_MOST, initial=1)
    detail = LineField(label=_("In your own words"), max_length=LINE_MOST, required=False)

    def __init__(self, *args: Any, community: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].serve(community=community, postable=True)  # type: ignore[attr-defined]

    def facts(self) -> PostFacts:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        return PostFacts(said["kind"], said["category"], said["quantity"], said["detail"])


class SettleForm(forms.Form):
    """What became of it."""

    state = forms.TypedChoiceField(
        label=_("What became of it?"),
        choices=choices_of(STATES, only=SETTLED),
        coerce=ProblemState,
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("What is different now, or why is it set aside?"),
        help_text=_("Everybody who sees the problem reads it. Without names, please."),
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MergeForm(forms.Form):
    """Which other problem is the same."""

    into = forms.ChoiceField(label=_("Which one is the same?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ChoiceField)  # noqa: S101  # said for the type checker
        into.choices = choices


class PictureForm(OnceForm):
    """A photo, before or after."""

    moment = forms.TypedChoiceField(
        label=_("What does it show?"),
        choices=choices_of(MOMENTS),
        coerce=Moment,
        initial=Moment.BEFORE.value,
        widget=forms.RadioSelect,
    )
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("Of the matter, not of people. Place and time in the file are taken out."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

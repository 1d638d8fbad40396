"""What comes in about circles and talks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.communities.forms import ClockField, OnceForm
from tadamun.foundation.people.fields import LineField
from tadamun.kernel.digits import to_latin
from tadamun.kernel.text import clean_text
from tadamun.pillars.support.circles.cards import CircleCard, ListenerCard
from tadamun.pillars.support.circles.services import Asking, CircleFacts, ListenerFacts
from tadamun.pillars.support.circles.vocabulary import (
    AGREEMENT_LINES,
    ALIAS_MOST,
    BODY_MOST,
    DAYS_MOST,
    LINE_MOST,
    MINOR_FROM,
    MINOR_TO,
    NAME_MOST,
    PURPOSE_MOST,
    REASON_MOST,
    SIZE_LEAST,
    SIZE_MOST,
    ForWhom,
    Gender,
    Rhythm,
    Verdict,
    Way,
)
from tadamun.pillars.support.circles.vocabulary.distress import PHRASE_MOST
from tadamun.pillars.support.circles.wording import (
    AGREEMENT,
    FOR_WHOM,
    GENDERS,
    LANGUAGES,
    RHYTHMS,
    VERDICTS,
    WAYS,
    choices_of,
)


class BodyField(forms.CharField):
    """Several lines of words."""

    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        """What was typed, made safe to keep."""
        return clean_text(super().to_python(value) or "")


def alias_field(label: Any, hint: Any = "") -> LineField:
    """A name that one chooses."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    return LineField(label=label, help_text=hint, max_length=ALIAS_MOST, widget=widget)


class JoinForm(OnceForm):
    """What somebody says who asks for a seat."""

    alias = alias_field(
        _("The name the circle knows you by"), _("Any name will do. It can be changed later.")
    )
    age = forms.IntegerField(
        label=_("How old are you?"),
        help_text=_("It is looked at now and not kept."),
        min_value=5,
        max_value=120,
    )
    adult = forms.BooleanField(label=_("I am 18 or older"))
    accepts = forms.BooleanField(label=_("I accept the five lines of the agreement"))

    def __init__(self, *args: Any, card: CircleCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["adult" if card.age_from is not None else "age"]
        if not card.allows_pseudonym:
            self.fields["alias"].help_text = _("In this circle people go by their first name.")

    def asking(self) -> Asking:
        """What the service is told."""
        given = self.cleaned_data
        return Asking(
            alias=given["alias"],
            accepts=given["accepts"],
            adult=given.get("adult", False),
            age=given.get("age"),
        )


class HostForm(OnceForm):
    """What somebody says who would host with others."""

    alias = alias_field(
        _("The name the circle knows you by"), _("As a host you stand on its page by this name.")
    )
    about = LineField(label=_("Something about you"), max_length=LINE_MOST, required=False)
    adult = forms.BooleanField(label=_("I am 18 or older"))
    accepts = forms.BooleanField(label=_("I accept the five lines of the agreement"))

    def asking(self) -> Asking:
        """What the service is told."""
        given = self.cleaned_data
        return Asking(alias=given["alias"], accepts=True, adult=True, as_host=True, about=given["about"])


class CircleForm(OnceForm):
    """All that a host says of a circle."""

    name = LineField(label=_("Name of the circle"), max_length=NAME_MOST)
    purpose = BodyField(label=_("What is it for?"), max_length=PURPOSE_MOST)
    for_whom = forms.ChoiceField(
        label=_("Who is it for?"),
        choices=choices_of(FOR_WHOM),
        widget=forms.RadioSelect,
        initial=ForWhom.MIXED,
    )
    minors = forms.BooleanField(
        label=_("It is for children or young people: two checked hosts are needed"), required=False
    )
    age_from = forms.IntegerField(
        label=_("From age"), min_value=MINOR_FROM, max_value=MINOR_TO, required=False
    )
    age_to = forms.IntegerField(
        label=_("Up to age"), min_value=MINOR_FROM, max_value=MINOR_TO, required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=choices_of(LANGUAGES), initial="ar")
    size_most = forms.IntegerField(
        label=_("For how many people, with the hosts?"), min_value=SIZE_LEAST, max_value=SIZE_MOST, initial=10
    )
    first_on = forms.DateField(
        label=_("First meeting"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Its day of the week is that of all meetings."),
    )
    clock = ClockField(label=_("At what hour?"), help_text=_("Such as 20:30."))
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=15, max_value=240, initial=60)
    rhythm = forms.ChoiceField(label=_("How often?"), choices=choices_of(RHYTHMS), initial=Rhythm.WEEKLY)
    place = LineField(
        label=_("Where?"),
        help_text=_("Every member of the community reads it."),
        max_length=200,
        required=False,
    )
    link = forms.URLField(
        label=_("Or a link"),
        help_text=_("Only those inside read it."),
        required=False,
        max_length=300,
        assume_scheme="https",
    )
    agreement = BodyField(
        label=_("The agreement: five lines"),
        help_text=_("One a line, short."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    allows_pseudonym = forms.BooleanField(label=_("Any name will do"), required=False, initial=True)
    message_days = forms.IntegerField(
        label=_("After how many days are messages deleted?"), min_value=1, max_value=DAYS_MOST, initial=14
    )
    alias = alias_field(_("Your name as a host"), _("It stands on the circle's page."))
    about = LineField(label=_("Something about you"), max_length=LINE_MOST, required=False)

    def __init__(self, *args: Any, changes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].initial = "\n".join(str(line) for line in AGREEMENT)
        if changes:
            del self.fields["alias"], self.fields["about"]

    def clean(self) -> dict[str, Any]:
        """Five lines; ages for minors and for nobody else; a place or a link."""
        given = super().clean() or {}
        lines = [line for line in (given.get("agreement") or "").splitlines() if line.strip()]
        if len(lines) != AGREEMENT_LINES or any(len(line) > LINE_MOST for line in lines):
            self.add_error("agreement", _("Five short lines, please."))
        if given.get("minors"):
            if not given.get("age_from") or not given.get("age_to") or given["age_from"] > given["age_to"]:
                self.add_error("age_from", _("Please say from which age to which."))
        else:
            given["age_from"] = given["age_to"] = None
        if not given.get("place") and not given.get("link"):
            self.add_error("place", _("A place or a link is needed."))
        return given

    def facts(self) -> CircleFacts:
        """What the service is told."""
        given = dict(self.cleaned_data)
        for name in ("form_token", "minors", "alias", "about"):
            given.pop(name, None)
        lines = tuple(line for line in given.pop("agreement").splitlines() if line.strip())
        for_whom, rhythm = ForWhom(given.pop("for_whom")), Rhythm(given.pop("rhythm"))
        return CircleFacts(agreement=lines, for_whom=for_whom, rhythm=rhythm, **given)


class MessageForm(OnceForm):
    """Something written to the circle, or to the other of a talk."""

    body = BodyField(label=_("Message"), max_length=BODY_MOST)


class ReportForm(OnceForm):
    """A word to the hosts about a message."""

    reason = BodyField(label=_("What is wrong with it?"), max_length=REASON_MOST, required=False)


class NameForm(forms.Form):
    """Another name in the circle."""

    alias = alias_field(_("Your name in the circle"))


class VerdictForm(forms.Form):
    """What a host decides about a report."""

    verdict = forms.TypedChoiceField(label=_("Decision"), choices=choices_of(VERDICTS), coerce=Verdict)


class PhraseForm(OnceForm):
    """Words of distress to be added."""

    phrase = LineField(
        label=_("Words to add"),
        help_text=_("As people say it. * at the end of a word stands for any ending."),
        max_length=PHRASE_MOST,
    )


class CareLineForm(OnceForm):
    """A line to call, as it is dialled."""

    name = LineField(label=_("Name of the line"), max_length=NAME_MOST)
    phone = forms.RegexField(
        label=_("Number, as it is dialled"),
        regex=r"^\+?\d{3,15}$",
        strip=True,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"invalid": _("Only digits, please, such as 116123.")},
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None:
            data = data.copy()
            data["phone"] = "".join(to_latin(data.get("phone", "")).split())
        super().__init__(data, *args, **kwargs)


class AskForm(OnceForm):
    """Whom somebody would like to be heard by."""

    alias = alias_field(_("What may the listener call you?"), _("Any name will do."))
    language = forms.ChoiceField(label=_("In which language?"), choices=choices_of(LANGUAGES), initial="ar")
    wanted = forms.ChoiceField(
        label=_("Whom do you find it easier to talk to?"),
        choices=[("", _("Either is fine")), *choices_of(GENDERS)],
        widget=forms.RadioSelect,
        required=False,
    )
    way = forms.TypedChoiceField(
        label=_("How?"), choices=choices_of(WAYS), coerce=Way, widget=forms.RadioSelect, initial=Way.WRITING
    )


class ListenerForm(OnceForm):
    """What a listener says of themselves."""

    alias = alias_field(_("Your name as a listener"))
    gender = forms.TypedChoiceField(
        label=_("You are"), choices=choices_of(GENDERS), coerce=Gender, widget=forms.RadioSelect
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you listen in"), choices=choices_of(LANGUAGES), widget=forms.CheckboxSelectMultiple
    )
    ways = forms.TypedMultipleChoiceField(
        label=_("Ways that suit you"),
        choices=choices_of(WAYS),
        coerce=Way,
        widget=forms.CheckboxSelectMultiple,
    )
    room = forms.URLField(
        label=_("Your room for calls"),
        help_text=_("Such as an address of Jitsi Meet. Only whoever you listen to reads it."),
        required=False,
        max_length=300,
        assume_scheme="https",
    )
    week_most = forms.IntegerField(
        label=_("At most so many people a week"), min_value=1, max_value=10, initial=2
    )
    available = forms.BooleanField(label=_("Available now"), required=False, initial=True)

    def __init__(self, *args: Any, card: ListenerCard | None = None, **kwargs: Any) -> None:
        if card is not None:
            names = ("alias", "gender", "languages", "ways", "room", "week_most", "available")
            kwargs["initial"] = {name: getattr(card, name) for name in names}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A room for those who listen by voice."""
        given = super().clean() or {}
        if Way.CALL in (given.get("ways") or ()) and not given.get("room"):
            self.add_error("room", _("For talks by voice an address is needed."))
        return given

    def facts(self) -> ListenerFacts:
        """What the service is told."""
        given = dict(self.cleaned_data)
        given.pop("form_token")
        languages, ways = tuple(given.pop("languages")), tuple(given.pop("ways"))
        return ListenerFacts(languages=languages, ways=ways, **given)

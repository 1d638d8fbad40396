"""Names of what circles choose from, and the words of the circle of the hosts."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadamun.pillars.support.circles.vocabulary import Answer, ForWhom, Gender, Rhythm, Verdict, Way

FOR_WHOM: dict[str, Any] = {
    ForWhom.MIXED: pgettext_lazy("circle", "Mixed"),
    ForWhom.WOMEN: pgettext_lazy("circle", "Women"),
    ForWhom.MEN: pgettext_lazy("circle", "Men"),
}
RHYTHMS: dict[str, Any] = {
    Rhythm.WEEKLY: _("Every week"),
    Rhythm.FORTNIGHTLY: _("Every two weeks"),
    Rhythm.MONTHLY: _("Once a month"),
}
ANSWERS: dict[str, Any] = {
    Answer.COMING: pgettext_lazy("circle", "Coming"),
    Answer.WAITING: pgettext_lazy("circle", "On the waiting list"),
    Answer.NOT_COMING: _("Not this time"),
}
GENDERS: dict[str, Any] = {
    Gender.WOMAN: pgettext_lazy("listener", "A woman"),
    Gender.MAN: pgettext_lazy("listener", "A man"),
}
WAYS: dict[str, Any] = {
    Way.WRITING: _("In writing, here"),
    Way.CALL: _("By voice, in a room without numbers"),
    Way.MEETING: _("At a public place"),
}
WAY_HINTS: dict[str, Any] = {
    Way.WRITING: _("Neither sees a number or a name; what is written goes when the talk ends."),
    Way.CALL: _("The listener gives the address of a room that opens in the browser; nobody dials."),
    Way.MEETING: _("A café, a library, a garden by day: you agree on it in writing here."),
}
VERDICTS: dict[str, Any] = {
    Verdict.NOTHING: _("Nothing: the message stays"),
    Verdict.HIDE: _("Hiding the message"),
    Verdict.QUIET: _("Hiding it, and only reading for a week"),
    Verdict.REMOVE: _("Taking the person out of the circle"),
}
WEEKDAYS: tuple[Any, ...] = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
LANGUAGES: dict[str, Any] = {
    "ar": _("Arabic"), "ku": _("Kurdish"), "fa": _("Persian"), "tr": _("Turkish"), "en": _("English"),
    "fr": _("French"), "so": _("Somali"), "am": _("Amharic"), "ur": _("Urdu"),
}  # fmt: skip
AGREEMENT: tuple[Any, ...] = (
    _("What is said here stays here."),
    _("We listen first; advice comes after asking."),
    _("To speak is a right, and so is silence."),
    _("No diagnosis, no medicine, no collecting money."),
    _("Whoever is tired of it goes at any time, without a question."),
)


class HostsCircle(NamedTuple):
    """The words of the circle in which hosts hold each other up."""

    name: Any
    purpose: Any


HOSTS_CIRCLE = HostsCircle(
    _("Circle of the hosts"),
    _("For those who host: what a hard meeting leaves behind is put down here."),
)


def choices_of(words: dict[str, Any]) -> list[tuple[str, Any]]:
    """Code and name, as a field takes them."""
    return [(str(code), name) for code, name in words.items()]

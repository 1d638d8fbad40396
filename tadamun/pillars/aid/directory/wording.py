"""The words of the directory's codes; a language is called as the reader's own calls it."""

from __future__ import annotations

from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadamun.pillars.aid.directory.vocabulary import Cost, ServiceStatus

COSTS: dict[Cost, Any] = {
    Cost.FREE: _("Free of charge"),
    Cost.REDUCED: _("Little, or by income"),
    Cost.PAID: _("It costs something"),
    Cost.UNKNOWN: _("Not known"),
}
STATUSES: dict[ServiceStatus, Any] = {
    ServiceStatus.ACTIVE: pgettext_lazy("service", "Open"),
    ServiceStatus.TEMPORARILY_CLOSED: _("Closed for a time"),
    ServiceStatus.INACTIVE: _("At rest"),
    ServiceStatus.DEFUNCT: _("Closed for good"),
}
LANGUAGES: dict[str, Any] = {
    "ar": pgettext_lazy("language", "Arabic"),
    "en": pgettext_lazy("language", "English"),
    "fr": pgettext_lazy("language", "French"),
    "ku": pgettext_lazy("language", "Kurdish"),
    "ckb": pgettext_lazy("language", "Central Kurdish (Sorani)"),
    "tr": pgettext_lazy("language", "Turkish"),
    "fa": pgettext_lazy("language", "Persian"),
    "prs": pgettext_lazy("language", "Dari"),
    "ps": pgettext_lazy("language", "Pashto"),
    "ur": pgettext_lazy("language", "Urdu"),
    "hy": pgettext_lazy("language", "Armenian"),
    "syr": pgettext_lazy("language", "Syriac"),
    "ber": pgettext_lazy("language", "Amazigh"),
    "so": pgettext_lazy("language", "Somali"),
    "am": pgettext_lazy("language", "Amharic"),
    "ti": pgettext_lazy("language", "Tigrinya"),
    "om": pgettext_lazy("language", "Oromo"),
    "sw": pgettext_lazy("language", "Swahili"),
    "ha": pgettext_lazy("language", "Hausa"),
    "es": pgettext_lazy("language", "Spanish"),
    "pt": pgettext_lazy("language", "Portuguese"),
    "it": pgettext_lazy("language", "Italian"),
    "de": pgettext_lazy("language", "German"),
    "nl": pgettext_lazy("language", "Dutch"),
    "ru": pgettext_lazy("language", "Russian"),
    "uk": pgettext_lazy("language", "Ukrainian"),
    "pl": pgettext_lazy("language", "Polish"),
    "ro": pgettext_lazy("language", "Romanian"),
    "el": pgettext_lazy("language", "Greek"),
    "he": pgettext_lazy("language", "Hebrew"),
    "yi": pgettext_lazy("language", "Yiddish"),
    "hi": pgettext_lazy("language", "Hindi"),
    "bn": pgettext_lazy("language", "Bengali"),
    "pa": pgettext_lazy("language", "Punjabi"),
    "gu": pgettext_lazy("language", "Gujarati"),
    "sd": pgettext_lazy("language", "Sindhi"),
    "ta": pgettext_lazy("language", "Tamil"),
    "ne": pgettext_lazy("language", "Nepali"),
    "zh": pgettext_lazy("language", "Chinese"),
    "ja": pgettext_lazy("language", "Japanese"),
    "ko": pgettext_lazy("language", "Korean"),
    "vi": pgettext_lazy("language", "Vietnamese"),
    "th": pgettext_lazy("language", "Thai"),
    "tl": pgettext_lazy("language", "Tagalog"),
    "id": pgettext_lazy("language", "Indonesian"),
    "no": pgettext_lazy("language", "Norwegian"),
    "sv": pgettext_lazy("language", "Swedish"),
    "da": pgettext_lazy("language", "Danish"),
    "is": pgettext_lazy("language", "Icelandic"),
    "ht": pgettext_lazy("language", "Haitian Creole"),
}
SIGNED = "sgn"
OFTEN = ("ar", "en", "fr", "ku", "tr", "fa", SIGNED)
"""The languages that the form offers first."""


def language_name(code: str) -> Any:
    """A language as the reader's calls it: a list of several alphabets would be read by nobody."""
    return _("Sign language") if code == SIGNED else LANGUAGES.get(code, code)


def weekday_name(day: int) -> Any:
    """A weekday; Monday is 0."""
    return WEEKDAYS[day]


def cost_choices() -> list[tuple[str, Any]]:
    """What a service may cost."""
    return [(code.value, label) for code, label in COSTS.items()]


def status_choices() -> list[tuple[str, Any]]:
    """How a service may stand."""
    return [(code.value, label) for code, label in STATUSES.items()]

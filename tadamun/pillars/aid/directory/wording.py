"""The words of the directory's codes; a language is written in itself, as whoever looks for it does."""

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
LANGUAGES: dict[str, str] = {
    "ar": "العربية",
    "en": "English",
    "fr": "Français",
    "ku": "Kurdî",
    "ckb": "کوردی",
    "tr": "Türkçe",
    "fa": "فارسی",
    "prs": "دری",
    "ps": "پښتو",
    "ur": "اردو",
    "hy": "Հայերեն",
    "syr": "ܣܘܪܝܝܐ",
    "ber": "Tamaziɣt",
    "so": "Soomaali",
    "am": "አማርኛ",
    "ti": "ትግርኛ",
    "om": "Oromoo",
    "sw": "Kiswahili",
    "ha": "Hausa",
    "es": "Español",
    "pt": "Português",
    "it": "Italiano",
    "de": "Deutsch",
    "nl": "Nederlands",
    "ru": "Русский",
    "uk": "Українська",
    "pl": "Polski",
    "ro": "Română",
    "el": "Ελληνικά",
    "he": "עברית",
    "yi": "ייִדיש",
    "hi": "हिन्दी",
    "bn": "বাংলা",
    "pa": "ਪੰਜਾਬੀ",
    "gu": "ગુજરાતી",
    "sd": "سنڌي",
    "ta": "தமிழ்",
    "ne": "नेपाली",
    "zh": "中文",
    "ja": "日本語",
    "ko": "한국어",
    "vi": "Tiếng Việt",
    "th": "ไทย",
    "tl": "Tagalog",
    "id": "Bahasa Indonesia",
    "no": "Norsk",
    "sv": "Svenska",
    "da": "Dansk",
    "is": "Íslenska",
    "ht": "Kreyòl ayisyen",
}
SIGNED = "sgn"
OFTEN = ("ar", "en", "fr", "ku", "tr", "fa", SIGNED)
"""The languages that the form offers first."""


def language_name(code: str) -> Any:
    """A language in its own words; sign language in the page's."""
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

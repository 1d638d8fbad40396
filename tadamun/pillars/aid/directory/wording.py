"""The words of the directory's codes; a language is called as the reader's own calls it."""

from __future__ import annotations

from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadamun.pillars.aid.directory.vocabulary import BROKE_OFF, Cost, Mend, Refusal, ServiceStatus

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
MENDS: dict[Mend, Any] = {
    Mend.OTHER_ENCODING: _("The file was not UTF-8 and was read in its own encoding"),
    Mend.LETTERS_RESTORED: _("Mangled letters were restored"),
    Mend.LINE_BREAKS_RESTORED: _("Line breaks were restored"),
    Mend.CONTROLS_REMOVED: _("Invisible signs were taken out"),
    Mend.MARKS_REMOVED: _("Marks of a database were taken out"),
    Mend.TEXT_SHORTENED: _("A text was too long and was shortened"),
    Mend.NAME_TAKEN_FROM_ORGANISATION: _("The organisation’s name stands for a missing name"),
    Mend.ORGANISATION_TAKEN_FROM_SERVICE: _("The service’s name stands for a missing organisation"),
    Mend.STATUS_UNDERSTOOD_AS_ACTIVE: _("No state was said: taken as open"),
    Mend.WEB_ADDRESS_COMPLETED: _("A web address was completed"),
    Mend.WEB_ADDRESS_DROPPED: _("A web address that leads nowhere was left out"),
    Mend.EMAIL_DROPPED: _("An e-mail address that is none was left out"),
    Mend.PHONE_SPLIT: _("A number and its extension were parted"),
    Mend.PHONE_KEPT_AS_WRITTEN: _("A number that cannot be dialled was kept as it is written"),
    Mend.HOURS_UNDERSTOOD: _("Hours in words were understood"),
    Mend.HOURS_KEPT_AS_WORDS: _("Hours were kept as words"),
    Mend.LANGUAGES_SPLIT: _("Several languages in one cell were parted"),
    Mend.LANGUAGE_KEPT_AS_NOTE: _("A language was kept as a note"),
    Mend.COORDINATES_DROPPED: _("A point that is not on the map was left out"),
    Mend.AGES_DROPPED: _("Ages that cannot be were left out"),
    Mend.DATE_DROPPED: _("A date that cannot be was left out"),
    Mend.COUNTRY_DROPPED: _("A country nobody knows was left out"),
    Mend.ADDRESS_JOINED: _("Several lines of an address were joined"),
    Mend.KEPT_CONFIDENTIAL: _("The place is kept confidential"),
}
REFUSALS: dict[Refusal, Any] = {
    Refusal.NO_ID: _("It has no id"),
    Refusal.NO_NAME: _("It has no name"),
    Refusal.ID_SEEN_BEFORE: _("Its id stood in the file before"),
    Refusal.SAID_BEFORE: _("The same was said before"),
    Refusal.ROW_NOT_READABLE: _("The row cannot be read"),
    Refusal.NAMES_NO_SERVICE: _("It names no service"),
    Refusal.NAMES_NOTHING_IT_BELONGS_TO: _("It names nothing it belongs to"),
    Refusal.UNKNOWN_ORGANISATION: _("Its organisation is not in the file"),
    Refusal.UNKNOWN_SERVICE: _("Its service is not in the file"),
    Refusal.UNKNOWN_LOCATION: _("Its place is not in the file"),
    Refusal.UNKNOWN_TERM: _("Its term is not in the file"),
    Refusal.SERVICE_WAS_REFUSED: _("Its service was not taken"),
    Refusal.LOCATION_WAS_REFUSED: _("Its place was not taken"),
    Refusal.NOTHING_IN_IT: _("There is nothing in it"),
    Refusal.TOO_MANY_FOR_ONE: _("There are too many of them for one service"),
}
FAULTS: dict[str, Any] = {
    BROKE_OFF: _("Reading it broke off, and whoever runs this instance can see why."),
    "too_large": _("The file is too large, packed or unpacked."),
    "bursts": _("The file is built to burst when it is unpacked, and was not read."),
    "path_leads_out": _("The file is built to write beside its place, and was not read."),
    "too_many_files": _("The zip holds too many files."),
    "too_many_rows": _("A table of the file has too many rows."),
    "encrypted": _("The zip is locked with a password."),
    "broken_archive": _("The zip is damaged."),
    "no_services_table": _("The zip holds no table of services."),
    "broken_json": _("The JSON is damaged."),
    "no_heads": _("The table has no line of heads."),
    "not_a_table": _("This is no table."),
    "no_services_in_file": _("Not one service in the file could be taken."),
    "directory_for_coordinators": _("Whoever handed it in no longer keeps the directory."),
}
"""What kept a whole file out, by code."""
OUTCOMES: dict[str, Any] = {
    "new": pgettext_lazy("service read", "New"),
    "changed": pgettext_lazy("service read", "Changed"),
    "same": pgettext_lazy("service read", "The same as before"),
    "kept_ours": pgettext_lazy("service read", "Kept as it was corrected here"),
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


def row_word(code: str) -> Any:
    """What became of a row or a value of a file; the code where it has no words."""
    if code in {one.value for one in Mend}:
        return MENDS[Mend(code)]
    return REFUSALS[Refusal(code)] if code in {one.value for one in Refusal} else code


def fault_word(code: str) -> Any:
    """What kept a whole file out."""
    return FAULTS.get(code, _("No services could be found in this file."))


def outcome_word(code: str) -> Any:
    """What a reading changed of a service."""
    return OUTCOMES.get(code, code)

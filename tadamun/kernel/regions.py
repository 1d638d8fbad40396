"""What differs between the countries of one language: digits, month names, separators, money, calendar, emergency call.

The values are defaults for a community's settings, checked against CLDR and the numbering metadata of libphonenumber.
"""

from __future__ import annotations

from dataclasses import dataclass

from tadamun.kernel.digits import DigitSystem

Months = tuple[str, str, str, str, str, str, str, str, str, str, str, str]

LEVANT: Months = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيّار",
    "حزيران",
    "تمّوز",
    "آب",
    "أيلول",
    "تشرين الأوّل",
    "تشرين الثاني",
    "كانون الأوّل",
)
NILE_AND_GULF: Months = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
MOROCCO: Months = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
)
ALGERIA_AND_TUNISIA: Months = (
    "جانفي",
    "فيفري",
    "مارس",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
MAURITANIA: Months = (
    "يناير",
    "فبراير",
    "مارس",
    "إبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغشت",
    "شتمبر",
    "أكتوبر",
    "نوفمبر",
    "دجمبر",
)

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


@dataclass(frozen=True, slots=True)
class Region:
    """How numbers, dates and calls are written in one country.

    `name` is an English message id. `decimal` and `group` are the separators between the region's own digits in Arabic
    text. `first_weekday` counts from Monday = 0, as `datetime.weekday` does. `emergency` is what to dial in danger.
    """

    code: str
    name: str
    digits: DigitSystem
    months: Months
    currency: str
    phone_prefix: str
    first_weekday: int
    emergency: str
    time_zone: str
    decimal: str = "٫"
    group: str = "٬"


FALLBACK = Region("ZZ", "Another country", "arab", NILE_AND_GULF, "USD", "", MONDAY, "112", "UTC")

_REGIONS = (
    Region("JO", "Jordan", "arab", LEVANT, "JOD", "+962", SATURDAY, "911", "Asia/Amman"),
    Region("SY", "Syria", "arab", LEVANT, "SYP", "+963", SATURDAY, "112", "Asia/Damascus"),
    Region("LB", "Lebanon", "arab", LEVANT, "LBP", "+961", MONDAY, "112", "Asia/Beirut"),
    Region("PS", "Palestine", "arab", LEVANT, "ILS", "+970", SATURDAY, "100", "Asia/Hebron"),
    Region("IQ", "Iraq", "arab", LEVANT, "IQD", "+964", SATURDAY, "104", "Asia/Baghdad"),
    Region("EG", "Egypt", "arab", NILE_AND_GULF, "EGP", "+20", SATURDAY, "122", "Africa/Cairo"),
    Region("SD", "Sudan", "arab", NILE_AND_GULF, "SDG", "+249", SATURDAY, "999", "Africa/Khartoum"),
    Region("SA", "Saudi Arabia", "arab", NILE_AND_GULF, "SAR", "+966", SUNDAY, "911", "Asia/Riyadh"),
    Region("YE", "Yemen", "arab", NILE_AND_GULF, "YER", "+967", SUNDAY, "199", "Asia/Aden"),
    Region("KW", "Kuwait", "arab", NILE_AND_GULF, "KWD", "+965", SATURDAY, "112", "Asia/Kuwait"),
    Region("BH", "Bahrain", "arab", NILE_AND_GULF, "BHD", "+973", SATURDAY, "999", "Asia/Bahrain"),
    Region("QA", "Qatar", "arab", NILE_AND_GULF, "QAR", "+974", SATURDAY, "999", "Asia/Qatar"),
    Region("OM", "Oman", "arab", NILE_AND_GULF, "OMR", "+968", SATURDAY, "9999", "Asia/Muscat"),
    Region(
        "AE",
        "United Arab Emirates",
        "latn",
        NILE_AND_GULF,
        "AED",
        "+971",
        MONDAY,
        "999",
        "Asia/Dubai",
        decimal=".",
        group=",",
    ),
    Region(
        "MA",
        "Morocco",
        "latn",
        MOROCCO,
        "MAD",
        "+212",
        MONDAY,
        "19",
        "Africa/Casablanca",
        decimal=",",
        group=".",
    ),
    Region(
        "DZ",
        "Algeria",
        "latn",
        ALGERIA_AND_TUNISIA,
        "DZD",
        "+213",
        SATURDAY,
        "17",
        "Africa/Algiers",
        decimal=",",
        group=".",
    ),
    Region(
        "TN",
        "Tunisia",
        "latn",
        ALGERIA_AND_TUNISIA,
        "TND",
        "+216",
        MONDAY,
        "197",
        "Africa/Tunis",
        decimal=",",
        group=".",
    ),
    Region(
        "LY",
        "Libya",
        "latn",
        NILE_AND_GULF,
        "LYD",
        "+218",
        SATURDAY,
        "193",
        "Africa/Tripoli",
        decimal=",",
        group=".",
    ),
    Region(
        "MR",
        "Mauritania",
        "latn",
        MAURITANIA,
        "MRU",
        "+222",
        MONDAY,
        "17",
        "Africa/Nouakchott",
        decimal=",",
        group=".",
    ),
)
REGIONS: dict[str, Region] = {region.code: region for region in _REGIONS}

# ISO 4217 minor-unit digits where they are not two; dinars of the Mashriq and the Gulf have a thousand parts.
_THOUSANDTHS = frozenset({"JOD", "IQD", "KWD", "BHD", "OMR", "TND", "LYD"})


def region(code: str) -> Region:
    """The region of a two-letter code, or the fallback for one that is not listed."""
    return REGIONS.get(code.upper(), FALLBACK)


def minor_digits(currency: str) -> int:
    """How many decimal digits one unit of a currency has: 3 for a dinar of a thousand parts, else 2."""
    return 3 if currency in _THOUSANDTHS else 2

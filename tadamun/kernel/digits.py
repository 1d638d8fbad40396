"""Digit sets: what people type is read to Latin, what they read is written in their region's own."""

from __future__ import annotations

from typing import Literal

DigitSystem = Literal["arab", "latn"]

LATIN = "0123456789"
ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
PERSIAN = "۰۱۲۳۴۵۶۷۸۹"

_TO_LATIN = str.maketrans(ARABIC_INDIC + PERSIAN, LATIN + LATIN)
_TO_ARABIC_INDIC = str.maketrans(LATIN + PERSIAN, ARABIC_INDIC + ARABIC_INDIC)
# U+066B and U+066C separate decimals and thousands between Arabic-Indic digits; people also group with spaces.
_NUMBER_MARKS = str.maketrans(
    {"٫": ".", "٬": "", ",": "", " ": "", "\u00a0": "", "\u202f": "", "\u2212": "-"}
)


def to_latin(text: str) -> str:
    """The same text with Arabic-Indic and Persian digits as Latin ones; nothing else changes."""
    return text.translate(_TO_LATIN)


def to_arabic_indic(text: str) -> str:
    """The same text with Latin and Persian digits as Arabic-Indic ones; nothing else changes."""
    return text.translate(_TO_ARABIC_INDIC)


def to_digits(text: str, system: DigitSystem) -> str:
    """The same text with every digit in one system: `arab` (٠١٢) or `latn` (012)."""
    return to_arabic_indic(text) if system == "arab" else to_latin(text)


def to_plain_number(text: str) -> str:
    """A number as typed, ready for `int` or `Decimal`: Latin digits, a point, no grouping.

    It only rewrites: what is no number stays none, and the caller's parsing refuses it. A comma groups thousands here,
    as Arabic writes decimals with «٫» and keyboards with a point.
    """
    return to_latin(text).translate(_NUMBER_MARKS)

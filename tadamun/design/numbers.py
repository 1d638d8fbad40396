"""Numbers, shares, distances and money as a reader of the region writes them.

Everything is formatted in Latin first; digits and separators are then translated in `number` alone.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from tadamun.design.region import current_region, in_arabic, language, shown_digits
from tadamun.kernel.digits import to_plain_number
from tadamun.kernel.regions import minor_digits

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
MINUS = "\u2212"
# A sign must not wander to the other side of its digits in a line of the other direction.
_ARABIC_MARK, _LEFT_TO_RIGHT_MARK = "\u061c", "\u200e"

# Below a kilometre distances are shown by tens of metres, below ten kilometres with one decimal.
_METRE_STEP, _KILOMETRE, _WITH_DECIMAL = 10, 1000, 10

_ARABIC_CURRENCIES = {
    "JOD": "د.أ",
    "SYP": "ل.س",
    "LBP": "ل.ل",
    "ILS": "شيكل",
    "IQD": "د.ع",
    "EGP": "ج.م",
    "SDG": "ج.س",
    "SAR": "ر.س",
    "YER": "ر.ي",
    "KWD": "د.ك",
    "BHD": "د.ب",
    "QAR": "ر.ق",
    "OMR": "ر.ع",
    "AED": "د.إ",
    "MAD": "د.م",
    "DZD": "د.ج",
    "TND": "د.ت",
    "LYD": "د.ل",
    "MRU": "أ.م",
    "USD": "دولار",
    "EUR": "يورو",
}


def _separators() -> tuple[str, str]:
    """Decimal and grouping separators of the language and region."""
    if in_arabic():
        return current_region().decimal, current_region().group
    return (",", NARROW_NO_BREAK) if language() == "fr" else (".", ",")


def _sign() -> str:
    if not in_arabic():
        return MINUS
    return (_ARABIC_MARK if current_region().digits == "arab" else _LEFT_TO_RIGHT_MARK) + MINUS


def _as_decimal(value: Any) -> Decimal | None:
    if isinstance(value, float):
        return Decimal(str(round(value, 2)))
    try:
        amount = Decimal(to_plain_number(str(int(value) if isinstance(value, bool) else value)))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def number(value: Any, decimals: int | str | None = None) -> str:
    """A number with the region's digits and separators; what is none comes back with only its digits translated.

    :param decimals: how many places, always; without it as many as the value has (two at most for a float).
    """
    if value is None or value == "":
        return ""
    amount = _as_decimal(value)
    if amount is None:
        return shown_digits(str(value))
    if decimals is not None and str(decimals).isdecimal():
        amount = amount.quantize(Decimal(1).scaleb(-int(decimals)), rounding=ROUND_HALF_UP)
        latin = f"{abs(amount):,f}"
    else:
        latin = f"{abs(amount):,f}"
        latin = latin.rstrip("0").rstrip(".") if "." in latin else latin
    decimal, group = _separators()
    whole, _point, fraction = latin.partition(".")
    shown = whole.replace(",", group) + (decimal + fraction if fraction else "")
    return (_sign() if amount < 0 else "") + shown_digits(shown)


def number_or_word(value: Any) -> str:
    """As `number`, but a lone zero in words: a lone «٠» reads as a bullet."""
    return _("zero") if _as_decimal(value) == 0 else number(value)


def percent(share: Any, decimals: int | str = 0) -> str:
    """A share from 0 to 1 as per cent."""
    amount = _as_decimal(str(share)) if share is not None else None
    if amount is None:
        return ""
    shown = number(amount * 100, decimals)
    if in_arabic():
        return f"{shown}٪" if current_region().digits == "arab" else f"{_LEFT_TO_RIGHT_MARK}{shown}%"
    return f"{shown}{NARROW_NO_BREAK}%" if language() == "fr" else f"{shown}%"


def distance(kilometres: Any) -> str:
    """A distance in metres (by tens) below a kilometre, else in kilometres, with one decimal below ten."""
    amount = _as_decimal(str(kilometres)) if kilometres is not None else None
    if amount is None:
        return ""
    metres = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)) * _METRE_STEP
    if metres < _KILOMETRE:
        return (_("%(n)s m") % {"n": number(max(metres, _METRE_STEP))}).replace(" ", NO_BREAK)
    places = Decimal("0.1") if amount < _WITH_DECIMAL else Decimal(1)
    return (_("%(n)s km") % {"n": number(amount.quantize(places, rounding=ROUND_HALF_UP))}).replace(
        " ", NO_BREAK
    )


def money(minor: Any, currency: str | None = None) -> str:
    """An amount in integer minor units; a whole amount carries no decimals.

    :param currency: ISO 4217 code; the region's own without it.
    """
    if minor is None or minor == "":
        return ""
    unit = currency or current_region().currency
    places = minor_digits(unit)
    amount = Decimal(int(minor)).scaleb(-places)
    shown = number(amount, 0 if amount == amount.to_integral_value() else places)
    if in_arabic():
        return f"{shown}{NO_BREAK}{_ARABIC_CURRENCIES.get(unit, unit)}"
    return f"{shown}{NO_BREAK}{unit}" if language() == "fr" else f"{unit}{NO_BREAK}{shown}"

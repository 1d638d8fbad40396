"""Phones, codes and people's own words: safe in a line of either direction."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tadamun.design.icons import icon
from tadamun.design.region import current_region
from tadamun.kernel.digits import to_latin

_FULL_LENGTH = 7


def isolated(text: Any) -> SafeString:
    """What a person typed, kept from turning the sentence around it."""
    return format_html("<bdi>{}</bdi>", "" if text is None else text)


def code(value: Any, group: int | str = 0) -> SafeString:
    """A number that is read out: request numbers, delivery codes, PINs. Always Latin digits.

    :param group: put a space after every so many characters.
    """
    text = to_latin("" if value is None else str(value))
    size = int(group or 0)
    if size:
        text = " ".join(text[start : start + size] for start in range(0, len(text), size))
    return format_html('<bdi dir="ltr" class="code">{}</bdi>', text)


def phone_text(value: Any) -> str:
    """A phone number as it is dialled in the region, its groups parted by spaces, never by dashes."""
    text = to_latin(str(value or "")).strip()
    if not text.startswith("+"):
        return text.replace("-", " ")
    try:
        parsed = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return text
    home = f"+{parsed.country_code}" == current_region().phone_prefix
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, shape).replace("-", " ")


def phone(
    value: Any,
    *,
    link: bool = False,
    label: Any = "",
    masked: bool = False,
    cls: str = "ph",
    icon_name: str = "",
) -> SafeString:
    """A phone number in Latin digits, left to right, not broken over two lines; as a call link when asked.

    :param masked: show only the last two digits; such a number is never a link.
    """
    text = to_latin(str(value or "")).strip()
    if not text:
        return SafeString("")
    shown = f"••• ••{text[-2:]}" if masked and len(text) >= _FULL_LENGTH else phone_text(text)
    number = format_html('<bdi dir="ltr" class="num">{}</bdi>', shown)
    if masked or not link:
        return number
    target = "".join(mark for mark in text if mark.isdigit() or mark in "+*#")
    lead = icon(icon_name) if icon_name else ""
    words = format_html("<span>{} {}</span>", label, number) if label else number
    return format_html('<a class="{}" href="tel:{}">{}{}</a>', cls, target, lead, words)

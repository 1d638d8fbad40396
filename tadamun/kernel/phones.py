"""Phone numbers as people write them, read to E.164."""

from __future__ import annotations

import phonenumbers

from tadamun.kernel.digits import to_latin
from tadamun.kernel.errors import TadamunError
from tadamun.kernel.text import clean_line


class PhoneNotUnderstood(TadamunError):
    """The text is not a phone number that can be called."""


def read_phone(text: str, *, region: str) -> str:
    """The E.164 form of a phone number, in either digit set, with or without the country's prefix.

    :param region: two-letter code of the country to assume when none is written.
    :raises PhoneNotUnderstood: no number of a possible length for that country.
    """
    try:
        number = phonenumbers.parse(to_latin(clean_line(text))[:40], region)
    except phonenumbers.NumberParseException:
        raise PhoneNotUnderstood from None
    if not phonenumbers.is_possible_number(number):
        raise PhoneNotUnderstood
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def has_numbers(region: str) -> bool:
    """Whether the numbers of a country are known, by its two-letter code."""
    return region in phonenumbers.SUPPORTED_REGIONS


def national_form(e164: str) -> str:
    """The number as it is dialled at home, for showing."""
    number = phonenumbers.parse(e164, None)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)

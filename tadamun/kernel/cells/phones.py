"""Phone numbers as they stand in sheets: without the leading zero, as a number, two in one cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

from tadamun.kernel.cells.cell import Cell, is_nothing, text_of
from tadamun.kernel.cells.problems import CellProblem
from tadamun.kernel.digits import to_latin
from tadamun.kernel.text import clean_line

# A number that the spreadsheet shows in powers of ten: 7.91234567E+08.
_POWER = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_BETWEEN = re.compile(r"[،,;؛|&\n]|\s[-–—]\s|\s+و\s*(?=[+\d])|\b(?:او|أو|or|ou|et|and)\b")
_STROKE = re.compile(r"[/\\]")
_TWO_JOINED = re.compile(r"(\d{8,})[-–—](\d{8,})")
_DIGITS_LEAST, _DIGITS_MOST = 6, 40
# A number this long names its country, even where the sheet ate the sign.
_NAMES_COUNTRY = 12


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """The first number of a cell as E.164, and the others that stand beside it."""

    phone: str
    others: tuple[str, ...] = ()


def read_phones(cell: Cell, *, region: str) -> PhoneReading:
    """The numbers of a cell, in either digit set.

    :param region: the country of a number that does not name one.
    :raises CellProblem: `phone_missing`, `phone_digits_lost` where the sheet kept a rounded number, or
        `phone_not_understood`.
    """
    if is_nothing(cell):
        raise CellProblem("phone_missing")
    text = _spelt_out(cell)
    whole = _sound(text, region=region)
    if whole:
        return PhoneReading(whole)
    found: list[str] = []
    for piece in _pieces(text):
        number = _sound(piece, region=region)
        if number and number not in found:
            found.append(number)
    if not found:
        raise CellProblem("phone_not_understood" if any(c.isdigit() for c in text) else "phone_missing")
    return PhoneReading(found[0], tuple(found[1:]))


def dialled_form(e164: str, *, region: str) -> str:
    """The digits to dial at home; a number of another country stays E.164."""
    number = phonenumbers.parse(e164, None)
    if number.country_code != phonenumbers.country_code_for_region(region):
        return e164
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(c for c in shown if c.isdigit())


def _spelt_out(cell: Cell) -> str:
    plain = unicodedata.normalize("NFKC", to_latin(text_of(cell))).strip().lstrip("'").strip()
    power = _POWER.fullmatch(plain.replace(" ", ""))
    if power:
        first, rest, places = power[1], power[2] or "", int(power[3])
        if len(rest.rstrip("0")) == 0 or len(rest) < places:
            raise CellProblem("phone_digits_lost")
        return first + rest[:places]
    return re.sub(r"^(\d+)\.0+$", r"\1", plain)


def _pieces(text: str) -> list[str]:
    """The parts that may be a number each, from the coarsest cut to single words."""
    parts: list[str] = []
    for part in _BETWEEN.split(text):
        parts.append(part)
        strokes = _STROKE.split(part)
        if len(strokes) > 1:
            parts += strokes
        parts += [run for run in re.findall(r"[+\d][\d().\-]{6,}", part) if run != part]
        parts += _TWO_JOINED.findall(part)[0] if _TWO_JOINED.findall(part) else ()
    return parts


def _sound(text: str, *, region: str) -> str:
    digits = re.sub(r"[^\d+]", "", clean_line(text))
    if not _DIGITS_LEAST <= len(digits) <= _DIGITS_MOST:
        return ""
    if digits.endswith("+"):  # text that runs to the left puts the sign behind
        digits = "+" + digits.rstrip("+")
    for tried in _ways(digits, region=region):
        try:
            number = phonenumbers.parse(tried, region if region in phonenumbers.SUPPORTED_REGIONS else None)
        except phonenumbers.NumberParseException:
            continue
        if _can_be_called(number, named=tried.startswith("+") or tried.startswith("00")):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""


def _ways(digits: str, *, region: str) -> list[str]:
    """The number as it stands; then with the sign that was eaten, or without a zero before the country."""
    ways = [digits]
    if not digits.startswith("+") and len(digits) >= _NAMES_COUNTRY:
        ways.append("+" + digits)
        prefix = str(phonenumbers.country_code_for_region(region))
        if digits.startswith("0" + prefix):
            ways.append("+" + digits[1:])
    return ways


def _can_be_called(number: phonenumbers.PhoneNumber, *, named: bool) -> bool:
    """A number of the country's plan, or one shaped like its mobile numbers: new ranges open faster than lists."""
    if phonenumbers.is_valid_number(number):
        return True
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return False
    home = phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(
        number.country_code or 0
    )
    mobile = phonenumbers.example_number_for_type(home, phonenumbers.PhoneNumberType.MOBILE)
    if mobile is None:
        return named
    own, like = str(number.national_number), str(mobile.national_number)
    return len(own) == len(like) and own[0] == like[0]

"""Numbers are written as their reader writes them."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tadamun.design.counts import NOUNS, counted
from tadamun.design.numbers import distance, money, number, number_or_word, percent
from tadamun.design.region import activate_region, current_region, deactivate_region, regional, shown_digits
from tadamun.kernel.digits import to_latin


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7, "٧"),
        (1234567, "١٬٢٣٤٬٥٦٧"),
        (1.4, "١٫٤"),
        (Decimal("2.50"), "٢٫٥"),
        ("12", "١٢"),
        (None, ""),
        ("", ""),
        ("نحو 12 بيتًا", "نحو ١٢ بيتًا"),
        (-3, "\u061c\u2212٣"),
    ],
)
def test_a_number_has_the_digits_and_separators_of_the_mashriq(value: Any, shown: str) -> None:
    assert number(value) == shown


def test_decimals_are_kept_when_asked_for() -> None:
    assert number(2, 2) == "٢٫٠٠"
    assert number(Decimal("2.345"), "2") == "٢٫٣٥"


@pytest.mark.parametrize(
    ("code", "shown"),
    [("JO", "١٬٢٣٤٫٥"), ("EG", "١٬٢٣٤٫٥"), ("AE", "1,234.5"), ("MA", "1.234,5"), ("TN", "1.234,5")],
)
def test_digits_follow_the_region(code: str, shown: str) -> None:
    with regional(code):
        assert number(1234.5) == shown


def test_other_languages_have_latin_digits_in_any_region() -> None:
    with translation.override("en"):
        assert number(1234.5) == "1,234.5"
        assert shown_digits("٣") == "3"
    with translation.override("fr"):
        assert number(1234.5) == "1\u202f234,5"


def test_a_lone_zero_is_said_in_words() -> None:
    assert number_or_word(0) == "صفر"
    assert number_or_word(3) == "٣"


def test_shares_are_per_cent() -> None:
    assert percent(Decimal("0.58")) == "٥٨٪"
    assert percent(0.125, 1) == "١٢٫٥٪"
    assert percent(None) == ""
    with translation.override("en"):
        assert percent(1) == "100%"


@pytest.mark.parametrize(
    ("kilometres", "shown"),
    [(0.6, "٦٠٠ م"), (0.004, "١٠ م"), (0.996, "١ كم"), (1.44, "١٫٤ كم"), (23.4, "٢٣ كم"), (None, "")],
)
def test_distances_are_metres_then_kilometres(kilometres: float | None, shown: str) -> None:
    assert distance(kilometres).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [(25500, "JOD", "٢٥٫٥٠٠ د.أ"), (120000, "SAR", "١٬٢٠٠ ر.س"), (5000, None, "٥ د.أ"), (None, None, "")],
)
def test_money_is_counted_in_minor_units(minor: int | None, currency: str | None, shown: str) -> None:
    assert money(minor, currency).replace("\u00a0", " ") == shown


def test_money_in_other_languages_names_the_currency_by_its_code() -> None:
    with translation.override("en"):
        assert money(25500, "JOD").replace("\u00a0", " ") == "JOD 25.500"


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        ("days", ["لا أيّام", "يوم واحد", "يومان", "٣ أيّام", "١١ يومًا", "١٠٠ يوم", "١٠٣ أيّام"]),
        ("people", ["لا أحد", "شخص واحد", "شخصان", "٣ أشخاص", "١١ شخصًا", "١٠٠ شخص", "١٠٣ أشخاص"]),
        ("hours", ["لا ساعات", "ساعة واحدة", "ساعتان", "٣ ساعات", "١١ ساعة", "١٠٠ ساعة", "١٠٣ ساعات"]),
    ],
)
def test_counted_nouns_take_all_six_forms(noun: str, forms: list[str]) -> None:
    assert [counted(noun, count) for count in (0, 1, 2, 3, 11, 100, 103)] == forms


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_translated_in_every_form(noun: str) -> None:
    for language in ("ar", "fr"):
        with translation.override(language):
            shown = [counted(noun, count) for count in (0, 1, 2, 3, 11, 100)]
            assert len(set(shown)) == 6, (language, shown)
    with translation.override("ar"):
        assert not any(letter.isascii() and letter.isalpha() for letter in counted(noun, 11))


def test_what_is_no_count_is_left_out() -> None:
    assert counted("days", "many") == ""


def test_the_region_lasts_until_the_next_one_is_chosen() -> None:
    activate_region("ma")
    assert current_region().code == "MA"
    deactivate_region()
    assert current_region().code == "ZZ"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_every_integer_can_be_read_back(value: int) -> None:
    with translation.override("ar"), regional("JO"):
        plain = to_latin(number(value)).replace("٬", "").replace("\u061c", "").replace("\u2212", "-")
    assert int(plain) == value

"""Digits go both ways without touching anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.kernel.digits import to_arabic_indic, to_digits, to_latin, to_plain_number


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("٠٧٩١٢٣٤٥٦٧", "0791234567"),
        ("۰۷۹۱۲۳۴۵۶۷", "0791234567"),
        ("الساعة ٨:٣٠", "الساعة 8:30"),
        ("no digits", "no digits"),
        ("", ""),
    ],
)
def test_reads_both_arabic_digit_sets(typed: str, read: str) -> None:
    assert to_latin(typed) == read


def test_writes_the_digits_of_a_system() -> None:
    assert to_digits("1042", "arab") == "١٠٤٢"
    assert to_digits("۱۰٤2", "latn") == "1042"
    assert to_arabic_indic("۱۰٤2") == "١٠٤٢"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("١٬٢٣٤٫٥", "1234.5"), ("1,234.5", "1234.5"), ("1 234", "1234"), ("\u2212٥", "-5"), ("خمسة", "خمسة")],
)
def test_prepares_a_typed_number_for_parsing(typed: str, plain: str) -> None:
    assert to_plain_number(typed) == plain


@given(st.text())
def test_there_and_back_changes_nothing_but_digits(text: str) -> None:
    assert to_latin(to_arabic_indic(text)) == to_latin(text)
    assert len(to_latin(text)) == len(text)

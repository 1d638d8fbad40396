"""One person's name in several spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.kernel.arabic import fold_name, name_keys, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("فاطمة", "فاطمه"),
        ("هدى", "هدي"),
        ("عبد الله", "عبدالله"),
        ("مُحمّد", "محمد"),
        ("José", "jose"),
    ],
)
def test_spellings_of_one_name_fold_to_one(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مريم", "مريام"),
        ("الزهراء", "زهرة"),
        ("يحيى", "يحي"),
        ("Mohammed", "Muhamad"),
        ("Fatimah", "fatima"),
        ("أحمد خالد الحسن", "احمد الحسن"),
    ],
)
def test_misspelt_names_meet_by_their_consonants(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("أحمد خالد", "أحمد سمير"), ("هند", "هدى"), ("", "أحمد"), ("؟", "!")]
)
def test_different_names_do_not_meet(one: str, other: str) -> None:
    assert not same_name(one, other)


@given(st.text(alphabet="ابتجحدرسعفقلمنهويةىءأإآؤئ abcdehiklmnoruwyz"))
def test_a_name_is_its_own(name: str) -> None:
    keys = name_keys(name)
    assert fold_name(fold_name(name)) == fold_name(name)
    assert bool(keys.exact) == bool(keys.skeletons)
    assert same_name(name, name) == bool(keys.exact)

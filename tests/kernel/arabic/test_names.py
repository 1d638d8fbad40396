"""One person's name in several spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.kernel.arabic import fold_name, name_keys, name_readings, same_name


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
        ("ليلى", "ليلا"),
        ("عائشة", "عيشة"),
        ("ريم", "رييم"),
        ("الهادي", "هادى"),
    ],
)
def test_misspelt_names_meet_by_their_consonants(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد خالد", "أحمد سمير"),
        ("هند", "هدى"),
        ("", "أحمد"),
        ("؟", "!"),
        ("ليلى", "ليلة"),
        ("ليلى", "الله"),
        ("أيمن", "منى"),
        ("أمين", "آمنة"),
        ("هدى", "هدية"),
    ],
)
def test_different_names_do_not_meet(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("للقاسم", "القاسم"),
        ("والقاسم", "قاسم"),
        ("وللقاسم", "أبو القاسم"),
        ("للزهراء", "زهرة"),
        ("لأحمد", "احمد"),
        ("لعبد الله", "عبدالله"),
    ],
)
def test_what_is_joined_to_a_name_in_a_query_does_not_hide_it(asked: str, name: str) -> None:
    (word,) = name_keys(asked).exact
    readings, keys = name_readings(word), name_keys(name)

    assert {*readings.exact, *readings.skeletons} & {*keys.exact, *keys.skeletons}


@pytest.mark.parametrize(
    ("asked", "name"), [("والي", "علي"), ("لطيفة", "طفلة"), ("لينا", "ينا"), ("بالي", "الي")]
)
def test_a_name_that_only_looks_joined_is_no_other_name(asked: str, name: str) -> None:
    readings, keys = name_readings(name_keys(asked).exact[0]), name_keys(name)

    assert not {*readings.exact} & {*keys.exact}
    assert not {*readings.skeletons} & {*keys.skeletons}


@given(st.text(alphabet="ابتجحدرسعفقلمنهويةىءأإآؤئ abcdehiklmnoruwyz"))
def test_a_name_is_its_own(name: str) -> None:
    keys = name_keys(name)
    assert fold_name(fold_name(name)) == fold_name(name)
    assert bool(keys.exact) == bool(keys.skeletons)
    assert same_name(name, name) == bool(keys.exact)

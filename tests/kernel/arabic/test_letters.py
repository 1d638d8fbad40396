"""One spelling for what people spell in many."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.kernel.arabic import Analyser, Lexicon, fold, words
from tadamun.kernel.arabic.letters import pieces, surfaces

BARE = Analyser(Lexicon())
TEXTS = st.text(alphabet=st.one_of(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), st.characters()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أسرة", "اسره"),
        ("إيجار", "ايجار"),
        ("آلة", "اله"),
        ("مستشفى", "مستشفي"),
        ("مسؤول", "مسوول"),
        ("بئر", "بير"),
        ("حَلِيبٌ", "حليب"),
        ("بطّـــانيّة", "بطانية"),
        ("\u2067سلّة\u2069", "سلة"),
        ("١٢٣", "123"),
        ("۱۲۳", "123"),
        ("کیس", "كيس"),
        ("École", "ecole"),
        ("Cœur", "coeur"),
        ("ﻛﺘﺎب", "كتاب"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("with_hamza", "without"), [("دواء", "دوا"), ("قراءة", "قرائة"), ("شتاءً", "شتا"), ("كهرباء", "كهربا")]
)
def test_a_hamza_left_out_changes_nothing(with_hamza: str, without: str) -> None:
    assert pieces(with_hamza) == pieces(without)


def test_water_is_not_the_word_what() -> None:
    assert pieces("ماء") != pieces("ما")
    assert BARE.tokens("الماء") == BARE.tokens("ماء")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("٣ بطّانيات، و٥ أغطية", ["3", "بطانيات", "و", "5", "اغطيه"]),
        ("مقاس ١٫٥ أو 1,000", ["مقاس", "1p5", "او", "1000"]),
        ("l'eau d'hiver", ["l", "eau", "d", "hiver"]),
        ("—…؟", []),
        ("", []),
    ],
)
def test_words_and_numbers_are_told_apart(text: str, found: list[str]) -> None:
    assert [piece for surface in surfaces(text) for piece in pieces(surface)] == found


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_a_word_is_where_it_says(text: str) -> None:
    found = list(words(text))
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(TEXTS)
def test_pieces_hold_letters_and_digits_only(text: str) -> None:
    assert all(piece.isalnum() for surface in surfaces(text) for piece in pieces(surface))

"""Phones and codes stay as they are dialled and read out; people's words stay in their place."""

from collections.abc import Callable

import pytest

from tadamun.design.inline import code, isolated, phone, phone_text
from tadamun.design.region import regional


@pytest.mark.parametrize(
    ("value", "region", "shown"),
    [
        ("+962790000000", "JO", "07 9000 0000"),
        ("+962790000000", "EG", "+962 7 9000 0000"),
        ("1919", "JO", "1919"),
        ("١٩١٩", "JO", "1919"),
        ("079-000-0000", "JO", "079 000 0000"),
        ("", "JO", ""),
    ],
)
def test_a_phone_is_written_as_it_is_dialled_here(value: str, region: str, shown: str) -> None:
    with regional(region):
        assert phone_text(value) == shown


def test_a_phone_runs_left_to_right_in_latin_digits() -> None:
    assert phone("+962790000000") == '<bdi dir="ltr" class="num">07 9000 0000</bdi>'


def test_a_phone_link_calls_the_full_number() -> None:
    link = phone("+962790000000", link=True, label="اتّصال", cls="pill")
    assert link.startswith('<a class="pill" href="tel:+962790000000">')
    assert "اتّصال" in link


def test_a_masked_phone_shows_two_digits_and_is_no_link() -> None:
    masked = phone("+962790001234", masked=True, link=True)
    assert "34" in masked
    assert "0001" not in masked
    assert "<a" not in masked


def test_a_hostile_phone_is_escaped() -> None:
    hostile = phone('"><script>', link=True)
    assert "<script" not in hostile
    assert 'href="tel:"' in hostile


def test_codes_are_latin_and_may_be_grouped() -> None:
    assert code("١٠٤٢") == '<bdi dir="ltr" class="code">1042</bdi>'
    assert ">481 516<" in code("481516", 3)
    assert code(None) == '<bdi dir="ltr" class="code"></bdi>'


def test_what_people_typed_is_isolated_and_escaped() -> None:
    assert isolated("<b>سامي</b>") == "<bdi>&lt;b&gt;سامي&lt;/b&gt;</bdi>"


def test_the_tags_say_the_same(written: Callable[..., str]) -> None:
    snippet = '{% phone "+962790000000" link=True %}{% code 1042 %}{{ name|bdi }}'
    shown = written(snippet, name="A & B")
    assert 'href="tel:+962790000000"' in shown
    assert ">1042<" in shown
    assert "<bdi>A &amp; B</bdi>" in shown

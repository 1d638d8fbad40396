"""Regions are complete, and write digits as their readers do."""

from zoneinfo import ZoneInfo

import phonenumbers
import pytest

from tadamun.kernel.regions import FALLBACK, REGIONS, Region, minor_digits, region

ARABIC_INDIC = {"SA", "EG", "SY", "JO", "IQ", "LB", "YE", "PS", "KW", "BH", "QA", "OM", "SD"}
LATIN = {"AE", "MA", "DZ", "TN", "LY", "MR"}


def test_every_region_writes_the_digits_of_its_readers() -> None:
    assert {code for code, one in REGIONS.items() if one.digits == "arab"} == ARABIC_INDIC
    assert {code for code, one in REGIONS.items() if one.digits == "latn"} == LATIN


@pytest.mark.parametrize("one", [*REGIONS.values(), FALLBACK], ids=lambda one: one.code)
def test_a_region_is_complete(one: Region) -> None:
    assert len(set(one.months)) == 12
    assert one.first_weekday in range(7)
    assert ZoneInfo(one.time_zone).key == one.time_zone
    assert len(one.currency) == 3
    assert one.currency.isupper()
    assert one.decimal != one.group
    assert (one.decimal, one.group) == ("٫", "٬") or one.digits == "latn"


@pytest.mark.parametrize("one", REGIONS.values(), ids=lambda one: one.code)
def test_prefix_and_emergency_number_are_those_of_the_numbering_plan(one: Region) -> None:
    assert one.phone_prefix == f"+{phonenumbers.country_code_for_region(one.code)}"
    assert phonenumbers.is_emergency_number(one.emergency, one.code)


def test_neighbours_name_the_same_month_differently() -> None:
    assert region("JO").months[2] == "آذار"
    assert region("EG").months[2] == "مارس"
    assert region("MA").months[7] == "غشت"


def test_finds_a_region_by_any_spelling_of_its_code_and_falls_back() -> None:
    assert region("jo") is REGIONS["JO"]
    assert region("") is FALLBACK
    assert region("XX") is FALLBACK


def test_dinars_have_a_thousand_parts() -> None:
    assert (minor_digits("JOD"), minor_digits("SAR")) == (3, 2)

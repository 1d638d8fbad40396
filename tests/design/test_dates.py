"""Days and hours are said, never coded."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from tadamun.design.dates import ahead, between, clock, day, hijri, since, when
from tadamun.design.region import regional

TUESDAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)  # noon in Amman


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_months_are_named_as_in_the_region() -> None:
    assert day(TUESDAY, "long") == "الثلاثاء ١٠ آذار ٢٠٢٦"
    with regional("EG"):
        assert day(TUESDAY, "long") == "الثلاثاء ١٠ مارس ٢٠٢٦"
    with regional("MA"):
        assert day(date(2026, 8, 1), "long") == "السبت 1 غشت 2026"


def test_the_year_stands_only_where_it_is_another() -> None:
    this_year = datetime.now(UTC).year
    assert day(date(this_year, 3, 10), "short") == "١٠ آذار"
    assert day(date(2019, 3, 10), "short") == "١٠ آذار ٢٠١٩"


def test_other_languages_name_days_their_own_way() -> None:
    with translation.override("en"):
        assert day(TUESDAY, "long") == "Tuesday 10 March 2026"
    with translation.override("fr"):
        assert day(date(2026, 3, 1), "long") == "dimanche 1er mars 2026"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (time(20), "٨ مساءً"),
        (time(8, 30), "٨:٣٠ صباحًا"),
        (time(13), "١ ظهرًا"),
        (time(0, 5), "١٢:٠٥ ليلًا"),
        (time(12), "١٢ ظهرًا"),
    ],
)
def test_hours_are_said_with_their_part_of_the_day(at: time, shown: str) -> None:
    assert spaced(clock(at)) == shown


def test_hours_in_other_languages() -> None:
    with translation.override("en"):
        assert spaced(clock(time(20, 15))) == "8:15 pm"
    with translation.override("fr"):
        assert spaced(clock(time(20, 15))) == "20 h 15"
        assert spaced(clock(time(9))) == "9 h"


def test_moments_are_shown_in_the_local_zone() -> None:
    assert spaced(clock(datetime(2026, 3, 10, 16, 0, tzinfo=UTC))) == "٧ مساءً"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (NOON + timedelta(hours=6, minutes=20), "اليوم ٦:٢٠ مساءً"),
        (NOON - timedelta(days=1), "أمس ١٢ ظهرًا"),
        (NOON + timedelta(days=1), "غدًا ١٢ ظهرًا"),
    ],
)
def test_near_moments_are_told_from_today(moment: datetime, shown: str) -> None:
    assert spaced(when(moment, NOON)) == shown


def test_far_moments_are_told_by_their_day() -> None:
    assert spaced(when(NOON - timedelta(days=4), NOON)).startswith("الجمعة ٦ آذار")
    assert spaced(when(NOON - timedelta(days=40), NOON)).startswith("٢٩ كانون الثاني")
    assert when(TUESDAY, NOON) == "اليوم"
    assert when("tomorrow") == ""


@pytest.mark.parametrize(
    ("length", "past", "future"),
    [
        (timedelta(minutes=1), "منذ دقيقة", "بعد ٦ دقائق"),
        (timedelta(hours=2), "منذ ساعتين", "بعد ساعتين"),
        (timedelta(hours=26), "منذ ٢٦ ساعة", "بعد ٢٦ ساعة"),
        (timedelta(days=3), "منذ ٣ أيّام", "بعد ٣ أيّام"),
        (timedelta(days=21), "منذ ٣ أسابيع", "بعد ٣ أسابيع"),
        (timedelta(days=90), "منذ ٣ أشهر", "بعد ٣ أشهر"),
    ],
)
def test_waiting_is_told_in_the_unit_a_person_would_use(length: timedelta, past: str, future: str) -> None:
    assert since(NOON - length, NOON) == past
    assert ahead(NOON + length, NOON) == future


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (time(17), time(20), "من ٥ إلى ٨ مساءً"),
        (time(9), time(13), "من ٩ صباحًا إلى ١ ظهرًا"),
        (date(2026, 3, 10), date(2026, 3, 12), "من ١٠ إلى ١٢ آذار"),
        (date(2026, 2, 28), date(2026, 3, 3), "من ٢٨ شباط إلى ٣ آذار"),
        (3, 5, "من ٣ إلى ٥"),
        (None, time(20), "حتّى ٨ مساءً"),
        (time(17), None, "ابتداءً من ٥ مساءً"),
        (None, None, ""),
    ],
)
def test_spans_are_said_in_words(start: object, end: object, shown: str) -> None:
    said = re.sub(r" \d{4}| [٠-٩]{4}", "", spaced(between(start, end)))
    assert said == shown


def test_a_span_of_moments_names_its_day_once() -> None:
    end = NOON + timedelta(hours=3)
    assert "من ١٢ إلى ٣" not in between(NOON, end)
    assert spaced(between(NOON, end)).endswith("من ١٢ ظهرًا إلى ٣ مساءً")
    assert between(NOON, end).startswith("الثلاثاء ١٠ آذار")


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_no_span_holds_a_dash_between_digits(language: str) -> None:
    with translation.override(language):
        said = " ".join(
            between(start, end)
            for start, end in (
                (time(17), time(20)),
                (TUESDAY, date(2026, 3, 12)),
                (NOON, NOON + timedelta(days=2)),
            )
        )
    assert not re.search(r"[\d٠-٩]\s*[-–—]\s*[\d٠-٩]", said)
    assert not re.search(r"\d{4}-\d\d", said)


def test_hijri_dates_by_the_umm_al_qura_calendar() -> None:
    assert hijri(date(2026, 2, 18)) == "١ رمضان ١٤٤٧"
    assert hijri(date(1800, 1, 1)) == ""
    with translation.override("en"):
        assert hijri(date(2026, 2, 18)) == "1 Ramadan 1447"


def test_a_day_in_full_says_the_hijri_day_too_where_a_community_wants_it() -> None:
    with regional("JO", with_hijri=True):
        assert day(TUESDAY, "long") == "الثلاثاء ١٠ آذار ٢٠٢٦ (٢١ رمضان ١٤٤٧)"
        assert day(TUESDAY, "short") == "١٠ آذار"
        assert "رمضان" not in between(NOON, NOON.replace(day=12))
        with translation.override("fr"):
            assert day(TUESDAY, "long") == "mardi 10 mars 2026 (21 Ramadan 1447)"
    assert "١٤٤٧" not in day(TUESDAY, "long")

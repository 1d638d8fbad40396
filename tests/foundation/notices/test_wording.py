"""Notices in their reader's language, digits and clock."""

from tadamun.foundation.notices.wording import (
    Reader,
    known_kinds,
    register_wording,
    wording_of,
    write_out,
    written_for,
)

COUNTED = {"kind": "tests.counted", "params": {"count": 12, "day_on": "2026-03-10"}}


def test_writes_counts_and_days_in_the_readers_region():
    with written_for(Reader(language="ar", region="JO", time_zone="Asia/Amman")):
        jordan = write_out(**COUNTED).body
    with written_for(Reader(language="ar", region="MA", time_zone="Africa/Casablanca")):
        morocco = write_out(**COUNTED).body

    assert "١٢" in jordan
    assert "آذار" in jordan
    assert "12" in morocco
    assert "مارس" in morocco


def test_chooses_the_plural_by_the_number_it_shows():
    with written_for(Reader(language="en")):
        assert write_out(kind="tests.counted", params={"count": 1, "day_on": "2026-03-10"}).body.startswith(
            "1 parcel on"
        )
        assert write_out(**COUNTED).body.startswith("12 parcels on")


def test_keeps_a_request_number_in_latin_digits_without_separators():
    with written_for(Reader(language="ar", region="JO")):
        assert "1042" in write_out(kind="tests.hello", params={"number": 1042}, url="/x/").body


def test_puts_the_address_at_the_end_when_the_body_has_no_place_for_it():
    with written_for(Reader(language="en")):
        assert write_out(kind="tests.code", params={}, url="https://example.org/a", secret="731").body == (
            "Your code is 731\nhttps://example.org/a"
        )


def test_says_that_there_is_news_for_a_kind_nobody_knows_any_more():
    with written_for(Reader(language="en")):
        assert write_out(kind="gone.away", params={"number": 3}).body == "There is news for you."


def test_writes_an_hour_in_the_communitys_clock():
    register_wording(kind="tests.call", subject="Call", body="We call %(call_at)s")

    with written_for(Reader(language="en", region="JO", time_zone="Asia/Amman")):
        assert (
            "3\u00a0pm" in write_out(kind="tests.call", params={"call_at": "2026-03-10T12:00:00+00:00"}).body
        )
        assert write_out(kind="tests.call", params={"call_at": "soon"}).body == "We call soon"


def test_no_subject_of_any_kind_carries_a_secret_or_a_number():
    for kind in known_kinds():
        subject = str(wording_of(kind=kind).subject)
        assert "%(secret)s" not in subject, kind
        assert "%(url)s" not in subject, kind

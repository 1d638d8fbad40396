"""What people type, made safe to keep and kind to read."""

import pytest

from tadamun.kernel.text import clean_line, clean_text, given_name


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("سامي ناصر", "سامي"),
        ("أمّ خالد الطويل", "أمّ خالد"),
        ("أم ليلى", "أم ليلى"),
        ("أبو يزن عوّاد", "أبو يزن"),
        ("عبد الله سالم", "عبد الله"),
        ("Umm Khaled", "Umm Khaled"),
        ("Claire Petit", "Claire"),
        ("", ""),
    ],
)
def test_a_name_is_shortened_to_what_neighbours_call_somebody(name, called):
    assert given_name(name) == called


def test_controls_and_direction_marks_are_taken_out():
    assert clean_line("a\u202eb\x00  c\n") == "a b c".replace("a b", "ab")
    assert clean_text("one\u2066\n\n\n\ntwo") == "one\n\ntwo"

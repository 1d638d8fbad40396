"""Drawings say in words what they show, and mark a row by its shape."""

import re

from django.template import Context, Template

from tadamun.design.figures import spread, spread_rows


def positions(drawing: str, kind: str) -> list[tuple[str, str]]:
    """Where the strokes of a kind begin and end."""
    return re.findall(rf'class="{kind}" x1="([^"]+)" x2="([^"]+)"', drawing)


class TestSpread:
    def test_is_a_picture_with_its_words(self) -> None:
        drawing = spread(5, 20, label='half "5" days')

        assert 'role="img" aria-label="half &quot;5&quot; days"' in drawing
        assert "style=" not in drawing

    def test_stands_at_its_share_of_the_scale_and_goes_on_to_its_end(self) -> None:
        drawing = spread(5, 20, end=15, label="")

        assert 'cx="25%"' in drawing
        assert positions(drawing, "a") == [("25%", "75%"), ("75%", "75%")]

    def test_without_an_end_comes_from_nothing(self) -> None:
        assert positions(spread(0.5, 1, label=""), "a") == [("50%", "0%")]

    def test_never_leaves_the_scale(self) -> None:
        assert positions(spread(5, 20, end=90, line=-3, label=""), "level") == [("0%", "0%")]
        assert positions(spread(5, 20, end=90, label=""), "a")[0] == ("25%", "100%")

    def test_apart_has_a_shape_of_its_own(self) -> None:
        assert "<circle" in spread(5, 20, label="")
        apart = spread(5, 20, label="", apart=True)
        assert "<circle" not in apart
        assert '<path class="b"' in apart

    def test_nothing_known_draws_no_value(self) -> None:
        drawing = spread(None, 20, label="too few to say", line=4)

        assert positions(drawing, "unknown") == [("0", "100%")]
        assert "<circle" not in drawing
        assert positions(drawing, "a") == []


def test_rows_share_the_scale_of_the_farthest() -> None:
    rows = spread_rows(
        [("East", 5, 20, "5 days"), ("West", 10, 40, "10 days", True), ("North", None, None, "?")]
    )

    assert [row["label"] for row in rows] == ["East", "West", "North"]
    assert positions(rows[0]["drawing"], "a")[0] == ("12.5%", "50%")
    assert positions(rows[1]["drawing"], "b")[0] == ("25%", "100%")


def test_rows_of_which_nothing_is_known_are_drawn() -> None:
    (row,) = spread_rows([("North", None, None, "too few to say")])

    assert 'class="unknown"' in row["drawing"]


def test_the_tag_shows_label_words_and_scale() -> None:
    html = Template(
        "{% load tadamun %}{% spreads rows 'Waiting' far='20 days' key='How to read it' line=5 %}"
    ).render(Context({"rows": [("<East>", 5, 20, "5 days")]}))

    assert "&lt;East&gt;" in html
    assert '<span class="xs" aria-hidden="true">5 days</span>' in html
    assert '<strong class="h3">Waiting</strong>' in html
    assert "How to read it" in html
    assert html.count('class="level"') == 1

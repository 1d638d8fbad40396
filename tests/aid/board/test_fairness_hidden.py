"""What the fairness board hides of small groups stays hidden beside the total: every small table, tried out."""

from itertools import combinations_with_replacement, product

import pytest
from django.urls import reverse

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs.cards import Fared
from tadamun.pillars.aid.needs.queries.fairness import secondary
from tests.aid import make
from tests.aid.board.test_fairness import DAY, lines, of, request_in, seen

LEAST = 3
SIZES = [sizes for rows in range(1, 5) for sizes in combinations_with_replacement(range(1, 6), rows)]


def hidden_of(sizes: tuple[int, ...]) -> list[int]:
    named = dict(enumerate(sizes))
    return [place for place in named if sizes[place] < LEAST or place in secondary(named, least=LEAST)]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_no_hidden_count_follows_from_what_is_shown(sizes: tuple[int, ...]) -> None:
    """A reader knows all sizes, the shown counts and their total; every hidden count could still be another one."""
    hidden = hidden_of(sizes)
    if sum(sizes) < LEAST:
        return  # The total is hidden too.
    for counts in product(*(range(sizes[place] + 1) for place in hidden)):
        left_over = sum(counts)
        if left_over in {0, sum(sizes[place] for place in hidden)}:
            continue  # None or all of a group that is large enough to be told of.
        possible = [
            other
            for other in product(*(range(sizes[place] + 1) for place in hidden))
            if sum(other) == left_over
        ]
        for place in range(len(hidden)):
            assert len({other[place] for other in possible}) > 1


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_what_is_left_over_is_itself_large_enough(sizes: tuple[int, ...]) -> None:
    hidden = hidden_of(sizes)
    whole = sum(sizes)
    assert not hidden or whole < LEAST or sum(sizes[place] for place in hidden) >= LEAST


def test_nothing_is_hidden_where_no_group_is_small() -> None:
    assert secondary({"a": 11, "b": 40}, least=11) == set()


def test_no_more_is_hidden_than_needed() -> None:
    assert secondary({"a": 5, "b": 6, "c": 12, "d": 13}, least=11) == set()
    assert secondary({"a": 5, "b": 4, "c": 12, "d": 13}, least=11) == {"c"}
    assert secondary({"a": 10, "c": 13, "d": 12}, least=11) == {"d"}


@pytest.fixture
def rows(community: Community, coordinator: Person) -> tuple[Fared, ...]:
    """Three lines in one area, eleven in another that waits long, thirty in the first."""
    small, slow = (
        make.make_area(community, name="الصغيرة", km=1),
        make.make_area(community, name="البطيئة", km=2),
    )
    lines(request_in(community, small), 3, waited=2 * DAY)
    lines(request_in(community, slow), 11, waited=20 * DAY)
    lines(request_in(community, community.areas.get(name="الزيتون")), 30, waited=2 * DAY)
    return seen(community, coordinator).areas


def test_the_next_smallest_keeps_its_counts_back_and_still_says_that_it_waits(rows) -> None:
    small, slow = of(rows, "الصغيرة"), of(rows, "البطيئة")
    assert (small.few, small.kept_back) == (True, False)
    assert (slow.few, slow.kept_back) == (False, True)
    assert {slow.met, slow.part_met, slow.still_open, slow.ended, slow.share} == {None}
    assert (slow.asked, slow.half, slow.twice) == (11, 20 * 24, True)


def test_the_page_says_that_it_is_kept_back(desk, community, rows) -> None:
    html = desk.get(reverse("needs:fairness", args=[community.slug]) + "?span=all").content.decode()
    assert "kept back" in html

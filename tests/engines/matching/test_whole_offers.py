"""Whole offers: a bed goes to one household, whole, and before anything is shared out."""

from __future__ import annotations

import numpy as np

from tadamun.engines import matching
from tests.engines.matching.worlds import Ask, Give, taken, verdict, world


def test_a_whole_offer_serves_one_need_that_it_covers():
    instance = world([Ask(0, quantity=3), Ask(1, quantity=3)], [Give(0, quantity=4, divisible=False)])

    result = matching.solve(instance=instance)

    assert taken(result) == [(0, 0, 3)]
    assert verdict(instance, result) == []


def test_a_whole_offer_that_does_not_cover_a_need_is_not_for_it():
    instance = world([Ask(0, quantity=5, tier=0), Ask(9, quantity=2)], [Give(0, quantity=4, divisible=False)])

    result = matching.solve(instance=instance)

    assert taken(result) == [(1, 0, 2)]
    reason = matching.explain(instance=instance, result=result)[0]
    assert reason.code is matching.ReasonCode.NOTHING_LARGE_ENOUGH


def test_whole_offers_go_first_where_both_kinds_are_and_the_certificate_says_so():
    instance = world([Ask(0, quantity=2)], [Give(0, quantity=2), Give(30, quantity=2, divisible=False)])

    result = matching.solve(instance=instance)

    assert taken(result) == [(0, 1, 2)]
    assert result.certificate.mixed_categories == (0,)
    assert [part.kind for part in result.certificate.parts] == [matching.Kind.WHOLE, matching.Kind.SHARED]
    assert verdict(instance, result) == []


def test_more_households_are_housed_rather_than_the_first_one_nearer():
    # The first need could take either home, the second only the first home.
    asks = [Ask(0, quantity=2, tier=0), Ask(1, quantity=4)]
    gives = [Give(0, quantity=4, divisible=False), Give(20, quantity=2, divisible=False)]
    instance = world(asks, gives)

    assert taken(matching.solve(instance=instance)) == [(0, 1, 2), (1, 0, 4)]


def test_no_whole_offer_is_split_and_none_is_given_in_part():
    instance = matching.draw_instance(needs=3000, seed=5, divisible=0.4)

    result = matching.solve(instance=instance)

    whole = ~instance.offers.divisible[result.matches.offer]
    assert whole.any()
    assert len(np.unique(result.matches.offer[whole])) == whole.sum()
    assert (result.matches.quantity[whole] == instance.needs.quantity[result.matches.need[whole]]).all()
    assert verdict(instance, result) == []

"""Who is helped first: tier, then waiting, then id; and nobody is passed over."""

from __future__ import annotations

from tadamun.engines import matching
from tests.engines.matching.worlds import Ask, Give, taken, verdict, world


def test_the_most_severe_need_is_served_first_however_far():
    instance = world([Ask(0, tier=2), Ask(90, tier=0)], [Give(1)])

    assert taken(matching.solve(instance=instance)) == [(1, 0, 1)]


def test_among_equals_the_longest_waiting_goes_first():
    instance = world([Ask(0, waiting=2), Ask(50, waiting=9)], [Give(1)])

    assert taken(matching.solve(instance=instance)) == [(1, 0, 1)]


def test_among_all_equals_the_first_id_goes_first():
    instance = world([Ask(50), Ask(0)], [Give(1)])

    assert taken(matching.solve(instance=instance)) == [(0, 0, 1)]


def test_a_severe_need_moves_aside_when_it_can_be_served_elsewhere():
    # The severe need is nearest to the one offer that reaches the mild one; it goes to the farther offer.
    instance = world([Ask(0, tier=0), Ask(-3, tier=2)], [Give(1, reach=5), Give(20)])
    instance_only_near = world([Ask(0, tier=0), Ask(-3, tier=2)], [Give(1, reach=5)])

    assert taken(matching.solve(instance=instance)) == [(0, 0, 1), (1, 1, 1)]
    assert taken(matching.solve(instance=instance_only_near)) == [(0, 0, 1)]


def test_moving_aside_happens_when_only_it_serves_both():
    instance = world([Ask(0, tier=0), Ask(-3, tier=2)], [Give(1, reach=5), Give(20, reach=21)])

    result = matching.solve(instance=instance)

    assert taken(result) == [(0, 1, 1), (1, 0, 1)]
    assert verdict(instance, result) == []


def test_distance_decides_by_whom_never_whether():
    instance = world([Ask(0, quantity=3), Ask(10, quantity=2)], [Give(9, quantity=2), Give(1, quantity=3)])

    result = matching.solve(instance=instance)

    assert taken(result) == [(0, 1, 3), (1, 0, 2)]
    assert result.figures.km == 2.0


class TestEscalation:
    def test_waiting_lifts_a_need_above_a_more_severe_one(self):
        instance = world([Ask(0, tier=1), Ask(2, tier=2, waiting=21)], [Give(1)])

        without = matching.solve(instance=instance)
        policy = matching.Policy(escalation_days=(None, None, 21))
        with_it = matching.solve(instance=instance, policy=policy)

        assert taken(without) == [(0, 0, 1)]
        assert taken(with_it) == [(1, 0, 1)]
        assert verdict(instance, with_it) == []

    def test_days_beyond_one_tier_count_in_the_next(self):
        needs = world([Ask(0, tier=2, waiting=days) for days in (20, 21, 34, 35, 500)], [Give(1)]).needs

        tiers = matching.counted_tiers(needs, matching.Policy(escalation_days=(None, 14, 21)))

        assert tiers.tolist() == [2, 1, 1, 0, 0]

    def test_a_tier_without_days_stops_the_climb(self):
        needs = world([Ask(0, tier=3, waiting=500)], [Give(1)]).needs

        tiers = matching.counted_tiers(needs, matching.Policy(escalation_days=(None, 14, None, 21)))

        assert tiers.tolist() == [2]


class TestFit:
    def test_reach_is_tested_before_rounding_and_never_exceeded(self):
        # 4.999 and 5.001 km are both 500 decametres.
        instance = world([Ask(4.999), Ask(5.001)], [Give(0, quantity=9, reach=5)])

        result = matching.solve(instance=instance)

        assert taken(result) == [(0, 0, 1)]
        assert result.state.tolist() == [matching.NeedState.MET, matching.NeedState.NOTHING_IN_REACH]

    def test_windows_fit_when_they_share_a_moment(self):
        asks = [Ask(0, window=(10, 20)), Ask(0, window=(21, 30)), Ask(0)]
        instance = world(asks, [Give(0, quantity=9, window=(20, 20))])

        assert taken(matching.solve(instance=instance)) == [(0, 0, 1), (2, 0, 1)]

    def test_every_required_word_must_be_provided(self):
        asks = [Ask(0, requires=0b101), Ask(0, requires=0b010), Ask(0)]
        instance = world(asks, [Give(0, quantity=9, provides=0b101)])

        assert taken(matching.solve(instance=instance)) == [(0, 0, 1), (2, 0, 1)]

    def test_categories_do_not_mix(self):
        instance = world([Ask(0, category=1)], [Give(0, category=2)])

        assert taken(matching.solve(instance=instance)) == []

    def test_nothing_on_either_side_is_no_trouble(self):
        for asks, gives in (([], [Give(0)]), ([Ask(0)], []), ([], [])):
            instance = world(asks, gives)
            result = matching.solve(instance=instance)
            assert len(result.matches) == 0
            assert verdict(instance, result) == []

    def test_an_offer_with_nothing_left_gives_nothing(self):
        instance = world([Ask(0)], [Give(0, quantity=0), Give(0, quantity=0, divisible=False)])

        result = matching.solve(instance=instance)

        assert taken(result) == []
        assert verdict(instance, result) == []

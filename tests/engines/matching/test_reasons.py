"""Reasons: why this need came out so, without telling another's situation."""

from __future__ import annotations

import pytest

from tadamun.engines import matching
from tadamun.engines.matching import ReasonCode
from tests.engines.matching.worlds import DAY, Ask, Give, world


def reasons(asks, gives, **policy):
    instance = world(asks, gives)
    result = matching.solve(instance=instance, policy=matching.Policy(**policy))
    return matching.explain(instance=instance, result=result)


def test_met_by_the_nearest():
    [reason] = reasons([Ask(0)], [Give(2), Give(5)])

    assert (reason.state, reason.code) == (matching.NeedState.MET, ReasonCode.NEAREST_FREE_OFFER)
    assert reason.params == {"km": 2.0, "offers": 1}


def test_met_from_farther_because_the_nearer_offer_went_before():
    found = reasons([Ask(0, tier=1), Ask(0, tier=0), Ask(40, tier=2)], [Give(1, reach=2), Give(9, reach=10)])

    assert found[0].code is ReasonCode.FARTHER_BECAUSE_NEARER_TAKEN
    assert found[0].params == {"km": 9.0, "offers": 1, "nearer_taken": 1, "nearer_open": 0}


def test_met_from_farther_because_all_travel_less():
    found = reasons([Ask(0), Ask(-10)], [Give(1), Give(14), Give(300)])

    assert found[0].code is ReasonCode.FARTHER_BECAUSE_SHORTER_IN_ALL or (
        found[1].code is ReasonCode.FARTHER_BECAUSE_SHORTER_IN_ALL
    )


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (Ask(0, tier=0), ReasonCode.OUT_RANKED_BY_TIER),
        (Ask(0, tier=1, waiting=8), ReasonCode.OUT_RANKED_BY_WAITING),
        (Ask(0, tier=1, waiting=1), ReasonCode.OUT_RANKED_BY_ORDER),
    ],
)
def test_out_ranked(other, code):
    found = reasons([other, Ask(0, tier=1, waiting=1)], [Give(0)])

    assert (found[1].state, found[1].code) == (matching.NeedState.OUT_RANKED, code)


def test_out_ranked_by_fairness():
    asks = [Ask(0, waiting=9, community=1), Ask(0, waiting=8, community=1), Ask(0, waiting=1, community=2)]

    found = reasons(asks, [Give(0, quantity=2)], fair=True)

    assert found[1].code is ReasonCode.OUT_RANKED_BY_FAIRNESS


def test_others_are_told_coarsely():
    found = reasons([Ask(0, tier=0, waiting=29), Ask(0, tier=1)], [Give(0)])

    assert found[1].params == {"offers_in_reach": 1, "others_tier": 0, "others_waited_at_least": 14}


def test_a_need_that_got_the_last_units_is_told_so():
    [reason] = reasons([Ask(0, quantity=5)], [Give(0, quantity=2)])

    assert (reason.state, reason.code) == (matching.NeedState.PART_MET, ReasonCode.EVERYTHING_IN_REACH_GIVEN)


@pytest.mark.parametrize(
    ("ask", "give", "code"),
    [
        (Ask(0, category=3), Give(0), ReasonCode.NOTHING_IN_CATEGORY),
        (Ask(0), Give(9, reach=8), ReasonCode.NOTHING_IN_REACH),
        (Ask(0, window=(0, DAY)), Give(1, window=(2 * DAY, 3 * DAY)), ReasonCode.NOTHING_IN_WINDOW),
        (Ask(0, requires=6), Give(1, provides=2), ReasonCode.NOTHING_ABLE),
        (Ask(0, quantity=3), Give(1, quantity=2, divisible=False), ReasonCode.NOTHING_LARGE_ENOUGH),
    ],
)
def test_nothing_fits(ask, give, code):
    [reason] = reasons([ask], [give])

    assert (reason.state, reason.code) == (matching.NeedState.NOTHING_IN_REACH, code)


def test_says_when_waiting_has_escalated():
    [reason] = reasons([Ask(0, tier=1, waiting=30)], [Give(0)], escalation_days=(None, 14))

    assert reason.params["tier"] == 1
    assert reason.params["counted_tier"] == 0


def test_waiting_is_told_in_steps():
    assert [matching.waiting_step(days) for days in (0, 2, 3, 13, 14, 400, -1)] == [0, 0, 3, 7, 14, 365, 0]


@pytest.mark.parametrize("seed", range(3))
def test_every_need_has_exactly_one_reason_that_fits_its_state(seed):
    instance = matching.draw_instance(needs=800, seed=seed)
    result = matching.solve(instance=instance, policy=matching.Policy(fair=bool(seed % 2)))

    found = matching.explain(instance=instance, result=result)

    assert [reason.need for reason in found] == list(range(800))
    assert [int(reason.state) for reason in found] == result.state.tolist()
    for reason in found:
        kind = reason.code.value.split("_")[0]
        allowed = {
            matching.NeedState.MET: {"nearest", "farther"},
            matching.NeedState.PART_MET: {"out", "everything"},
            matching.NeedState.OUT_RANKED: {"out"},
            matching.NeedState.NOTHING_IN_REACH: {"nothing"},
        }
        assert kind in allowed[reason.state]


class TestTopChoices:
    def test_the_nearest_that_cover_the_need_come_first(self):
        gives = [
            Give(1, quantity=1),
            Give(5, quantity=9, divisible=False),
            Give(3, quantity=4),
            Give(9, reach=8),
        ]
        instance = world([Ask(0, quantity=4, requires=0)], gives)

        choices = matching.top_choices(instance=instance, need=0)

        assert [(choice.offer, choice.covers) for choice in choices] == [(2, True), (1, True), (0, False)]
        assert choices[0].km == pytest.approx(3)
        assert choices[0].spare_km == pytest.approx(997)
        assert (choices[0].start, choices[0].end) == (None, None)

    def test_the_window_is_what_suits_both(self):
        instance = world([Ask(0, window=(10, 20))], [Give(0, window=(15, matching.OPEN_UNTIL))])

        [choice] = matching.top_choices(instance=instance, need=0)

        assert (choice.start, choice.end) == (15, 20)

    def test_only_what_is_left_is_offered(self):
        instance = world(
            [Ask(0, quantity=2)], [Give(1, quantity=9), Give(2, quantity=9), Give(3, 5, divisible=False)]
        )

        choices = matching.top_choices(instance=instance, need=0, k=5, free=[0, 1, 4])

        assert [(choice.offer, choice.free, choice.covers) for choice in choices] == [(1, 1, False)]

    def test_refuses_a_need_that_is_not_there(self):
        with pytest.raises(matching.InvalidInstance):
            matching.top_choices(instance=world([Ask(0)], [Give(0)]), need=1)

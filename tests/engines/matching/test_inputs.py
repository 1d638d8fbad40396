"""Instances and policies refuse what cannot be meant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tadamun.engines import matching
from tests.engines.matching.worlds import Ask, Give, world


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("quantity", 0),
        ("quantity", 10**12),
        ("tier", -1),
        ("tier", 10),
        ("waiting", -1),
        ("community", -1),
        ("category", -1),
        ("lat", np.nan),
        ("lat", 90.1),
        ("lon", np.inf),
        ("lon", -180.5),
    ],
)
def test_refuses_a_need_out_of_range(column, value):
    needs = world([Ask(0), Ask(1)], [Give(0)]).needs
    values = getattr(needs, column).copy()
    values[1] = value

    with pytest.raises(matching.InvalidInstance) as refused:
        replace(needs, **{column: values})

    assert refused.value.params == {"table": "needs", "column": column, "reason": "out_of_range", "row": 1}


@pytest.mark.parametrize(("column", "value"), [("quantity", -1), ("reach_km", -0.1), ("reach_km", np.nan)])
def test_refuses_an_offer_out_of_range(column, value):
    offers = world([Ask(0)], [Give(0)]).offers

    with pytest.raises(matching.InvalidInstance):
        replace(offers, **{column: np.array([value])})


def test_refuses_a_window_that_ends_before_it_begins():
    with pytest.raises(matching.InvalidInstance) as refused:
        world([Ask(0, window=(5, 4))], [Give(0)])

    assert refused.value.params["reason"] == "before_start"


def test_refuses_arrays_that_do_not_fit_each_other():
    needs = world([Ask(0), Ask(1)], [Give(0)]).needs

    with pytest.raises(matching.InvalidInstance):
        replace(needs, lat=np.zeros(3))
    with pytest.raises(matching.InvalidInstance):
        replace(needs, requires=np.zeros(2, np.int64))


def test_packs_any_number_of_words():
    words = [f"w{at:03d}" for at in range(150)]
    requires, provides, order = matching.pack_words(
        requires=[frozenset({word}) for word in words],
        provides=[frozenset(words), frozenset(words[1:]), frozenset({"never asked"})],
    )

    able = ((requires[:, None] & ~provides[None]) == 0).all(axis=2)
    assert order == tuple(words)
    assert requires.shape == (150, 3)
    assert able[:, 0].all()
    assert able[:, 1].tolist() == [False] + [True] * 149
    assert not able[:, 2].any()


class TestPolicy:
    def test_reads_its_own_writing(self):
        policy = matching.Policy(
            escalation_days=(None, 14, None, 9), fair=True, fair_step=50, widen=True, nearest=(9,)
        )

        assert matching.policy_from_dict(policy.to_dict()) == policy

    def test_reads_toml(self):
        text = '[escalation]\ndays = {1 = 14, 2 = 21}\n[fairness]\nby = "community"\n[widening]\non = true\n'

        policy = matching.policy_from_toml(text)

        assert policy == matching.Policy(escalation_days=(None, 14, 21), fair=True, widen=True)

    def test_an_empty_one_does_nothing_special(self):
        assert matching.policy_from_toml("") == matching.Policy()

    @pytest.mark.parametrize(
        "text",
        [
            "[fairness",
            "[fairnes]\nby = 'community'",
            "[fairness]\nby = 'colour'",
            "[fairness]\nstep = 0",
            "[fairness]\nstep = true",
            "fairness = 3",
            "[escalation]\ndays = {0 = 3}",
            "[escalation]\ndays = {x = 3}",
            "[escalation]\ndays = {1 = -3}",
            "[escalation]\ndays = {99 = 3}",
            "[widening]\non = 1",
            "[candidates]\nnearest = []",
            "[candidates]\nnearest = 3",
            "[candidates]\nnearest = [0]",
            "[candidates]\ncomplete_pairs = 999999999999",
        ],
    )
    def test_refuses_what_it_does_not_know(self, text):
        with pytest.raises(matching.InvalidPolicy):
            matching.policy_from_toml(text)


def test_draws_the_same_instance_from_the_same_seed():
    one, same, other = (matching.draw_instance(needs=50, seed=seed).digest() for seed in (4, 4, 5))

    assert one == same != other

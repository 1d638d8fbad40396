"""The certificate survives a file, the same text for the same proof, and refuses what is not one."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tadamun.engines import matching
from tests.engines.matching.worlds import Ask, Give, world


@pytest.fixture(scope="module")
def proof():
    instance = matching.draw_instance(needs=400, seed=1)
    policy = matching.Policy(
        complete_pairs=0, nearest=(3, 2), widen=True, fair=True, escalation_days=(None, None, 9)
    )
    return matching.solve(instance=instance, policy=policy).certificate


def test_reads_back_what_it_wrote(proof):
    again = matching.certificate_from_json(proof.to_json())

    assert again.to_json() == proof.to_json()
    assert again.policy == proof.policy
    assert (again.offer_cutoffs == proof.offer_cutoffs).all()
    assert (again.parts[1].widened == proof.parts[1].widened).all()


def test_says_what_it_proves():
    instance = world([Ask(0)], [Give(0)])

    document = matching.solve(instance=instance).certificate.to_dict()

    assert document["parts"][0]["proves"] == [
        "feasible",
        "priority_over_every_feasible_pair",
        "shortest_over_every_feasible_pair",
        "most_units_over_every_feasible_pair",
    ]


@pytest.mark.parametrize(
    "key", ["format", "inputs", "matches", "policy", "parts", "figures", "offer_cutoffs", "offer_prices"]
)
@pytest.mark.parametrize("value", [None, 3, "x", [None], [1.5], {}, [True], [1 << 70]])
def test_refuses_what_is_not_a_certificate(proof, key, value):
    document = proof.to_dict() | {key: value}
    if (key, value) == ("policy", {}):
        assert matching.certificate_from_dict(document).policy == matching.Policy()
        return

    with pytest.raises(matching.InvalidCertificate):
        matching.certificate_from_dict(document)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "NaN", '{"format": Infinity}', "[" * 100_000])
def test_refuses_hostile_text(text):
    with pytest.raises(matching.InvalidCertificate):
        matching.certificate_from_json(text)


def test_refuses_the_same_part_twice(proof):
    document = proof.to_dict()
    document["parts"].append(document["parts"][0])

    with pytest.raises(matching.InvalidCertificate):
        matching.certificate_from_json(json.dumps(document))


class TestDigest:
    def test_stands_for_every_value_of_the_inputs(self):
        plain = world([Ask(1, quantity=2)], [Give(3)]).digest()
        others = [
            world([Ask(1, quantity=3)], [Give(3)]),
            world([Ask(1, quantity=2, tier=2)], [Give(3)]),
            world([Ask(1, quantity=2, waiting=1)], [Give(3)]),
            world([Ask(1, quantity=2, community=1)], [Give(3)]),
            world([Ask(1, quantity=2, requires=1)], [Give(3)]),
            world([Ask(1, quantity=2, window=(0, 9))], [Give(3)]),
            world([Ask(1.001, quantity=2)], [Give(3)]),
            world([Ask(1, quantity=2)], [Give(3, reach=999)]),
            world([Ask(1, quantity=2)], [Give(3, divisible=False)]),
            world([Ask(1, quantity=2)], [Give(3, provides=1)]),
            world([Ask(1, quantity=2)], [Give(3), Give(3)]),
        ]

        assert len({plain, *(other.digest() for other in others)}) == 1 + len(others)
        assert world([Ask(1, quantity=2)], [Give(3)]).digest() == plain

    def test_takes_minus_zero_for_zero(self):
        assert world([Ask(-0.0)], [Give(0.0)]).digest() == world([Ask(0.0)], [Give(-0.0)]).digest()


def test_matches_have_one_digest_in_any_order():
    rows = np.array([[3, 1, 2], [0, 5, 1], [3, 0, 4]])
    assert (
        matching.matches_of(*rows.T).digest()
        == matching.matches_of(*rows[::-1].T).digest()
        != matching.matches_of(*rows[:2].T).digest()
    )

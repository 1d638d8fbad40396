"""Everything a person may meet is described, and the worked example is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tadamun.cli.matching_words import REASONS, VIOLATIONS
from tadamun.engines import matching
from tadamun.engines.matching.files.cells import MATCH_COLUMNS, NEED_COLUMNS, OFFER_COLUMNS
from tests.engines.matching.worlds import taken, verdict

PAGE = (Path(__file__).parents[3] / "docs" / "engines" / "matching.md").read_text(encoding="utf-8")
ENGINE = Path(matching.__file__).parent


def test_every_reason_is_described_and_worded():
    for code in matching.ReasonCode:
        assert f"`{code.value}`" in PAGE
        assert code.value in REASONS


def test_every_violation_is_described_and_worded():
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((ENGINE / "checker").glob("*.py")))
    for code in VIOLATIONS:
        assert f"`{code}`" in PAGE
        assert f'"{code}"' in source or code in ("unknown_id", "distance_differs")


@pytest.mark.parametrize("column", [*NEED_COLUMNS, *OFFER_COLUMNS, *MATCH_COLUMNS])
def test_every_column_is_described(column):
    assert f"`{column}`" in PAGE or f",{column}" in PAGE or f"{column}," in PAGE


class TestWorkedExample:
    def street(self):
        from tests.engines.matching.worlds import Ask, Give, world

        asks = [Ask(0.9435, 2, 0, 3, 0), Ask(-0.9435, 2, 1, 9, 0), Ask(0, 2, 1, 4, 1)]
        return world(asks, [Give(0, 2, reach=2), Give(2.8305, 3, reach=5)])

    def test_the_strict_round(self):
        instance = self.street()
        result = matching.solve(instance=instance)

        assert taken(result) == [(0, 1, 2), (1, 0, 2), (2, 1, 1)]
        assert result.certificate.offer_cutoffs.tolist() == [2, 2]
        assert result.certificate.offer_prices.tolist() == [-283, 0]
        assert result.certificate.parts[0].need_prices.tolist() == [-189, -377, -283]
        assert verdict(instance, result) == []

    def test_the_fair_round(self):
        instance = self.street()
        result = matching.solve(instance=instance, policy=matching.Policy(fair=True))

        assert taken(result) == [(0, 1, 2), (1, 0, 1), (1, 1, 1), (2, 0, 1)]
        assert verdict(instance, result) == []

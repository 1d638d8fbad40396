"""How much money the words of a cell name: what stands beside the currency, and nothing that is not said."""

from __future__ import annotations

import pytest

from tadamun.kernel.cells.sums import read_sum


@pytest.mark.parametrize(
    ("text", "currency", "whole"),
    [
        ("مساعدة في الإيجار 150 دينار", "JOD", 150),
        ("إيجار ١٥٠ د.أ", "JOD", 150),
        ("إيجار - 150JD", "JOD", 150),
        ("الإيجار: 1,500 دينار أردني", "JOD", 1500),
        ("rent JOD 150.00", "JOD", 150),
        ("loyer 900 dirhams", "MAD", 900),
    ],
)
def test_takes_the_sum_beside_the_currency(text, currency, whole):
    assert read_sum(text, currency=currency) == whole


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("إيجار", "JOD"),
        ("إيجار 3 أشهر", "JOD"),
        ("إيجار 150", "JOD"),
        ("إيجار 150 دولار", "JOD"),
        ("إيجار 100-150 دينار", "JOD"),
        ("إيجار 100 أو 150 دينار", "JOD"),
        ("إيجار 100 دينار وكهرباء 30 دينار", "JOD"),
        ("إيجار 150.000 ليرة", "LBP"),
        ("إيجار 12,5 دينار", "JOD"),
        ("إيجار 0 دينار", "JOD"),
        ("rent 150 dinars", "XXX"),
    ],
)
def test_invents_none(text, currency):
    assert read_sum(text, currency=currency) is None

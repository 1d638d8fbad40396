"""`tadamun bench matching`: both sides in one run, on the same graph."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tadamun.cli.bench import command


def run(*arguments):
    return CliRunner().invoke(command, ["matching", *arguments])


def test_compares_with_every_rival_on_the_same_graph():
    result = run("--needs", "1500", "--against", "ortools,networkx,pulp,greedy", "--json")

    report = json.loads(result.stdout)
    ours, *others = report["results"]
    assert report["violations"] == 0
    assert [each["name"] for each in report["results"]] == [
        "tadamun",
        "ortools",
        "networkx",
        "pulp",
        "greedy",
    ]
    for each in report["results"]:
        assert set(each) == {"name", "seconds", "seconds_total", "units_by_tier", "km"}
    for each in others[:3]:
        assert each["units_by_tier"] == ours["units_by_tier"]
        assert each["km"] <= ours["km"]
    assert sum(others[3]["units_by_tier"]) <= sum(ours["units_by_tier"])


def test_the_same_seed_draws_the_same_input():
    first, second, other = (
        json.loads(run("--needs", "500", "--against", "", "--seed", seed, "--json").stdout)["results"][0]
        for seed in ("1", "1", "2")
    )

    assert first["km"] == second["km"] != other["km"]


def test_prints_a_table_with_ratios():
    text = run("--needs", "500").stdout

    assert "greedy" in text
    assert "× 1.00" in text
    assert text.rstrip().endswith("0 violations")


@pytest.mark.parametrize("against", ["gurobi", "ortools,excel"])
def test_refuses_a_rival_it_does_not_know(against):
    assert run("--against", against).exit_code == 2


def test_the_greedy_way_is_asked_up_to_a_size_and_when_named(monkeypatch):
    monkeypatch.setattr("tadamun.cli.benches.matching._GREEDY_MOST", 400)

    assert list(json.loads(run("--needs", "400", "--json").stdout)["ratios"]) == ["greedy"]
    assert list(json.loads(run("--needs", "401", "--json").stdout)["ratios"]) == []
    assert list(json.loads(run("--needs", "401", "--against", "greedy", "--json").stdout)["ratios"]) == [
        "greedy"
    ]


def test_says_how_long_compiling_took_apart_from_the_steps():
    report = json.loads(run("--needs", "300", "--json").stdout)

    assert report["seconds_warming_up"] > 0
    assert set(report["seconds_by_step"]) == {"candidates", "solve", "certificate", "total", "check"}

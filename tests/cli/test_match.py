"""`tadamun match`: two tables in, matches and a proof out, and nothing half-read."""

from __future__ import annotations

import csv
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tadamun
from tests.cli.two_tables import NEEDS, OFFERS, match, run, verify

ROOT = Path(tadamun.__file__).parents[1]


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class TestMatching:
    def test_writes_matches_that_verify(self, here):
        assert match().exit_code == 0

        found = {(row["need_id"], row["offer_id"], row["quantity"]) for row in rows(here / "matches.csv")}
        assert found == {("n1", "o1", "3"), ("n2", "o2", "2"), ("n3", "o3", "4"), ("n4", "o1", "1")}
        checked = verify()
        assert (checked.exit_code, checked.stdout) == (0, "0 violations\n")

    def test_sums_up_in_json(self, here):
        result = match("--json")

        summary = json.loads(result.stdout)
        assert summary["units"] == {"asked": 14, "met": 10}
        assert summary["by_tier"][2] == {"tier": 2, "asked": 5, "met": 1}
        assert summary["units_by_tier"] == [7, 2, 1]
        assert summary["matches"] == 4
        assert set(summary["seconds"]) == {"candidates", "solve", "certificate", "total"}
        assert summary["whole_offers_first_in"] == []

    def test_sums_up_for_a_person(self, here):
        text = match().stdout

        assert "tier 0" in text
        assert "in all" in text
        assert "Matches: 4" in text

    def test_the_written_distance_never_exceeds_the_reach(self, here):
        match()

        reach = {row["id"]: float(row["reach_km"]) for row in rows(here / "offers.csv")}
        needs = {row["id"]: row for row in rows(here / "needs.csv")}
        offers = {row["id"]: row for row in rows(here / "offers.csv")}
        for row in rows(here / "matches.csv"):
            assert float(row["distance_km"]) <= reach[row["offer_id"]]
            a, b = needs[row["need_id"]], offers[row["offer_id"]]
            north = (math.radians(float(b["lat"])) - math.radians(float(a["lat"]))) / 2
            east = (math.radians(float(b["lon"])) - math.radians(float(a["lon"]))) / 2
            share = math.sin(north) ** 2 + math.cos(math.radians(float(a["lat"]))) * math.cos(
                math.radians(float(b["lat"]))
            ) * (math.sin(east) ** 2)
            assert float(row["distance_km"]) == pytest.approx(
                2 * 6371.0088 * math.asin(math.sqrt(share)), abs=1e-5
            )

    def test_the_order_of_rows_changes_nothing(self, here):
        match()
        first = (here / "matches.csv").read_text(encoding="utf-8")
        for name, text in (("needs.csv", NEEDS), ("offers.csv", OFFERS)):
            header, *lines = text.splitlines()
            (here / name).write_text("\n".join([header, *reversed(lines)]), encoding="utf-8")

        match()

        assert (here / "matches.csv").read_text(encoding="utf-8") == first
        assert verify().exit_code == 0

    def test_ids_that_are_numbers_are_ordered_as_numbers(self, here):
        lines = ["9,food,3,0,4,k,31.95,35.93,,,", "10,food,3,0,4,k,31.95,35.93,,,"]
        (here / "needs.csv").write_text("\n".join([NEEDS.splitlines()[0], *lines]), encoding="utf-8")
        (here / "offers.csv").write_text("\n".join(OFFERS.splitlines()[:2]), encoding="utf-8")

        match()

        assert [(row["need_id"], row["quantity"]) for row in rows(here / "matches.csv")] == [
            ("9", "3"),
            ("10", "1"),
        ]

    def test_reasons_for_every_unmet_need(self, here):
        match("--reasons", "why.csv")

        [row] = rows(here / "why.csv")
        assert (row["need_id"], row["state"], row["asked"], row["met"]) == ("n4", "part_met", "5", "1")
        assert row["reason"] == "everything_in_reach_given"
        assert json.loads(row["numbers"])["offers_in_reach"] == 2

    def test_fairness_by_switch_or_by_policy_is_the_same(self, here):
        match("--fair-by", "community")
        by_switch = (here / "cert.json").read_text(encoding="utf-8")
        (here / "policy.toml").write_text('[fairness]\nby = "community"\n', encoding="utf-8")

        match("--policy", "policy.toml")

        assert (here / "cert.json").read_text(encoding="utf-8") == by_switch
        assert json.loads(by_switch)["policy"]["fairness"]["by"] == "community"
        assert verify().exit_code == 0

    def test_without_a_policy_nothing_escalates(self, here):
        match()

        policy = json.loads((here / "cert.json").read_text(encoding="utf-8"))["policy"]
        assert policy["escalation"]["days"] == {}
        assert policy["widening"]["on"] is False
        assert policy["fairness"]["by"] == ""

    def test_warns_of_columns_it_does_not_know(self, here):
        (here / "needs.csv").write_text(
            NEEDS.replace("requires\n", "requires,shoe size\n")
            .replace(",\n", ",,41\n")
            .replace("step-free\n", "step-free,40\n"),
            encoding="utf-8",
        )

        result = match("--json")

        assert result.exit_code == 0
        assert "shoe size" in result.stderr
        assert json.loads(result.stdout)["warnings"][0]["column"] == "shoe size"

    def test_tables_with_headers_alone_are_no_trouble(self, here):
        for name, text in (("needs.csv", NEEDS), ("offers.csv", OFFERS)):
            (here / name).write_text(text.splitlines()[0] + "\n", encoding="utf-8")

        assert match().exit_code == 0
        assert rows(here / "matches.csv") == []
        assert verify().exit_code == 0


def test_help_is_about_matching_and_mentions_verify(here):
    text = run("--help").stdout

    assert " match [OPTIONS] NEEDS.csv OFFERS.csv" in text
    assert "verify" in text


class TestTheFirstTime:
    def test_says_that_it_prepares(self, here):
        script = "from tadamun.cli.main import main; main()"
        words = ["match", "needs.csv", "offers.csv", "--out", "m.csv", "--certificate", "c.json", "--json"]
        surroundings = os.environ | {"NUMBA_CACHE_DIR": str(here / "cache")}
        surroundings["PYTHONPATH"] = os.pathsep.join([str(ROOT), surroundings.get("PYTHONPATH", "")])
        runs = []
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", script, *words],
                capture_output=True,
                check=True,
                text=True,
                env=surroundings,
            )
            runs.append(done)

        first, second = runs
        assert "Preparing the engine (first time only) …" in first.stderr
        assert "Preparing" not in second.stderr
        steps = json.loads(first.stdout)["seconds"]
        assert steps.keys() == json.loads(second.stdout)["seconds"].keys()

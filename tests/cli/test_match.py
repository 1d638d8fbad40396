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
from click.testing import CliRunner

import tadamun
from tadamun.cli.match import command

ROOT = Path(tadamun.__file__).parents[1]

NEEDS = """id,category,quantity,tier,waiting_days,community,lat,lon,from,until,requires
n1,food,3,0,4,north,31.95,35.93,,,
n2,food,2,1,9,north,31.96,35.94,2026-03-01,2026-03-02,halal|step-free
n3,beds,4,0,1,south,31.90,35.90,,,
n4,food,5,2,2,south,31.95,35.92,2026-03-01T08:00+02:00,,
"""
OFFERS = """id,category,quantity,divisible,lat,lon,reach_km,from,until,provides
o1,food,4,yes,31.951,35.931,10,,,halal
o2,food,2,yes,31.97,35.95,5,2026-03-02T23:00:00Z,,halal|step-free|car
o3,beds,5,no,31.91,35.91,20,,,
o4,food,9,yes,31.95,35.94,0.5,,2026-02-01,
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "needs.csv").write_text(NEEDS, encoding="utf-8")
    (tmp_path / "offers.csv").write_text(OFFERS, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(command, list(arguments))


def match(*more):
    return run("needs.csv", "offers.csv", "--out", "matches.csv", "--certificate", "cert.json", *more)


def verify(matches="matches.csv", certificate="cert.json", *more):
    return run("verify", "needs.csv", "offers.csv", matches, certificate, *more)


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


class TestRefusals:
    @pytest.mark.parametrize(
        ("column", "value", "said"),
        [
            ("id", "", "the cell is empty"),
            ("id", "x" * 201, "more than 200 letters"),
            ("id", "a\x07b", "control characters"),
            ("category", "", "the cell is empty"),
            ("quantity", "0", "between 1 and"),
            ("quantity", "-3", "between 1 and"),
            ("quantity", "1e3", "not a whole number"),
            ("quantity", "1_000", "not a whole number"),
            ("quantity", "9" * 400, "not a whole number"),
            ("quantity", "99999999999999", "between 1 and"),
            ("quantity", "NaN", "not a whole number"),
            ("tier", "10", "between 0 and 9"),
            ("tier", "high", "not a whole number"),
            ("waiting_days", "-1", "between 0 and"),
            ("lat", "90.01", "between -90 and 90"),
            ("lat", "nan", "not a number"),
            ("lon", "inf", "not a number"),
            ("lon", "181", "between -180 and 180"),
            ("lat", "", "the cell is empty"),
            ("from", "2026-02-30", "not a date"),
            ("from", "tomorrow", "not a date"),
            ("until", "99999-01-01", "not a date"),
        ],
    )
    def test_a_bad_cell_is_named_by_line_and_column(self, here, column, value, said):
        header, first, second, *rest = NEEDS.splitlines()
        cells = second.split(",")
        cells[header.split(",").index(column)] = value
        (here / "needs.csv").write_text("\n".join([header, first, ",".join(cells), *rest]), encoding="utf-8")

        result = match()

        assert result.exit_code == 2
        assert f"line 3, column {column}" in result.stderr
        assert said in result.stderr
        assert not (here / "matches.csv").exists()
        assert not (here / "cert.json").exists()

    @pytest.mark.parametrize(
        ("column", "value", "said"),
        [
            ("divisible", "maybe", "must be yes or no"),
            ("divisible", "", "the cell is empty"),
            ("reach_km", "-1", "between 0 and"),
            ("reach_km", "1e300", "not a number"),
            ("reach_km", "30000", "between 0 and"),
        ],
    )
    def test_a_bad_offer_too(self, here, column, value, said):
        header, first, *rest = OFFERS.splitlines()
        cells = first.split(",")
        cells[header.split(",").index(column)] = value
        (here / "offers.csv").write_text("\n".join([header, ",".join(cells), *rest]), encoding="utf-8")

        result = match()

        assert result.exit_code == 2
        assert f"line 2, column {column}" in result.stderr
        assert said in result.stderr

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "the file is empty"),
            ("\n\n", "the file is empty"),
            ("id,category\n", "column quantity: the header lacks this column"),
            (NEEDS.replace("tier", "id"), "names this column twice"),
            (NEEDS + "n5,food\n", "line 6: the row has 2 cells"),
            (NEEDS + "n1,food,3,0,4,north,31.95,35.93,,,\n", "stands on line 2 already"),
            (NEEDS + 'n5,"food', "not a well-formed CSV row"),
            (NEEDS + "n5,food,1,0,0,k,1,1,2026-03-02,2026-03-01,\n", "ends before it begins"),
            (NEEDS + "n5,fo\x00od,1,0,0,k,1,1,,,\n", "line 6"),
            (NEEDS + f"n5,{'x' * 200_000},1,0,0,k,1,1,,,\n", "not a well-formed CSV row"),
        ],
    )
    def test_a_bad_table(self, here, text, said):
        (here / "needs.csv").write_text(text, encoding="utf-8")

        result = match()

        assert result.exit_code == 2
        assert said in result.stderr

    def test_mistakes_in_both_tables_are_said_at_once(self, here):
        (here / "needs.csv").write_text(NEEDS.replace("n1,food,3", "n1,food,some"), encoding="utf-8")
        (here / "offers.csv").write_text(
            OFFERS.replace("o2,food,2,yes", "o2,food,2,perhaps"), encoding="utf-8"
        )

        result = match()

        assert result.exit_code == 2
        assert "needs.csv: line 2, column quantity" in result.stderr
        assert "offers.csv: line 3, column divisible" in result.stderr
        assert not (here / "matches.csv").exists()

    def test_a_bad_table_beside_one_that_is_missing_is_said_with_it(self, here):
        (here / "needs.csv").unlink()
        (here / "offers.csv").write_text(
            OFFERS.replace("o2,food,2,yes", "o2,food,2,perhaps"), encoding="utf-8"
        )

        result = match()

        assert result.exit_code == 2
        assert "needs.csv" in result.stderr
        assert "offers.csv: line 3, column divisible" in result.stderr

    def test_text_that_is_not_utf8(self, here):
        (here / "needs.csv").write_bytes(NEEDS.replace("north", "n\u00f6rd").encode("latin-1"))

        result = match()

        assert (result.exit_code, "not UTF-8" in result.stderr) == (2, True)

    def test_every_mistake_is_named_up_to_fifty(self, here):
        bad = "".join(f"m{at},food,x,y,4,north,31.95,35.93,,,\n" for at in range(60))
        (here / "needs.csv").write_text(NEEDS + bad, encoding="utf-8")

        result = match()

        assert result.stderr.count("not a whole number") == 50
        assert "… and 70 more" in result.stderr

    def test_files_that_are_not_there_or_not_files(self, here):
        for path in ("nowhere.csv", "."):
            result = run(path, "offers.csv", "--out", "m.csv", "--certificate", "c.json")
            assert (result.exit_code, "cannot be read" in result.stderr) == (2, True)

    def test_a_place_that_cannot_be_written(self, here):
        result = run("needs.csv", "offers.csv", "--out", "nowhere/m.csv", "--certificate", "c.json")

        assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)

    def test_an_output_that_is_an_input(self, here):
        result = run("needs.csv", "offers.csv", "--out", "./needs.csv", "--certificate", "c.json")

        assert result.exit_code == 2
        assert (here / "needs.csv").read_text(encoding="utf-8") == NEEDS

    def test_a_policy_that_says_something_unknown(self, here):
        (here / "policy.toml").write_text("[fairness]\nby = 'colour'\n", encoding="utf-8")

        result = match("--policy", "policy.toml")

        assert (result.exit_code, "fairness.by" in result.stderr) == (2, True)

    def test_a_byte_order_mark_is_no_trouble(self, here):
        (here / "needs.csv").write_text(NEEDS, encoding="utf-8-sig")

        assert match().exit_code == 0

    @pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
    def test_numbers_and_times_in_arabic_digits_are_the_same_numbers(self, here, digits):
        match()
        first = {name: (here / name).read_text(encoding="utf-8") for name in ("matches.csv", "cert.json")}
        for name, text in (("needs.csv", NEEDS), ("offers.csv", OFFERS)):
            head, *lines = text.splitlines()
            (here / name).write_text("\n".join([head, *(in_digits(line, digits) for line in lines)]), "utf-8")

        assert match().exit_code == 0
        assert {name: (here / name).read_text(encoding="utf-8") for name in first} == first
        head, *lines = first["matches.csv"].splitlines()
        cells = [line.split(",", 2) for line in lines]
        written = [f"{need},{in_digits(f'{offer},{rest}', digits)}" for need, offer, rest in cells]
        (here / "matches.csv").write_text("\n".join([head, *written]), "utf-8")
        assert verify().exit_code == 0


def in_digits(line, digits):
    """A line with every cell but the id in other digits, decimals with the Arabic mark."""
    first, *cells = line.split(",")
    other = str.maketrans("0123456789.", digits + "٫")
    return ",".join([first, *(cell.translate(other) for cell in cells)])


class TestVerifying:
    def tampered(self, here, change):
        text = (here / "matches.csv").read_text(encoding="utf-8")
        (here / "other.csv").write_text(change(text), encoding="utf-8")
        return verify("other.csv")

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda text: "".join(text.splitlines(keepends=True)[:-1]), "spare_offer_not_open"),
            (lambda text: text.replace("n1,o1,3,", "n1,o1,2,"), "passed_over"),
            (lambda text: text.replace("n1,o1,3,", "n1,o1,4,"), "need_overfilled"),
            (lambda text: text.replace("n1,o1,3,", "n1,o1,-3,"), "not_positive"),
            (lambda text: text.replace("n1,o1,3,", "n1,o4,3,"), "out_of_reach"),
            (lambda text: text.replace("n3,o3,4,", "n3,o3,3,"), "whole_offer_in_part"),
            (lambda text: text.replace("n1,o1", "n9,o1"), "unknown_id"),
            (lambda text: text + text.splitlines()[1] + "\n", "pair_twice"),
            (lambda text: text.replace("n1,o1,3,0.", "n1,o1,3,1."), "distance_differs"),
        ],
    )
    def test_names_what_is_wrong(self, here, change, code):
        match()

        result = self.tampered(here, change)

        assert result.exit_code == 1
        assert f"{code}: " in result.stdout
        assert result.stdout.splitlines()[-1].endswith(
            "violations" if result.stdout.count("\n") > 2 else "violation"
        )

    def test_says_so_in_json(self, here):
        match()
        (here / "other.csv").write_text("need_id,offer_id,quantity,distance_km\n", encoding="utf-8")

        result = verify("other.csv", "cert.json", "--json")

        report = json.loads(result.stdout)
        assert result.exit_code == 1
        assert report["violations"] == len(report["found"]) > 0
        assert {"code", "need", "offer", "more"} <= set(report["found"][0])

    def test_a_changed_input_is_noticed(self, here):
        match()
        (here / "needs.csv").write_text(NEEDS.replace("n1,food,3,0,4", "n1,food,3,0,5"), encoding="utf-8")

        result = verify()

        assert (result.exit_code, "inputs_differ" in result.stdout) == (1, True)

    def test_a_renamed_category_is_noticed(self, here):
        match()
        for name, text in (("needs.csv", NEEDS), ("offers.csv", OFFERS)):
            (here / name).write_text(text.replace("food", "gold"), encoding="utf-8")

        assert "inputs_differ" in verify().stdout

    def test_what_is_not_a_certificate_cannot_be_used(self, here):
        match()
        for text in ("", "{}", "[" * 50_000, '{"format": NaN}'):
            (here / "cert.json").write_text(text, encoding="utf-8")
            assert verify().exit_code == 2

    def test_matches_that_are_no_table_cannot_be_used(self, here):
        match()
        (here / "matches.csv").write_text(
            "need_id,offer_id,quantity,distance_km\nn1,o1,many,1\n", encoding="utf-8"
        )

        result = verify()

        assert (result.exit_code, "line 2, column quantity" in result.stderr) == (2, True)


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

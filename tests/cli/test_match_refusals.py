"""`tadamun match` names what is wrong with a table by line and column, and reads nothing by half."""

from __future__ import annotations

import pytest

from tests.cli.two_tables import NEEDS, OFFERS, match, run, verify


def in_digits(line, digits):
    """A line with every cell but the id in other digits, decimals with the Arabic mark."""
    first, *cells = line.split(",")
    other = str.maketrans("0123456789.", digits + "٫")
    return ",".join([first, *(cell.translate(other) for cell in cells)])


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

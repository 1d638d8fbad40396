"""`tadamun match verify`: the checker that believes nothing."""

from __future__ import annotations

import json

import pytest

from tests.cli.two_tables import NEEDS, OFFERS, match, verify


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

"""`tadamun bench online`: insertions one by one against a new round."""

from __future__ import annotations

import json

from click.testing import CliRunner

from tadamun.cli.bench import command


def run(*arguments):
    return CliRunner().invoke(command, ["online", *arguments])


def test_says_that_the_served_set_is_the_batch_s():
    report = json.loads(run("--needs", "800", "--insertions", "100", "--json").stdout)

    batch, one = report["results"]
    assert report["same_served_set"] is True
    assert report["differing_needs"] == 0
    assert batch["units"] == one["units"] > 0
    assert 0 < one["seconds"] <= one["seconds_p95"] <= one["seconds_p99"] <= one["seconds_most"]
    assert report["ratios"]["p99_of_batch"] == one["seconds_p99"] / batch["seconds"]


def test_the_table_names_the_ratio():
    printed = run("--needs", "300", "--insertions", "20").stdout

    assert "p99 of one insertion is 1/" in printed
    assert "The served set equals the batch's." in printed

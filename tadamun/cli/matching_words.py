"""What the matching engine's codes mean, in sentences for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tadamun.engines.matching import Reason, Violation
    from tadamun.engines.matching.files import BadFile, Problem

PROBLEMS: Final[Mapping[str, str]] = {
    "unreadable": "the file cannot be read ({reason})",
    "unwritable": "the file cannot be written ({reason})",
    "not_utf8": "the text is not UTF-8 (byte {byte}); save the table as UTF-8 and try again",
    "not_csv": "this is not a well-formed CSV row ({reason})",
    "no_header": "the file is empty; the first line must name the columns",
    "column_missing": "the header lacks this column",
    "column_twice": "the header names this column twice",
    "cells": "the row has {found} cells, the header {wanted}",
    "empty": "the cell is empty",
    "too_long": "more than {most} letters",
    "unprintable": "the cell holds control characters",
    "not_whole": "not a whole number",
    "not_number": "not a number",
    "out_of_range": "must lie between {low} and {high}",
    "not_yes_or_no": "must be yes or no",
    "not_a_time": "not a date or time in ISO 8601, such as 2026-03-01 or 2026-03-01T18:00+02:00",
    "before_from": "the window ends before it begins",
    "id_twice": "this id stands on line {first} already",
    "not_a_certificate": "this is not a matching certificate",
    "policy_not_toml": "the policy is not TOML ({detail})",
    "policy_unknown": "the policy knows nothing by this name",
    "policy_not_a_table": "the policy needs a section here",
    "policy_not_a_list": "the policy needs a list here",
    "policy_not_true_or_false": "the policy needs true or false here",
    "policy_out_of_range": "the policy needs a whole number between {low} and {high} here",
    "policy_tier_0_cannot_rise": "tier 0 is the most severe and cannot rise",
    "policy_length": "the policy needs between 1 and 10 entries here",
}

VIOLATIONS: Final[Mapping[str, str]] = {
    "inputs_differ": "the certificate was issued for other needs or offers",
    "matches_differ": "the certificate was issued for other matches",
    "certificate_does_not_fit": "the certificate has numbers for other rows than these",
    "part_missing": "the certificate says nothing about {kind} offers",
    "unknown_row": "a match names a need or an offer that is not there",
    "not_positive": "{need} gets nothing or less from {offer}",
    "pair_twice": "{need} and {offer} are matched twice",
    "category_differs": "{need} and {offer} are of different categories",
    "out_of_reach": "{offer} does not reach {need}",
    "windows_apart": "{need} and {offer} have no time in common",
    "words_missing": "{offer} does not provide what {need} requires",
    "too_small": "{offer} goes whole to one need and does not cover {need}",
    "whole_offer_in_part": "{offer} goes whole to one need, but {need} gets another quantity than it asked for",
    "whole_offer_split": "{offer} goes whole to one need but is given to several",
    "need_overfilled": "{need} gets more than it asked for",
    "offer_overdrawn": "{offer} gives more than it has",
    "figure_differs": "the certificate's figure for {figure} is not what the matches add up to",
    "spare_offer_not_open": "{offer} has something left but is certified as used up",
    "spare_offer_priced": "{offer} has something left but is priced as if it were scarce",
    "offer_price_above_zero": "{offer} has a price above zero",
    "served_after_cutoff": "{need} was served by {offer} after the offer's cut-off",
    "used_pair_not_tight": "{need} and {offer} are matched at a distance their prices do not bear out",
    "passed_over": "{need} waits while {offer}, in its reach, is free or served someone ranked after it",
    "cutoff_not_closed": "{need} could turn to {offer} and leave its own offer to someone ranked before",
    "shorter_plan_possible": "{need} and {offer} are nearer than their prices: a shorter plan is possible",
    "widened_pair_not_feasible": "the certificate widens the search to {need} and {offer}, who do not fit",
    "open_offer_in_reach": "the certificate says nothing more is in reach, but {need} could turn to {offer}",
    "unknown_id": "line {line} matches {need} and {offer}, at least one of which is unknown",
    "distance_differs": "line {line} states another distance than that between {need} and {offer}",
}

REASONS: Final[Mapping[str, str]] = {
    "nearest_free_offer": "met by the nearest offers that fit",
    "farther_because_nearer_taken": "met from farther away: nearer offers went to needs ranked before it",
    "farther_because_shorter_in_all": "met from farther away: this way everyone together travels less",
    "out_ranked_by_tier": "every offer in reach went to more severe needs",
    "out_ranked_by_waiting": "every offer in reach went to equally severe needs that have waited longer",
    "out_ranked_by_order": "every offer in reach went to needs of equal rank that come first by id",
    "out_ranked_by_fairness": "every offer in reach went to communities that had been served less so far",
    "everything_in_reach_given": "it got all that was left in reach",
    "nothing_in_category": "nobody offers anything in this category",
    "nothing_in_reach": "no offer in this category reaches this place",
    "nothing_in_window": "no offer in reach is there at the right time",
    "nothing_able": "no offer in reach at the right time provides what is required",
    "nothing_large_enough": "no whole offer that fits covers the quantity",
}


def problem_sentence(problem: Problem) -> str:
    """One mistake in a file."""
    place = [f"line {problem.line}"] if problem.line else []
    place += [f"column {problem.column}"] if problem.column else []
    said = PROBLEMS[problem.code].format(**problem.params)
    value = f" (found “{problem.value}”)" if problem.value else ""
    return f"{', '.join(place)}: {said}{value}" if place else f"{said}{value}"


def file_sentence(bad: BadFile) -> str:
    """A file that cannot be used, with every mistake on its own line."""
    problems: Sequence[Problem] = bad.params["problems"]
    lines = [f"{bad.params['path']}: {problem_sentence(problem)}" for problem in problems]
    rest = bad.params["count"] - len(problems)
    return "\n".join([*lines, *([f"… and {rest} more"] if rest else [])])


def violation_sentence(violation: Violation, need_ids: Sequence[str], offer_ids: Sequence[str]) -> str:
    """One broken rule."""
    if violation.more:
        return f"{violation.code}: … and {violation.more} more like these"
    names: dict[str, Any] = {
        "need": f"need {_known(need_ids, violation.need)}",
        "offer": f"offer {_known(offer_ids, violation.offer)}",
    }
    return f"{violation.code}: {VIOLATIONS[violation.code].format(**names | violation.params)}"


def reason_sentence(reason: Reason) -> str:
    """Why a need is where it is."""
    return REASONS[reason.code.value]


def _known(ids: Sequence[str], row: int) -> str:
    return ids[row] if 0 <= row < len(ids) else "?"

"""Looking at common problems."""

from __future__ import annotations

from tadamun.pillars.support.problems.queries.group import group_card
from tadamun.pillars.support.problems.queries.listing import (
    Wanted,
    found_problems,
    problem_page,
    problems_in_parts,
    similar_problems,
)
from tadamun.pillars.support.problems.queries.pages import (
    merged_into,
    picture_file,
    problem_card,
    problem_ref,
    share_of,
)
from tadamun.pillars.support.problems.queries.records import my_records

__all__ = [
    "Wanted",
    "found_problems",
    "group_card",
    "merged_into",
    "my_records",
    "picture_file",
    "problem_card",
    "problem_page",
    "problem_ref",
    "problems_in_parts",
    "share_of",
    "similar_problems",
]

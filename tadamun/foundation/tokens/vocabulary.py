"""What a token may be made for."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """One part of what a person may do, that a token can be made for."""

    NEEDS_READ = "needs:read"
    NEEDS_WRITE = "needs:write"
    OFFERS_READ = "offers:read"
    OFFERS_WRITE = "offers:write"
    MATCHING_READ = "matching:read"
    MATCHING_WRITE = "matching:write"
    DIRECTORY_WRITE = "directory:write"
    LIBRARY_READ = "library:read"
    LIBRARY_WRITE = "library:write"
    PROBLEMS_READ = "problems:read"
    PROBLEMS_WRITE = "problems:write"
    NOTICES_READ = "notices:read"
    PEOPLE_REVEAL = "people:reveal"


DAYS_MOST = 365
NAME_MOST = 60
TOKENS_MOST = 20
"""Tokens of one person that work at the same time."""
PREFIX = "tadamun_"
"""What every token begins with, so that one left in a file is recognised."""

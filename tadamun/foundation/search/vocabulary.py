"""What can be found, and by whom."""

from __future__ import annotations

from enum import StrEnum

GROUPS_MOST = 200
"""Groups of words of one community: each is looked at in every search."""
ENTRIES_MOST = 12
ENTRY_LONGEST = 60


class Kind(StrEnum):
    """What an entry of the index is about."""

    REQUEST = "request"
    OFFER = "offer"
    MEMBER = "member"


class Audience(StrEnum):
    """Who may find an entry by a role; persons are audiences of their own (`only`)."""

    COORDINATORS = "coordinators"
    LEADERS = "leaders"


def only(person_id: int) -> str:
    """The audience of one person, by the key of their row."""
    return f"person{person_id}"

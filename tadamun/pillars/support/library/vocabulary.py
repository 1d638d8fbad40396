"""Words of the library: what is shared, how a loan moves on, and what becomes of a thing that broke."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

NAME_MOST = 120
TEXT_MOST = 2000
LINE_MOST = 200
GUEST_NAME_MOST = 80
PHOTOS_MOST = 4
PHOTO_BYTES_MOST = 8_000_000
COPIES_MOST = 60
DAYS_MOST = 30
MINUTES_MOST = 8 * 60
STEP_MINUTES = 30
RENEWALS_MOST = 5
AT_ONCE_MOST = 10
AHEAD_DAYS = 92
"""How far ahead a time can be booked."""
BOOKED_MOST = 20
"""Bookings, and places in line, that one person may ask for in an hour."""
ANSWER_WITHIN = timedelta(hours=24)
"""How long whoever is first in line has to answer, from the moment the thing is back."""
GUEST_KEPT = timedelta(days=30)
"""How long after its end a loan keeps the name and phone of somebody without an account."""


class Kind(StrEnum):
    """What is shared."""

    THING = "thing"
    SPACE = "space"
    SKILL = "skill"


class ItemState(StrEnum):
    """Whether something is to be had."""

    PROPOSED = "proposed"
    """A neighbour offers to lend it; a coordinator has not looked yet."""
    LISTED = "listed"
    PAUSED = "paused"
    RETIRED = "retired"


class Condition(StrEnum):
    """How it looks."""

    NEW = "new"
    GOOD = "good"
    WORN = "worn"


class WhoMay(StrEnum):
    """Who may borrow it."""

    MEMBERS = "members"
    VERIFIED = "verified"


class CopyState(StrEnum):
    """How one piece stands; whether it is out is what its bookings say."""

    SOUND = "sound"
    MENDING = "mending"
    LOST = "lost"
    RETIRED = "retired"


class BookingState(StrEnum):
    """Where a loan stands. Late is no state: it is out, and its time is over."""

    OFFERED = "offered"
    """The thing is back, and it waits a day for the answer of whoever is first in line."""
    REQUESTED = "requested"
    APPROVED = "approved"
    READY = "ready"
    OUT = "out"
    RETURNED = "returned"
    DAMAGED = "damaged"
    LOST = "lost"
    NEVER_HAPPENED = "never_happened"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


HOLDING = (
    BookingState.OFFERED,
    BookingState.REQUESTED,
    BookingState.APPROVED,
    BookingState.READY,
    BookingState.OUT,
)
"""States in which a time is taken: two of them never overlap on one piece."""
PINNED = (BookingState.READY, BookingState.OUT)
"""States in which it is this very piece, set aside or away."""
ENDED = tuple(state for state in BookingState if state not in HOLDING)
MOVES: dict[BookingState, frozenset[BookingState]] = {
    BookingState.OFFERED: frozenset(
        {BookingState.APPROVED, BookingState.LAPSED, BookingState.DECLINED, BookingState.CANCELLED}
    ),
    BookingState.REQUESTED: frozenset(
        {
            BookingState.APPROVED,
            BookingState.DECLINED,
            BookingState.CANCELLED,
            BookingState.NEVER_HAPPENED,
        }
    ),
    BookingState.APPROVED: frozenset(
        {
            BookingState.READY,
            BookingState.OUT,
            BookingState.RETURNED,
            BookingState.CANCELLED,
            BookingState.DECLINED,
            BookingState.NEVER_HAPPENED,
        }
    ),
    BookingState.READY: frozenset(
        {BookingState.OUT, BookingState.CANCELLED, BookingState.DECLINED, BookingState.NEVER_HAPPENED}
    ),
    BookingState.OUT: frozenset({BookingState.RETURNED, BookingState.DAMAGED, BookingState.LOST}),
    BookingState.LOST: frozenset({BookingState.RETURNED, BookingState.DAMAGED}),
}
"""Which states lead where; what is found again comes back."""


class RepairState(StrEnum):
    """What became of what broke."""

    OPEN = "open"
    MENDED = "mended"
    GIVEN_UP = "given_up"


class CopyDeed(StrEnum):
    """What a coordinator does with one piece."""

    LOSE = "lose"
    FIND = "find"
    RETIRE = "retire"


class ItemDeed(StrEnum):
    """What a coordinator decides of something that is shared."""

    LIST = "list"
    PAUSE = "pause"
    RETIRE = "retire"


class LoanDeed(StrEnum):
    """What the counter decides of a booking."""

    APPROVE = "approve"
    DECLINE = "decline"
    SET_ASIDE = "set_aside"
    NEVER_HAPPENED = "never_happened"
    LOSE = "lose"

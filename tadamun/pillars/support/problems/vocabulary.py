"""Words of common problems: how one stands, what may become of it, and how much is shown of whom."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

TITLE_MOST = 120
TEXT_MOST = 2000
LINE_MOST = 300
IDEAS_MOST = 40
REASONS_MOST = 40
"""Of one idea, for and against together."""
STEPS_MOST = 60
POSTS_MOST = 20
PHOTO_BYTES_MOST = 8_000_000
RAISED_MOST = 6
"""Problems that one person may raise in an hour."""
SAID_MOST = 40
"""Ideas, reasons, steps and needs that one person may write in an hour."""
DEEDS_MOST = 80
"""Presses of one person in an hour: joining, following, thanking."""
AREA_SHOWN_FROM = 11
"""How many of an area it takes for the area to be named beside its number, as everywhere."""
REQUESTS_SHOWN_FROM = 10
"""How many open requests of the same kind and area it takes for their number to be shown."""
SIMILAR_MOST = 4


class ProblemState(StrEnum):
    """How a problem stands."""

    RAISED = "raised"
    GATHERING = "gathering"
    """Others have joined, or ideas have come."""
    WORKING = "working"
    """A group with a facilitator is at it."""
    SOLVED = "solved"
    PARTLY = "partly"
    SET_ASIDE = "set_aside"


OPEN = (ProblemState.RAISED, ProblemState.GATHERING, ProblemState.WORKING)
SETTLED = (ProblemState.SOLVED, ProblemState.PARTLY, ProblemState.SET_ASIDE)
MOVES: Mapping[ProblemState, tuple[ProblemState, ...]] = {
    ProblemState.RAISED: (ProblemState.GATHERING, ProblemState.WORKING, *SETTLED),
    ProblemState.GATHERING: (ProblemState.WORKING, *SETTLED),
    ProblemState.WORKING: SETTLED,
    ProblemState.SOLVED: (ProblemState.GATHERING, ProblemState.WORKING),
    ProblemState.PARTLY: (ProblemState.GATHERING, ProblemState.WORKING, ProblemState.SOLVED),
    ProblemState.SET_ASIDE: (ProblemState.GATHERING, ProblemState.WORKING),
}
"""Which state may follow which; a settled problem is taken up again by whoever steers it."""


class Side(StrEnum):
    """Whether a reason speaks for an idea or against it."""

    FOR = "for"
    AGAINST = "against"


class Moment(StrEnum):
    """When a photo was taken."""

    BEFORE = "before"
    AFTER = "after"


class PhotoState(StrEnum):
    """Whether a photo is seen."""

    SHOWN = "shown"
    REPORTED = "reported"
    """Somebody asked whether it may stay: until a coordinator has looked, nobody else sees it."""
    KEPT = "kept"
    """A coordinator has looked: it stays."""


SEEN = (PhotoState.SHOWN, PhotoState.KEPT)


class PostKind(StrEnum):
    """What a group has posted among needs and offers."""

    NEED = "need"
    OFFER = "offer"


class Happening(StrEnum):
    """What happened to a problem, for its timeline and the weekly word; nobody stands in it."""

    RAISED = "raised"
    JOINED = "joined"
    """It began to gather."""
    IDEA = "idea"
    GROUP = "group"
    STEP_DONE = "step_done"
    POSTED = "posted"
    MERGED = "merged"
    SOLVED = "solved"
    PARTLY = "partly"
    SET_ASIDE = "set_aside"
    TAKEN_UP = "taken_up"


class MemberDeed(StrEnum):
    """What a member does with one press."""

    AFFECTS_ME = "affects-me"
    AFFECTS_ME_NOT = "affects-me-not"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    JOIN_GROUP = "join-group"
    LEAVE_GROUP = "leave-group"
    THANK = "thank"


class SteerDeed(StrEnum):
    """What whoever steers a problem does with one press."""

    FORM_GROUP = "form-group"
    TAKE_UP = "take-up"
    OPEN = "open"
    KEEP_IN = "keep-in"

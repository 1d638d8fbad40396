"""Words of circles: for whom, how often, how one stands in a circle, and how two people talk."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

NAME_MOST = 80
ALIAS_MOST = 40
PURPOSE_MOST = 600
BODY_MOST = 3000
REASON_MOST = 500
SIZE_LEAST, SIZE_MOST = 3, 30
DAYS_MOST = 60
AGREEMENT_LINES = 5
LINE_MOST = 120
MINOR_FROM, MINOR_TO = 10, 17
HOSTS_FOR_MINORS = 2
QUIET_DAYS = 7
"""For how long a host asks somebody to only read."""
MESSAGES_AN_HOUR = 30
REPORTS_A_DAY = 10
ASKS_A_WEEK = 3
"""How often somebody may ask for a listener in seven days."""
WEEK = timedelta(days=7)
TALK_AT_MOST = timedelta(days=14)
"""A talk that nobody ended ends by itself, and what was written goes."""


class Kind(StrEnum):
    """A circle that members open, or the one of a community's hosts."""

    OPEN = "open"
    HOSTS = "hosts"


class ForWhom(StrEnum):
    """Who a circle is for."""

    MIXED = "mixed"
    WOMEN = "women"
    MEN = "men"


class Rhythm(StrEnum):
    """How often a circle meets."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class SeatRole(StrEnum):
    """What somebody is in a circle."""

    MEMBER = "member"
    HOST = "host"


class SeatState(StrEnum):
    """How somebody stands to a circle. Whoever leaves, or was not taken in, has no seat at all."""

    ASKED = "asked"
    INSIDE = "inside"
    BLOCKED = "blocked"


class Answer(StrEnum):
    """What somebody said of a session."""

    COMING = "coming"
    WAITING = "waiting"
    NOT_COMING = "not_coming"


class Verdict(StrEnum):
    """What a host decided about a report. None of it happens by itself."""

    NOTHING = "nothing"
    HIDE = "hide"
    QUIET = "quiet"
    REMOVE = "remove"


class Gender(StrEnum):
    """Whom somebody finds it easier to talk to, and what a listener is."""

    WOMAN = "woman"
    MAN = "man"


class Way(StrEnum):
    """How the two talk; in none of them does either see the other's phone number."""

    WRITING = "writing"
    CALL = "call"
    MEETING = "meeting"


class TalkState(StrEnum):
    """Where a talk stands."""

    WAITING = "waiting"
    OPEN = "open"
    ENDED = "ended"

"""What can go wrong with notices."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Missing


class NoSuchNotice(Missing):
    """There is no such notice for this person."""


class AlreadySent(Conflict):
    """Somebody has sent this text, or put it aside, a moment ago."""

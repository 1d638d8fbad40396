"""What can go wrong with tokens."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Missing, Refused, TadamunError


class NoSuchToken(Missing):
    """There is no such token of this person."""


class ScopesNeeded(TadamunError):
    """A token is made for something: at least one known scope."""


class TokenDaysOutOfRange(TadamunError):
    """A token works for one day at least and for a year at most."""


class TokenNameNeeded(TadamunError):
    """A token has a name, so that one knows it again in the list."""


class TooManyTokens(Conflict):
    """Somebody has `most` tokens already."""


class RevealNeedsSecondFactor(Refused):
    """A token that opens names is made by somebody who has set up a second factor."""

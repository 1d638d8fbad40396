"""What can go wrong with the words of search."""

from __future__ import annotations

from tadamun.kernel.errors import Missing, TadamunError


class NoSuchWords(Missing):
    """There is no such group of words here."""


class WordsNotAGroup(TadamunError):
    """A group has from two to `most` words or phrases, none of them overlong."""


class TooManyWordGroups(TadamunError):
    """A community has at most `most` groups."""

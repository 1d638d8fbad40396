"""What can go wrong with the catalogue."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Missing, TadamunError


class NoSuchCategory(Missing):
    """There is no such category in this community, or it is not in use there."""


class CategoryNameTaken(Conflict):
    """The community has a category of this name already."""


class CategoryNameNeeded(TadamunError):
    """A category needs a name in at least one language."""


class CategoryBelowItself(TadamunError):
    """A category stands under a main one of the same community or of all; deeper than that nobody would find it."""


class CategoryNotYours(Conflict):
    """A shared category can be hidden, not changed or closed, by one community."""

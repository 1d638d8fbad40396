"""What can go wrong with areas and places."""

from __future__ import annotations

from tadamun.kernel.errors import Conflict, Missing, TadamunError


class NoSuchArea(Missing):
    """There is no such area in this community, or it can no longer be chosen."""


class AreaNameTaken(Conflict):
    """The community has an area of this name already."""


class AreaNameNeeded(TadamunError):
    """An area needs a name."""


class NotOnTheGlobe(TadamunError):
    """Latitude runs from -90 to 90 degrees, longitude from -180 to 180."""

"""What the trail refuses."""

from __future__ import annotations

from tadamun.kernel.errors import TadamunError


class NotForTheTrail(TadamunError):
    """A value that could carry a name, a text or a phone was about to be written on the trail."""

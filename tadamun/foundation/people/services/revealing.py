"""The log of who looked at what of somebody."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.people.errors import ReasonNeeded
from tadamun.foundation.people.models import Person, Reveal
from tadamun.foundation.people.vocabulary import Revealed
from tadamun.kernel.text import clean_line

SHORTEST_REASON = 3


def forget_reasons(*, about: str) -> None:
    """Empty the words of every look at a request or record that is forgotten; that it was looked at stays."""
    Reveal.objects.filter(about=about).update(reason="")


def log_reveal(
    *,
    subject: Person | None,
    about: str,
    viewer: Person,
    viewer_role: str,
    what: Revealed,
    scope: str,
    at: datetime,
    reason: str = "",
    reason_needed: bool = True,
) -> Reveal:
    """Log one look at somebody's name, phone, place or notes; the person concerned can read it.

    :param about: public id of the request or record that carried it.
    :raises ReasonNeeded: no reason is given where one is asked for.
    """
    words = clean_line(reason)[:200]
    if reason_needed and len(words) < SHORTEST_REASON:
        raise ReasonNeeded
    return Reveal.objects.create(
        subject=subject,
        about=about,
        viewer=viewer,
        viewer_role=viewer_role,
        what=what,
        reason=words,
        scope=scope,
        at=at,
    )

"""One row of the coordinators' list of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class DueCard:
    """Something that must not be forgotten: what, since or until when, and whose it is. Nothing of who asked."""

    kind: str
    day: date
    """The day in the community's own time on which it is or was due."""
    moment: datetime | None
    """The moment, where there is one."""
    overdue: bool
    owner: str
    """The first name of the coordinator who sees to it; empty while nobody does."""
    owned_by_viewer: bool
    categories: tuple[str, ...]
    area: str
    request_id: str = ""
    request_number: int | None = None
    line_id: str = ""
    """Of one thing alone; empty where it is about the request as a whole."""
    offer_id: str = ""
    category_code: str = ""
    giver: str = ""
    free: int = 0
    """Of an offer: how much of it nobody has been asked about yet."""
    unit: str = ""

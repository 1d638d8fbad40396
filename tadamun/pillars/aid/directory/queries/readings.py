"""The files that were handed in, and what their reading came to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.directory.cards import ReadingCard
from tadamun.pillars.aid.directory.errors import NoSuchReading
from tadamun.pillars.aid.directory.models import FileReading
from tadamun.pillars.aid.directory.policies import require_keeper
from tadamun.pillars.aid.directory.vocabulary import READING_PATIENCE, ReadingState

SHOWN_MOST = 20


def readings(*, community: Community, viewer: Any, at: datetime) -> list[ReadingCard]:
    """The last files that were handed in, newest first; without what was said of each row.

    :raises DirectoryForCoordinators: only coordinators.
    """
    require_keeper(actor=viewer, community=community)
    rows = FileReading.objects.filter(community=community).defer("report", "content")
    return [_card(row, {}, at=at) for row in rows.order_by("-handed_in_at", "-pk")[:SHOWN_MOST]]


def reading_card(*, community: Community, reading_id: str, viewer: Any, at: datetime) -> ReadingCard:
    """One file with its whole report.

    :raises DirectoryForCoordinators: only coordinators.
    :raises NoSuchReading: none of this id here.
    """
    require_keeper(actor=viewer, community=community)
    row = FileReading.objects.filter(community=community, public_id=reading_id).defer("content").first()
    if row is None:
        raise NoSuchReading
    return _card(row, row.report, at=at)


def _card(row: FileReading, report: dict[str, Any], *, at: datetime) -> ReadingCard:
    state = ReadingState(row.state)
    return ReadingCard(
        public_id=row.public_id,
        title=row.title,
        source=row.source,
        handed_in_at=row.handed_in_at,
        state=state,
        problem=row.problem,
        stuck=state is ReadingState.WAITING and row.handed_in_at < at - READING_PATIENCE,
        report=report,
    )

"""Telling somebody that there is news: without a name, a circle or a matter, and in nobody else's list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.notices import services as notices
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.circles.notices import NEWS


def tell_news(*, people: Iterable[Person], community: Community, at: datetime, key: str = "") -> None:
    """Say «something new» to each; a `key` is told each of them once.

    No scope: the lists in which coordinators look after what is sent show the texts of their community.
    """
    for person in people:
        notices.tell(
            recipient=person,
            kind=NEWS,
            url=f"/c/{community.slug}/circles/mine/",
            at=at,
            dedupe_key=f"circles:{key}:{person.public_id}" if key else None,
        )

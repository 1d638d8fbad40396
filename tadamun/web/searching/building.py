"""Building the index anew from what the apps say can be found, every night too: a changed word is then known."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tadamun.foundation.communities import services as communities
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.queries import all_communities
from tadamun.foundation.jobs.services import every
from tadamun.foundation.search import services as index
from tadamun.pillars.aid.needs import services as needs


def build(*, community: Community) -> dict[str, int]:
    """Put all that can be found in a community into the index anew; returns how much of each kind."""
    counts = {}
    for app in (communities, needs):
        for kind, documents in app.findable(community=community).items():
            with transaction.atomic():
                counts[kind.value] = index.rebuild(kind=kind, scope=community.pk, documents=documents)
    return counts


def build_all() -> dict[str, dict[str, int]]:
    """The same for every community, by its short name; what belonged to communities that are gone is dropped."""
    everywhere = all_communities()
    counts = {community.slug: build(community=community) for community in everywhere}
    index.drop_other_scopes(kept=[community.pk for community in everywhere])
    index.tidy_up()
    return counts


@every(name="web.build_search", interval=timedelta(days=1))
def renew(*, at: datetime) -> None:  # repeated work receives the clock
    """Build the index of every community anew."""
    build_all()

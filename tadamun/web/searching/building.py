"""Building the index anew from what the apps say can be found, every night too: a changed word is then known."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tadamun.foundation.communities import services as communities
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.queries import all_communities
from tadamun.foundation.jobs.services import every
from tadamun.foundation.search import queries
from tadamun.foundation.search import services as index
from tadamun.pillars.aid.needs import services as needs

NIGHT = range(1, 5)
"""The hours of a community's own clock in which its index is built anew."""
ONCE_A_NIGHT = timedelta(hours=12)
LEFT_OUT_MOST = timedelta(days=3)
"""Where the worker runs by day alone, the index is built anew then."""


def build(*, community: Community, at: datetime) -> dict[str, int]:
    """Bring the index in line with all that can be found in a community; returns how much there is of each kind.

    Searching goes on meanwhile, and others write in between.
    """
    counts = {}
    for app in (communities, needs):
        for kind, source in app.findable(community=community).items():
            counts[kind.value] = index.rebuild(kind=kind, scope=community.pk, source=source)
    index.note_built(scope=community.pk, at=at)
    return counts


def build_all(*, at: datetime) -> dict[str, dict[str, int]]:
    """The same for every community, by its short name; what belonged to communities that are gone is dropped."""
    everywhere = all_communities()
    counts = {community.slug: build(community=community, at=at) for community in everywhere}
    _clear_away(everywhere)
    return counts


def due(*, at: datetime) -> list[Community]:
    """The communities whose index is to be built anew now, that of the longest ago first."""
    built = queries.built_at()
    found = [one for one in all_communities() if _is_due(one, built.get(one.pk), at=at)]
    return sorted(found, key=lambda one: built[one.pk].timestamp() if one.pk in built else 0)


def _is_due(community: Community, built: datetime | None, *, at: datetime) -> bool:
    if built is None or abs(at - built) > LEFT_OUT_MOST:
        return True
    hour = at.astimezone(ZoneInfo(community.time_zone)).hour
    return hour in NIGHT and abs(at - built) > ONCE_A_NIGHT


def _some_are_due(*, at: datetime) -> bool:
    return bool(due(at=at))


@every(name="web.build_search", interval=timedelta(minutes=1), only_if=_some_are_due)
def renew(*, at: datetime) -> None:
    """Build the index of one community anew; the others have their turn, so that other work goes on in between."""
    for community in due(at=at)[:1]:
        build(community=community, at=at)
        _clear_away(all_communities())


def _clear_away(everywhere: list[Community]) -> None:
    index.drop_other_scopes(kept=[community.pk for community in everywhere])
    index.tidy_up()

"""The weekly word to those who follow problems: how many of them moved, never which or by whom."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.urls import reverse

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import is_member
from tadamun.foundation.communities.queries import all_communities
from tadamun.foundation.notices.services import tell
from tadamun.foundation.people.models import Person
from tadamun.kernel.regions import FALLBACK, REGIONS
from tadamun.pillars.support.problems.models import Follower

MORNING = 9
WEEK = timedelta(days=7)


def tell_weekly(*, at: datetime) -> int:
    """Tell of the week that is over, once, from nine on the first day of the new one; returns how many were told."""
    return sum(_tell_community(community, at=at) for community in all_communities())


def week_before(*, community: Community, at: datetime) -> tuple[datetime, datetime] | None:
    """The week that ended last, in the community's own days; none before nine of the new week's first day."""
    zone = ZoneInfo(community.time_zone)
    local = at.astimezone(zone)
    first = REGIONS.get(community.region, FALLBACK).first_weekday
    into = (local.weekday() - first) % 7
    if into == 0 and local.hour < MORNING:
        return None
    begin = local.date() - timedelta(days=into)
    return _midnight(begin - WEEK, zone), _midnight(begin, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _tell_community(community: Community, *, at: datetime) -> int:
    week = week_before(community=community, at=at) if community.has_on("problems") else None
    if week is None:
        return 0
    moved = Follower.objects.filter(
        problem__community=community,
        problem__merged_into__isnull=True,
        problem__events__at__gte=week[0],
        problem__events__at__lt=week[1],
    )
    counts = moved.values("person").annotate(many=Count("problem", distinct=True)).order_by("person")
    people = Person.objects.in_bulk([row["person"] for row in counts])
    return sum(_tell(people[row["person"]], row["many"], community, week[0], at=at) for row in counts)


def _tell(person: Person, many: int, community: Community, since: datetime, *, at: datetime) -> bool:
    if not is_member(person=person, community=community):
        return False
    notice = tell(
        recipient=person,
        kind="problems.weekly",
        params={"count": many},
        url=f"{reverse('problems:problems', args=[community.slug])}?mine=1",
        scope=community.public_id,
        dedupe_key=f"problems_weekly:{community.public_id}:{person.public_id}:{since.date().isoformat()}",
        at=at,
    )
    return notice is not None

"""Who of the coordinators takes a request on, and by when they promise to call."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from tadamun.foundation.communities import queries as communities
from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.aid.needs.services.details import LineDetails
from tadamun.pillars.aid.needs.vocabulary import NOT_ENDED, When


def next_owner(*, community: Community) -> Person | None:
    """The coordinator with the fewest open requests; ties go to whoever joined first."""
    coordinators = communities.people_with_role(community=community, role=Role.COORDINATOR)
    if not coordinators:
        return None
    counts = dict(
        Request.objects.filter(community=community, owner__in=coordinators)
        .values("owner")
        .annotate(open=Count("lines", filter=Q(lines__state__in=NOT_ENDED), distinct=True))
        .values_list("owner", "open")
    )
    return min(coordinators, key=lambda person: counts.get(person.pk, 0))


def promised_call(*, community: Community, lines: tuple[LineDetails, ...], at: datetime) -> datetime:
    """By when a coordinator calls: today before closing if there is an hour left, else two hours after opening."""
    local = at.astimezone(ZoneInfo(community.time_zone))
    opens = community.helpline_opens
    closes = community.helpline_closes
    if opens is None or closes is None:
        return local + timedelta(hours=24)
    closing = local.replace(hour=closes.hour, minute=closes.minute, second=0, microsecond=0)
    urgent = any(line.when is When.TODAY for line in lines)
    if local + timedelta(hours=1) <= closing:
        opening = local.replace(hour=opens.hour, minute=opens.minute, second=0, microsecond=0)
        soon = max(local, opening).replace(minute=0, second=0, microsecond=0) + timedelta(hours=4)
        return min(closing, soon) if urgent else closing
    morning = (local + timedelta(days=1)).replace(
        hour=opens.hour, minute=opens.minute, second=0, microsecond=0
    )
    return morning + timedelta(hours=2)

"""Still needed? Asked once after a long silence, by notice or text; answered by the asker, or by a call that reaches.

Nothing is ever closed because nobody answered: three days later the question stands on the list of the day.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from tadamun.foundation.communities.models import Community
from tadamun.foundation.trail.services import record
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.errors import NeedCannotMove
from tadamun.pillars.aid.needs.models import NeedLine, Request
from tadamun.pillars.aid.needs.queries.rounds import policy_of
from tadamun.pillars.aid.needs.services.settling import find_line
from tadamun.pillars.aid.needs.services.sides import tell_asking_side
from tadamun.pillars.aid.needs.services.sweeping import one_by_one
from tadamun.pillars.aid.needs.vocabulary import STILL_OPEN

DAYTIME = range(9, 19)
"""Hours of the community in which a household may be asked something that can wait."""
ASKED_AT_MOST_EVERY = timedelta(days=7)


def ask_still_needed(*, at: datetime) -> int:
    """Ask everybody whose open line has been silent for the days of the policy; returns how many were asked.

    At night nobody is asked: the next run in daytime does it.

    :raises ExceptionGroup: some of them failed; the others were asked.
    """
    ids: list[str] = []
    for community in Community.objects.filter(requests__lines__state__in=STILL_OPEN).distinct():
        awake = at.astimezone(ZoneInfo(community.time_zone)).hour in DAYTIME
        if awake and community.has_on("needs"):
            ids.extend(_silent_requests(community, at=at))
    return one_by_one(ids=ids, do=_ask, what="ask_still_needed", at=at)


@transaction.atomic
def say_still_needed(*, line_id: str, actor: Any, at: datetime, with_pin: bool = False) -> NeedLine:
    """The asker says that a line is needed still: the clock begins anew, and the line keeps its place.

    :raises NeedCannotMove: nothing is looked for under it any more.
    """
    line = find_line(line_id=line_id)
    policies.require_asker(actor=actor, request=line.request, with_pin=with_pin)
    if line.state not in STILL_OPEN:
        raise NeedCannotMove(now=line.state, asked="still_needed")
    line.heard_at = at
    line.save(update_fields=["heard_at"])
    record(
        scope=line.community.public_id,
        verb="still_needed",
        thing="line",
        thing_id=line.public_id,
        actor=getattr(actor, "public_id", ""),
        at=at,
    )
    return line


def _silent_requests(community: Community, *, at: datetime) -> list[str]:
    silent = _silent(since=_silence_from(community, at=at))
    lines = NeedLine.objects.filter(
        silent,
        community=community,
        state__in=STILL_OPEN,
        request__merged_into__isnull=True,
        request__forgotten_at__isnull=True,
    )
    # Those who were asked and have not answered are left alone: the next word is a call.
    found = [line for line in lines.select_related("request") if not line.is_asked_about]
    return sorted({line.request.public_id for line in found})


@transaction.atomic
def _ask(request_id: str, *, at: datetime) -> int:
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("community", "asker")
        .get(public_id=request_id)
    )
    if request.lines.filter(still_asked_at__gt=at - ASKED_AT_MOST_EVERY).exists():
        return 0
    silent = _silent(since=_silence_from(request.community, at=at))
    held = request.lines.select_for_update(of=("self",)).select_related("request")
    lines = [
        line for line in held.filter(silent, state__in=STILL_OPEN).order_by("pk") if not line.is_asked_about
    ]
    if not lines:
        return 0
    for line in lines:
        line.still_asked_at = at
        line.save(update_fields=["still_asked_at"])
    key = f"still_needed:{request.public_id}:{at.isoformat()}"
    tell_asking_side(request=request, kind="needs.still_needed", dedupe_key=key, at=at)
    record(
        scope=request.community.public_id,
        verb="still_needed_asked",
        thing="request",
        thing_id=request.public_id,
        at=at,
        data={"lines": len(lines)},
    )
    return 1


def _silence_from(community: Community, *, at: datetime) -> datetime:
    """The moment before which the last sign of life lies long ago."""
    return at - timedelta(days=policy_of(community=community).check_after_days)


def _silent(*, since: datetime) -> Q:
    """Lines with no sign of life since then: not asked for, changed or answered, and nobody reached or heard."""
    return (
        Q(waiting_since__lte=since)
        & (Q(heard_at__isnull=True) | Q(heard_at__lte=since))
        & (Q(request__heard_at__isnull=True) | Q(request__heard_at__lte=since))
    )

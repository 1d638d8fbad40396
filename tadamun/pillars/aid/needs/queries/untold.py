"""What was agreed for households that neither a notice nor a text reaches: somebody calls them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.needs.models import ContactAttempt, NeedLine
from tadamun.pillars.aid.needs.vocabulary import CloseReason, ContactOutcome, LineState


def untold_lines(*, community: Community, today: date, starts: datetime) -> QuerySet[NeedLine]:
    """Lines of which the household has still to be told by phone; what was tried today waits until tomorrow.

    A day to come back on puts the call off only where it was given in a call about this: the day that was given before
    may lie after the time that was agreed.

    :param today: the community's day.
    :param starts: its first moment.
    """
    calls = ContactAttempt.objects.filter(request=OuterRef("request_id"), at__gte=OuterRef("untold_since"))
    follow_up = Q(request__follow_up_on__isnull=True) | Q(request__follow_up_on__lte=today)
    return NeedLine.objects.filter(
        ~Q(state__in=[LineState.MET, LineState.CLOSED])
        | Q(state=LineState.CLOSED, close_reason=CloseReason.REFERRED),
        follow_up | ~Exists(calls),
        ~Exists(calls.filter(Q(outcome=ContactOutcome.REACHED) | Q(at__gte=starts))),
        community=community,
        untold_since__isnull=False,
        request__merged_into__isnull=True,
        request__forgotten_at__isnull=True,
    )


def is_untold(*, request_key: int, lines: Iterable[NeedLine]) -> bool:
    """Whether somebody still has to call about any of these lines of a request, today or later."""
    since = [line.untold_since for line in lines if line.untold_since is not None and _still_matters(line)]
    if not since:
        return False
    reached = ContactAttempt.objects.filter(request=request_key, outcome=ContactOutcome.REACHED)
    return not reached.filter(at__gte=max(since)).exists()


def _still_matters(line: NeedLine) -> bool:
    if line.state == LineState.CLOSED:
        return line.close_reason == CloseReason.REFERRED
    return line.state != LineState.MET

"""What every page of common problems begins with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from tadamun.foundation.communities.policies import require_app
from tadamun.foundation.idempotency.services import once
from tadamun.foundation.limits import hit
from tadamun.pillars.support.problems.vocabulary import SAID_MOST

HOUR = timedelta(hours=1)


class Visit(HttpRequest):
    """A request inside one community, as the middleware leaves it."""

    community: Any
    user: Any


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page only where the community uses common problems; hands the view the moment as `at`.

    :raises AppSwitchedOff: the community has switched them off.
    """

    @wraps(view)
    def opened(request: Visit, community: str, **given: Any) -> HttpResponse:
        require_app(community=request.community, app="problems")
        return view(request, at=timezone.now(), **given)

    return opened


def within_measure(
    request: Visit, *, at: datetime, what: str = "problem_said", most: int = SAID_MOST
) -> None:
    """Count what somebody writes.

    :raises TooManyTries: it was done as often as one may in an hour.
    """
    hit(what=what, who=request.user.public_id, most=most, window=HOUR, at=at)


def done_once(request: Visit, form: Any, *, what: str, at: datetime, do: Callable[[], str]) -> str:
    """Run `do` unless this form was received already; what it led to."""
    purpose = f"{what}:{request.community.public_id}:{request.user.public_id}"
    return once(token=form.cleaned_data["form_token"], purpose=purpose, at=at, do=do)[0]


def posted(request: Visit) -> Any:
    """What was sent, where something was."""
    return request.POST if request.method == "POST" else None


def to_problem(request: Visit, problem_id: str, anchor: str = "") -> HttpResponse:
    """On to the problem's page."""
    answer = redirect("problems:problem", request.community.slug, problem_id)
    if anchor:
        answer["Location"] += f"#{anchor}"
    return answer


def today(request: Visit, at: datetime) -> date:
    """The day in the community."""
    return at.astimezone(ZoneInfo(request.community.time_zone)).date()

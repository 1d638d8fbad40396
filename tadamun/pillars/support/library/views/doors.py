"""What every page of the library begins with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tadamun.foundation.communities.policies import may_coordinate, require_app
from tadamun.foundation.idempotency.services import once
from tadamun.foundation.limits import hit
from tadamun.pillars.support.library.vocabulary import BOOKED_MOST

HOUR = timedelta(hours=1)


class Visit(HttpRequest):
    """A request inside one community, as the middleware leaves it."""

    community: Any
    user: Any


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page only where the community uses the library; hands the view the moment as `at`.

    :raises AppSwitchedOff: the community has switched the library off.
    """

    @wraps(view)
    def opened(request: Visit, community: str, **given: Any) -> HttpResponse:
        require_app(community=request.community, app="library")
        return view(request, at=timezone.now(), **given)

    return opened


def done_once(request: Visit, form: forms.Form, *, what: str, at: datetime, do: Callable[[], str]) -> str:
    """Run `do` unless this very form was received already; what it led to."""
    purpose = f"library:{what}:{request.community.public_id}"
    return once(token=form.cleaned_data["form_token"], purpose=purpose, at=at, do=do)[0]


def within_measure(request: Visit, *, at: datetime) -> None:
    """Count what asks for a time; coordinators enter what others say, uncounted.

    :raises TooManyTries: it was done as often as one may in an hour.
    """
    if not may_coordinate(person=request.user, community=request.community):
        hit(what="library", who=request.user.public_id, most=BOOKED_MOST, window=HOUR, at=at)

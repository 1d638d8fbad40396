"""What every page of circles begins with: the part is in use here, somebody is signed in, and no cache keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from tadamun.foundation.communities.policies import require_app, require_member
from tadamun.pillars.support.circles import queries

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Visit(HttpRequest):
    """A request inside one community, as the middleware leaves it."""

    community: Any
    user: Any
    care_lines: Any
    """The lines to call, which stand on every page."""


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page for members where the community uses circles; hands the view the moment as `at`.

    :raises AppSwitchedOff: the community has switched circles off.
    :raises NotAMember: a stranger.
    """

    @wraps(view)
    def opened(request: Visit, community: str, **given: Any) -> HttpResponse:
        require_app(community=request.community, app="circles")
        require_member(person=request.user, community=request.community)
        request.care_lines = queries.care_lines(community=request.community)
        return view(request, at=timezone.now(), **given)

    # Outside the body: whoever presses «back» on a shared phone after signing out finds nothing.
    return never_cache(login_required(opened))

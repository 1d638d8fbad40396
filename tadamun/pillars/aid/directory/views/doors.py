"""What every page of the directory begins with: the part is in use here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tadamun.foundation.communities.policies import require_app


class Visit(HttpRequest):
    """A request inside one community, as the middleware leaves it."""

    community: Any
    user: Any


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page only where the community uses the directory; hands the view the moment as `at`.

    :raises AppSwitchedOff: the community has switched the directory off.
    """

    @wraps(view)
    def opened(request: Visit, community: str, **given: Any) -> HttpResponse:
        require_app(community=request.community, app="directory")
        return view(request, at=timezone.now(), **given)

    return opened

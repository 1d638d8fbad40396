"""What every page of needs begins with: the part is in use here, and the visit knows its community."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tadamun.foundation.communities.policies import require_app
from tadamun.kernel.errors import TadamunError


class Visit(HttpRequest):
    """A request inside one community, as the middleware leaves it; services and queries judge who `user` is."""

    community: Any
    user: Any


def try_and_say(
    request: Visit,
    act: Callable[[], Any],
    *,
    done: str,
    moved: tuple[type[TadamunError], ...],
    words: Callable[[TadamunError], str],
) -> None:
    """Do it, and say on the next page that it is done, or what has moved on in the meantime.

    :param moved: the refusals that are no fault of anybody: somebody was faster.
    :param words: the sentence of such a refusal, for this page's reader.
    """
    try:
        act()
    except moved as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, done)


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page only where the community uses needs; hands the view the moment as `at` and takes the slug away.

    :raises AppSwitchedOff: the community has switched needs off.
    """

    @wraps(view)
    def opened(request: Visit, community: str, **given: Any) -> HttpResponse:
        require_app(community=request.community, app="needs")
        return view(request, at=timezone.now(), **given)

    return opened

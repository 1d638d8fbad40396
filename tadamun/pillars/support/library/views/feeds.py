"""The calendar that phones and computers read."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from tadamun.foundation.communities.policies import require_member
from tadamun.pillars.support.library import adapters, queries, services
from tadamun.pillars.support.library.views.doors import Visit, door


@require_POST
@login_required
@door
def make_feed(request: Visit, *, at: datetime) -> HttpResponse:
    """Make the address, and show it this once."""
    secret = services.make_feed(community=request.community, actor=request.user, at=at)
    base = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    address = f"{base}{reverse('library:feed', args=[request.community.slug, secret])}"
    return render(request, "library/feed.html", {"address": address})


@require_POST
@login_required
@door
def drop_feed(request: Visit, *, at: datetime) -> HttpResponse:
    """Let the address open nothing any more."""
    require_member(person=request.user, community=request.community)
    services.drop_feed(community=request.community, actor=request.user)
    messages.success(request, _("The address opens nothing any more."))
    return redirect("library:my_loans", request.community.slug)


@require_safe
@door
def feed(request: Visit, *, secret: str, at: datetime) -> HttpResponse:
    """The holder's own times, for whoever knows the address."""
    events = queries.feed_events(community=request.community, token=secret, at=at)
    name = " · ".join((pgettext("sharing", "Library"), request.community.name))
    text = adapters.as_icalendar(events=events, name=name, host=request.get_host().partition(":")[0])
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response

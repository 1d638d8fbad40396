"""Circles as members see them, and asking to join."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.foundation.idempotency.services import once
from tadamun.pillars.support.circles import policies, queries, services
from tadamun.pillars.support.circles.errors import AlreadyInCircle
from tadamun.pillars.support.circles.forms import HostForm, JoinForm
from tadamun.pillars.support.circles.services import Asking
from tadamun.pillars.support.circles.views.doors import Visit, door


@require_safe
@door
def circles(request: Visit, *, at: datetime) -> HttpResponse:
    """The circles that meet here."""
    here = {"community": request.community, "viewer": request.user}
    context = {
        "cards": queries.circles_here(**here, at=at),
        "may_open": policies.is_checked(person=request.user, community=request.community),
        "keeps_words": policies.keeps_words(person=request.user, community=request.community),
    }
    return render(request, "circles/circles.html", context)


@require_safe
@door
def mine(request: Visit, *, at: datetime) -> HttpResponse:
    """The circles one is in or waits for, and one's talks."""
    here = {"community": request.community, "viewer": request.user}
    context = {"rows": queries.my_circles(**here, at=at), "talks": queries.talks_of(**here)}
    return render(request, "circles/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def circle(request: Visit, *, circle_id: str, at: datetime) -> HttpResponse:
    """One circle, and asking for a seat in it."""
    here = {"community": request.community, "circle_id": circle_id, "viewer": request.user}
    card = queries.circle_card(**here, at=at)
    form = JoinForm(request.POST if request.method == "POST" else None, card=card)
    if request.method == "POST" and form.is_valid():
        return _ask(request, circle_id, form.asking(), form.cleaned_data["form_token"], at)
    context = {"card": card, "mine": queries.my_standing(**here), "form": form}
    return render(request, "circles/circle.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def ask_to_host(request: Visit, *, circle_id: str, at: datetime) -> HttpResponse:
    """Offer to host a circle with those who do."""
    policies.require_checked(person=request.user, community=request.community)
    card = queries.circle_card(community=request.community, circle_id=circle_id, viewer=request.user, at=at)
    form = HostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _ask(request, circle_id, form.asking(), form.cleaned_data["form_token"], at)
    status = 422 if form.is_bound else 200
    return render(request, "circles/ask_to_host.html", {"card": card, "form": form}, status=status)


def _ask(request: Visit, circle_id: str, asking: Asking, token: str, at: datetime) -> HttpResponse:
    def ask() -> str:
        services.ask_to_join(
            circle_id=circle_id, community=request.community, person=request.user, asking=asking, at=at
        )
        return ""

    try:
        once(token=token, purpose=f"circles.join:{request.user.public_id}", at=at, do=ask)
    except AlreadyInCircle:
        return redirect("circles:circle", request.community.slug, circle_id)
    messages.success(request, _("Your question went to the hosts alone. They answer here."))
    return redirect("circles:circle", request.community.slug, circle_id)

"""Asking to belong, and answering."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadamun.foundation.communities import policies, queries, services
from tadamun.foundation.communities.forms import JoinForm
from tadamun.foundation.limits import hit


def join(request: Any, community: str) -> HttpResponse:
    """Ask to join; who has no account is led to one and comes back."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.user.is_authenticated and form.is_valid():
        at = timezone.now()
        hit(what="join", who=request.user.public_id, most=10, window=timedelta(hours=1), at=at)
        services.ask_to_join(
            community=request.community, person=request.user, note=form.cleaned_data["note"], at=at
        )
        messages.success(request, _("Your request to join is with the coordinators."))
        return redirect("communities:join", community)
    context = {
        "form": form,
        "here": request.path,
        "member": policies.is_member(person=request.user, community=request.community),
        "waits": queries.waits_to_join(person=request.user, community=request.community),
        "open": request.community.open_to_join,
    }
    return render(request, "communities/join.html", context)


@login_required
def join_requests(request: Any, community: str) -> HttpResponse:
    """Who waits to belong."""
    cards = queries.join_requests(community=request.community, viewer=request.user)
    context = {
        "requests": cards,
        "stewards": policies.may_steward(person=request.user, community=request.community),
    }
    return render(request, "communities/join_requests.html", context)


@login_required
@require_POST
def answer_join(request: Any, community: str, request_id: str) -> HttpResponse:
    """Take somebody in, or decline."""
    accepted = request.POST.get("answer") == "accept"
    answer = services.accept_join if accepted else services.decline_join
    answer(community=request.community, actor=request.user, request_id=request_id, at=timezone.now())
    messages.success(request, _("A new member. Welcome.") if accepted else _("The request was declined."))
    return redirect("communities:join_requests", community)

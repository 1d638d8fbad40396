"""The first pages: of the instance, and of one community for guests, members and coordinators."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tadamun.foundation.communities import queries as communities
from tadamun.foundation.communities.policies import is_member
from tadamun.web import front
from tadamun.web.gates import gate_of
from tadamun.web.navigation import address_of


@require_safe
def home(request: Any) -> HttpResponse:
    """The only community there is, a list of several, or how to begin one; in a demonstration, its doors."""
    if settings.DEMO:
        return _demonstration(request)
    everywhere = communities.all_communities()
    if len(everywhere) == 1:
        return redirect("web:community_home", community=everywhere[0].slug)
    if not everywhere:
        return render(request, "web/no_community.html")
    mine = communities.communities_of(person=request.user) if request.user.is_authenticated else []
    if len(mine) == 1:
        return redirect("web:community_home", community=mine[0].slug)
    known = {community.pk for community in mine}
    others = [community for community in everywhere if community.pk not in known]
    return render(request, "web/communities.html", {"mine": mine, "others": others})


@require_safe
def community_home(request: Any, community: str) -> HttpResponse:
    """The home of one community: the landing page for guests, one's own things for members."""
    at = timezone.now()
    face = front.public_face(community=request.community, at=at)
    context: dict[str, Any] = {"community": request.community, "face": face}
    if not is_member(person=request.user, community=request.community):
        return render(request, "web/landing.html", context)
    context["mine"] = front.member_side(community=request.community, viewer=request.user, at=at)
    return render(request, "web/member_home.html", context)


@require_safe
def role(request: Any, community: str, code: str) -> HttpResponse:
    """One of the five roles of solidarity: what it means, and what can be done of it here today."""
    gate = gate_of(code=code)
    if gate is None:
        raise Http404
    deeds = []
    for deed in gate.deeds:
        url = address_of(deed.name, community=request.community)
        app = deed.name.partition(":")[0]
        if url and request.community.has_on(app):
            deeds.append((deed, f"{url}?category={deed.code}" if deed.code else url))
    return render(request, "web/role.html", {"gate": gate, "deeds": deeds, "community": request.community})


def _demonstration(request: Any) -> HttpResponse:
    from tadamun.web.demo.doors import doors

    return render(request, "web/demo.html", {"doors": doors(), "communities": communities.all_communities()})

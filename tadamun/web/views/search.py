"""The search page of a community."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadamun.foundation.communities.policies import require_member
from tadamun.kernel.text import clean_line
from tadamun.web import searching

LONGEST = 80


@require_safe
@login_required
def search(request: Any, community: str) -> HttpResponse:
    """What a member finds in the community: requests, offers, people, categories, help.

    :raises NotAMember: the viewer does not belong here.
    """
    require_member(person=request.user, community=request.community)
    text = clean_line(request.GET.get("q", ""))[:LONGEST]
    results = searching.search(community=request.community, viewer=request.user, text=text) if text else None
    return render(request, "web/search.html", {"text": text, "results": results})

"""The list, and raising a problem: those that are like it are shown first."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.foundation.places.queries import open_areas
from tadamun.kernel.text import clean_line
from tadamun.pillars.support.problems import policies, queries, services
from tadamun.pillars.support.problems.errors import SinceInTheFuture
from tadamun.pillars.support.problems.forms import ProblemForm
from tadamun.pillars.support.problems.queries import Wanted
from tadamun.pillars.support.problems.views.doors import (
    Visit,
    done_once,
    door,
    posted,
    to_problem,
    within_measure,
)
from tadamun.pillars.support.problems.vocabulary import RAISED_MOST

TEXT_MOST = 100


@require_safe
@door
def problems(request: Visit, *, at: datetime) -> HttpResponse:
    """What weighs on several here: open ones first, those that affect most above."""
    given = {
        name: clean_line(request.GET.get(name, ""))[:TEXT_MOST] for name in ("q", "area", "state", "mine")
    }
    wanted = Wanted(
        text=given["q"],
        area=given["area"],
        settled=given["state"] == "settled",
        mine=given["mine"] == "1",
    )
    page = queries.problem_page(
        community=request.community, viewer=request.user, wanted=wanted, number=request.GET.get("page", 1)
    )
    context = {
        "page": page,
        "wanted": wanted,
        "areas": open_areas(community=request.community),
        "member": policies.is_member(person=request.user, community=request.community),
    }
    return render(request, "problems/problems.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def raise_problem(request: Visit, *, at: datetime) -> HttpResponse:
    """Write a problem down; before it is kept, those that are like it are shown."""
    policies.require_member(actor=request.user, community=request.community)
    form = ProblemForm(posted(request), community=request.community)
    if request.method != "POST":
        return render(request, "problems/raise.html", {"form": form})
    if not form.is_valid():
        return render(request, "problems/raise.html", {"form": form}, status=422)
    similar = [] if form.cleaned_data["looked"] else _similar(request, form)
    if similar:
        return render(request, "problems/similar.html", {"form": form, "similar": similar})
    within_measure(request, what="problem_raised", most=RAISED_MOST, at=at)

    def do() -> str:
        return services.raise_problem(
            community=request.community, actor=request.user, facts=form.facts(), at=at
        ).public_id

    try:
        problem_id = done_once(request, form, what="problem", at=at, do=do)
    except SinceInTheFuture:
        form.add_error("since_on", _("This day has not come yet."))
        return render(request, "problems/raise.html", {"form": form}, status=422)
    messages.success(request, _("It is written down. Whoever it affects too can join now."))
    return to_problem(request, problem_id)


def _similar(request: Visit, form: ProblemForm) -> list[object]:
    said = form.cleaned_data
    return list(
        queries.similar_problems(
            community=request.community,
            viewer=request.user,
            title=said["title"],
            area=said["area"].public_id if said["area"] else "",
            category=said["category"].code if said["category"] else "",
        )
    )

"""What whoever steers a problem does: settling it, joining it to another, opening it to everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tadamun.pillars.support.problems import policies, queries, services
from tadamun.pillars.support.problems.errors import NotForYouToSteer
from tadamun.pillars.support.problems.forms import MergeForm, SettleForm
from tadamun.pillars.support.problems.queries import Wanted
from tadamun.pillars.support.problems.views.doors import Visit, door, posted, to_problem
from tadamun.pillars.support.problems.vocabulary import SteerDeed

_DEEDS: dict[SteerDeed, Any] = {
    SteerDeed.FORM_GROUP: services.form_group,
    SteerDeed.TAKE_UP: services.take_up,
    SteerDeed.OPEN: services.open_to_all,
    SteerDeed.KEEP_IN: services.keep_among_members,
}


@require_POST
@login_required
@door
def steer_deed(request: Visit, *, problem_id: str, deed: str, at: datetime) -> HttpResponse:
    """Begin a group, take up again, open to everybody or keep among members."""
    if deed not in set(SteerDeed):
        raise Http404
    _DEEDS[SteerDeed(deed)](community=request.community, problem_id=problem_id, actor=request.user, at=at)
    messages.success(request, _("Saved."))
    if deed == SteerDeed.FORM_GROUP:
        return redirect("problems:group", request.community.slug, problem_id)
    return to_problem(request, problem_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def settle(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """Solved, partly, or set aside."""
    card = queries.problem_card(community=request.community, problem_id=problem_id, viewer=request.user)
    policies.require(card.may.steer, NotForYouToSteer())
    form = SettleForm(posted(request))
    context = {"form": form, "card": card}
    if request.method != "POST":
        return render(request, "problems/settle.html", context)
    if not form.is_valid():
        return render(request, "problems/settle.html", context, status=422)
    services.settle(
        community=request.community,
        problem_id=problem_id,
        actor=request.user,
        state=form.cleaned_data["state"],
        outcome=form.cleaned_data["outcome"],
        at=at,
    )
    messages.success(request, _("Saved. Those who follow it are told."))
    return to_problem(request, problem_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def merge(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """Join it to another that is the same."""
    card = queries.problem_card(community=request.community, problem_id=problem_id, viewer=request.user)
    policies.require(card.may.merge, NotForYouToSteer())
    form = MergeForm(posted(request), choices=_others(request, card))
    context = {"form": form, "card": card}
    if request.method != "POST":
        return render(request, "problems/merge.html", context)
    if not form.is_valid():
        return render(request, "problems/merge.html", context, status=422)
    stays = services.merge(
        community=request.community,
        problem_id=problem_id,
        into_id=form.cleaned_data["into"],
        actor=request.user,
        at=at,
    )
    messages.success(request, _("The two are one now; everybody is counted once."))
    return to_problem(request, stays.public_id)


def _others(request: Visit, card: Any) -> list[tuple[str, str]]:
    """Those that are like it first, then the other open ones of the first page."""
    like = queries.similar_problems(
        community=request.community,
        viewer=request.user,
        title=card.title,
        area=card.area_id,
        category=card.category_code,
        but=card.public_id,
    )
    page = queries.problem_page(community=request.community, viewer=request.user, wanted=Wanted())
    rows = [row for row in (*like, *page.object_list) if row.public_id != card.public_id]
    return list({row.public_id: (row.public_id, row.title) for row in rows}.values())

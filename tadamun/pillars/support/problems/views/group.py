"""The working group's page: joining, steps, what the group needs and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.foundation.communities.policies import require_app
from tadamun.pillars.support.problems import policies, queries, services
from tadamun.pillars.support.problems.errors import NotForYouToSteer, NotInTheGroup
from tadamun.pillars.support.problems.forms import HandOnForm, PostForm, StepForm
from tadamun.pillars.support.problems.views.doors import (
    Visit,
    done_once,
    door,
    posted,
    today,
    within_measure,
)

STEP_DEEDS = {"done": services.finish_step, "drop": services.drop_step}


@require_safe
@login_required
@door
def group(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """How many they are, the steps, and what is needed; names for the group alone."""
    return _page(request, problem_id, at=at)


@require_POST
@login_required
@door
def add_step(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """Write down what is done next."""
    people = _group(request, problem_id, at=at).names
    policies.require(bool(people), NotInTheGroup())
    form = StepForm(request.POST, people=people)
    if not form.is_valid():
        return _page(request, problem_id, at=at, step_form=form)
    within_measure(request, at=at)
    said = form.cleaned_data

    def do() -> str:
        return services.add_step(
            community=request.community,
            problem_id=problem_id,
            actor=request.user,
            words=said["words"],
            owner_id=said["owner"],
            due_on=said["due_on"],
            at=at,
        ).public_id

    done_once(request, form, what=f"step:{problem_id}", at=at, do=do)
    messages.success(request, _("The step is written down."))
    return _to_group(request, problem_id)


@require_POST
@login_required
@door
def step_deed(request: Visit, *, problem_id: str, step_id: str, deed: str, at: datetime) -> HttpResponse:
    """A step is done, or dropped."""
    if deed not in STEP_DEEDS:
        raise Http404
    act: Any = STEP_DEEDS[deed]
    act(community=request.community, problem_id=problem_id, step_id=step_id, actor=request.user, at=at)
    messages.success(request, _("Saved."))
    return _to_group(request, problem_id)


@require_POST
@login_required
@door
def hand_on(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """Let another of the group facilitate."""
    card = queries.problem_card(community=request.community, problem_id=problem_id, viewer=request.user)
    policies.require(card.may.steer, NotForYouToSteer())
    form = HandOnForm(request.POST, people=_group(request, problem_id, at=at).names)
    if not form.is_valid():
        return _page(request, problem_id, at=at, hand_on_form=form)
    services.hand_on(
        community=request.community,
        problem_id=problem_id,
        actor=request.user,
        to_id=form.cleaned_data["to"],
        at=at,
    )
    messages.success(request, _("Saved."))
    return _to_group(request, problem_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def post(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """Ask for something in the group's cause, or offer it."""
    require_app(community=request.community, app="needs")
    card = queries.problem_card(community=request.community, problem_id=problem_id, viewer=request.user)
    policies.require(_group(request, problem_id, at=at).may_work, NotInTheGroup())
    form = PostForm(posted(request), community=request.community)
    context = {"form": form, "card": card}
    if request.method != "POST":
        return render(request, "problems/post.html", context)
    if not form.is_valid():
        return render(request, "problems/post.html", context, status=422)
    within_measure(request, at=at)

    def do() -> str:
        return services.post_for_group(
            community=request.community,
            problem_id=problem_id,
            actor=request.user,
            facts=form.facts(),
            at=at,
        ).reference

    done_once(request, form, what=f"post:{problem_id}", at=at, do=do)
    messages.success(request, _("It stands among the needs and offers now."))
    return _to_group(request, problem_id)


def _group(request: Visit, problem_id: str, *, at: datetime) -> Any:
    return queries.group_card(
        community=request.community, problem_id=problem_id, viewer=request.user, today=today(request, at)
    )


def _to_group(request: Visit, problem_id: str) -> HttpResponse:
    return redirect("problems:group", request.community.slug, problem_id)


def _page(request: Visit, problem_id: str, *, at: datetime, **forms: Any) -> HttpResponse:
    card = queries.problem_card(community=request.community, problem_id=problem_id, viewer=request.user)
    team = _group(request, problem_id, at=at)
    context = {
        "card": card,
        "team": team,
        "uses_needs": request.community.has_on("needs"),
        "step_form": forms.get("step_form") or StepForm(people=team.names),
        "hand_on_form": forms.get("hand_on_form") or HandOnForm(people=team.names),
    }
    return render(request, "problems/group.html", context, status=422 if forms else 200)

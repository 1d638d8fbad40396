"""One problem: its page, joining it, ideas and reasons, setting its words right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.pillars.support.problems import policies, queries, services
from tadamun.pillars.support.problems.cards import ProblemCard
from tadamun.pillars.support.problems.errors import NotForYouToSteer, SinceInTheFuture
from tadamun.pillars.support.problems.forms import AffectedForm, IdeaForm, ProblemForm, ReasonForm
from tadamun.pillars.support.problems.views.doors import (
    Visit,
    done_once,
    door,
    posted,
    to_problem,
    within_measure,
)
from tadamun.pillars.support.problems.vocabulary import DEEDS_MOST, OPEN, SETTLED, MemberDeed, ProblemState
from tadamun.pillars.support.problems.wording import HAPPENINGS, STATES

WAY = (ProblemState.RAISED, ProblemState.GATHERING, ProblemState.WORKING, ProblemState.SOLVED)


@require_safe
@door
def problem(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """One problem, for members, and for everybody once it was opened; one that was joined leads on."""
    target = queries.merged_into(community=request.community, problem_id=problem_id)
    if target:
        return redirect("problems:problem", request.community.slug, target)
    return _page(request, problem_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def edit(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """Set its words right."""
    card = _card(request, problem_id)
    policies.require(card.may.correct, NotForYouToSteer())
    form = ProblemForm(posted(request), community=request.community, card=card)
    context = {"form": form, "card": card}
    if request.method != "POST":
        return render(request, "problems/raise.html", context)
    if not form.is_valid():
        return render(request, "problems/raise.html", context, status=422)
    try:
        services.correct_problem(
            community=request.community, problem_id=problem_id, actor=request.user, facts=form.facts(), at=at
        )
    except SinceInTheFuture:
        form.add_error("since_on", _("This day has not come yet."))
        return render(request, "problems/raise.html", context, status=422)
    messages.success(request, _("Saved."))
    return to_problem(request, problem_id)


@require_POST
@login_required
@door
def member_deed(request: Visit, *, problem_id: str, deed: str, at: datetime) -> HttpResponse:
    """What a member does with one press."""
    if deed not in set(MemberDeed):
        raise Http404
    within_measure(request, what="problem_deed", most=DEEDS_MOST, at=at)
    given: dict[str, Any] = {}
    if deed == MemberDeed.AFFECTS_ME:
        form = AffectedForm(request.POST, community=request.community)
        given = {"area": form.cleaned_data["area"] if form.is_valid() else None}
    act, words = _DEEDS[MemberDeed(deed)]
    act(community=request.community, problem_id=problem_id, actor=request.user, at=at, **given)
    messages.success(request, words())
    if deed in {MemberDeed.JOIN_GROUP, MemberDeed.LEAVE_GROUP}:
        return redirect("problems:group", request.community.slug, problem_id)
    return to_problem(request, problem_id)


@require_POST
@login_required
@door
def add_idea(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """Write an idea down."""
    form = IdeaForm(request.POST)
    if not form.is_valid():
        return _page(request, problem_id, idea_form=form)
    within_measure(request, at=at)

    def do() -> str:
        return services.add_idea(
            community=request.community,
            problem_id=problem_id,
            actor=request.user,
            words=form.cleaned_data["words"],
            at=at,
        ).public_id

    done_once(request, form, what=f"idea:{problem_id}", at=at, do=do)
    messages.success(request, _("The idea is there."))
    return to_problem(request, problem_id, "ideas")


@require_POST
@login_required
@door
def add_reason(request: Visit, *, problem_id: str, idea_id: str, at: datetime) -> HttpResponse:
    """Say why an idea is good, or why it is not."""
    form = ReasonForm(request.POST, auto_id=_ids(idea_id))
    if not form.is_valid():
        return _page(request, problem_id, reason_form=form, reason_of=idea_id)
    within_measure(request, at=at)

    def do() -> str:
        return services.add_reason(
            community=request.community,
            problem_id=problem_id,
            idea_id=idea_id,
            actor=request.user,
            side=form.cleaned_data["side"],
            words=form.cleaned_data["words"],
            at=at,
        ).public_id

    done_once(request, form, what=f"reason:{idea_id}", at=at, do=do)
    messages.success(request, _("The reason is there."))
    return to_problem(request, problem_id, "ideas")


@require_POST
@login_required
@door
def remove_said(request: Visit, *, problem_id: str, said_id: str, at: datetime) -> HttpResponse:
    """Take an idea or a reason away."""
    services.remove_said(
        community=request.community, problem_id=problem_id, said_id=said_id, actor=request.user, at=at
    )
    messages.success(request, _("It is taken away."))
    return to_problem(request, problem_id, "ideas")


def _card(request: Visit, problem_id: str) -> ProblemCard:
    return queries.problem_card(community=request.community, problem_id=problem_id, viewer=request.user)


def _page(request: Visit, problem_id: str, **forms: Any) -> HttpResponse:
    """The page; with forms of what was sent and could not be taken."""
    card = _card(request, problem_id)
    if forms:
        policies.require_member(actor=request.user, community=request.community)
    broken = forms.get("reason_form")
    context = {
        "card": card,
        "is_settled": card.state in SETTLED,
        "takes_part": card.may.take_part and card.state in OPEN,
        "way": _way(card),
        "area_rows": [(row.area or _("Other areas"), row.count, "") for row in card.by_area],
        "history": [
            {"title": HAPPENINGS[one.what][0], "icon": HAPPENINGS[one.what][1], "at": one.at}
            for one in card.history
        ],
        "affected_form": AffectedForm(community=request.community, initial={"area": card.area_id}),
        "idea_form": forms.get("idea_form") or IdeaForm(),
        "ideas": [
            (idea, broken if forms.get("reason_of") == idea.public_id else _reason_form(idea.public_id))
            for idea in card.ideas
        ],
        "broken": forms.get("idea_form") or broken,
    }
    return render(request, "problems/problem.html", context, status=422 if forms else 200)


def _ids(idea_id: str) -> str:
    """The ids of the fields under one idea: there are several such forms on the page."""
    return f"id_{idea_id}_%s"


def _reason_form(idea_id: str) -> ReasonForm:
    return ReasonForm(auto_id=_ids(idea_id))


def _way(card: ProblemCard) -> list[tuple[Any, str]]:
    """How far it is, as steps; what was set aside went no way to its end."""
    if card.state is ProblemState.SET_ASIDE:
        return []
    last = ProblemState.PARTLY if card.state is ProblemState.PARTLY else ProblemState.SOLVED
    way = [*WAY[:-1], last]
    place = way.index(card.state)
    ended = card.state in SETTLED
    return [
        (STATES[state], "done" if number < place or ended else "now" if number == place else "next")
        for number, state in enumerate(way)
    ]


_DEEDS: dict[MemberDeed, tuple[Any, Any]] = {
    MemberDeed.AFFECTS_ME: (services.say_affected, lambda: _("You are counted, without your name.")),
    MemberDeed.AFFECTS_ME_NOT: (services.unsay_affected, lambda: _("You are not counted any more.")),
    MemberDeed.FOLLOW: (services.follow, lambda: _("You hear once a week what has happened.")),
    MemberDeed.UNFOLLOW: (services.unfollow, lambda: _("You hear nothing more of it.")),
    MemberDeed.JOIN_GROUP: (services.join_group, lambda: _("Welcome to the group.")),
    MemberDeed.LEAVE_GROUP: (services.leave_group, lambda: _("You have left the group.")),
    MemberDeed.THANK: (services.say_thanks, lambda: _("The thanks have arrived.")),
}

"""A host's pages: opening, changing, taking in, attendance, reports, closing."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.foundation.idempotency.services import once
from tadamun.pillars.support.circles import policies, queries, services
from tadamun.pillars.support.circles.forms import CircleForm, VerdictForm
from tadamun.pillars.support.circles.views.doors import Visit, door


@require_http_methods(["GET", "HEAD", "POST"])
@door
def open_circle(request: Visit, *, at: datetime) -> HttpResponse:
    """Open a circle and host it."""
    policies.require_checked(person=request.user, community=request.community)
    form = CircleForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "circles/circle_form.html", {"form": form}, status=status)

    def open_it() -> str:
        row = services.open_circle(
            community=request.community,
            actor=request.user,
            facts=form.facts(),
            alias=form.cleaned_data["alias"],
            about=form.cleaned_data["about"],
            at=at,
        )
        return row.public_id

    circle_id, _new = once(
        token=form.cleaned_data["form_token"],
        purpose=f"circles.open:{request.user.public_id}",
        at=at,
        do=open_it,
    )
    messages.success(request, _("The circle is open."))
    return redirect("circles:circle", request.community.slug, circle_id)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def change(request: Visit, *, circle_id: str, at: datetime) -> HttpResponse:
    """Say something else of a circle."""
    before = queries.circle_to_change(community=request.community, circle_id=circle_id, viewer=request.user)
    form = CircleForm(request.POST if request.method == "POST" else None, initial=before, changes=True)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "circle_id": circle_id, "name": before["name"]}
        return render(request, "circles/circle_form.html", context, status=422 if form.is_bound else 200)
    services.change_circle(
        circle_id=circle_id, community=request.community, actor=request.user, facts=form.facts(), at=at
    )
    messages.success(request, _("Saved."))
    return redirect("circles:circle", request.community.slug, circle_id)


@require_POST
@door
def close(request: Visit, *, circle_id: str, at: datetime) -> HttpResponse:
    """Close a circle."""
    services.close_circle(circle_id=circle_id, community=request.community, actor=request.user, at=at)
    messages.success(request, _("The circle is closed; what was written in it is deleted."))
    return redirect("circles:circles", request.community.slug)


@require_safe
@door
def hosting(request: Visit, *, circle_id: str, at: datetime) -> HttpResponse:
    """What the hosts look after."""
    card = queries.hosting(community=request.community, circle_id=circle_id, viewer=request.user, at=at)
    return render(request, "circles/hosting.html", {"card": card, "verdict_form": VerdictForm()})


@require_POST
@door
def seat(request: Visit, *, circle_id: str, seat_id: str, at: datetime) -> HttpResponse:
    """Take somebody in, say no, or take somebody out."""
    which = {"circle_id": circle_id, "community": request.community, "seat_id": seat_id}
    if request.POST.get("deed") == "remove":
        services.remove(**which, actor=request.user, at=at)
    else:
        takes_in = request.POST.get("deed") == "take_in"
        services.answer_asking(**which, actor=request.user, takes_in=takes_in, at=at)
    return redirect("circles:hosting", request.community.slug, circle_id)


@require_POST
@door
def meeting(request: Visit, *, circle_id: str, session_id: str, at: datetime) -> HttpResponse:
    """Who came; that it was hard; that it was spoken about."""
    which = {"circle_id": circle_id, "community": request.community, "session_id": session_id}
    deed = request.POST.get("deed")
    if deed == "hard":
        services.ask_for_debrief(**which, actor=request.user, at=at)
        messages.success(request, _("The other hosts know that one of them could do with an ear."))
    elif deed == "debriefed":
        services.mark_debriefed(**which, actor=request.user, at=at)
    else:
        came = frozenset(request.POST.getlist("came"))
        services.mark_attendance(**which, came=came, actor=request.user, at=at)
        messages.success(request, _("Saved."))
    return redirect("circles:hosting", request.community.slug, circle_id)


@require_POST
@door
def report(request: Visit, *, circle_id: str, report_id: str, at: datetime) -> HttpResponse:
    """Decide about a report."""
    queries.hosting(community=request.community, circle_id=circle_id, viewer=request.user, at=at)
    form = VerdictForm(request.POST)
    if form.is_valid():
        services.settle_report(
            circle_id=circle_id,
            community=request.community,
            report_id=report_id,
            verdict=form.cleaned_data["verdict"],
            actor=request.user,
            at=at,
        )
        messages.success(request, _("Decided."))
    return redirect("circles:hosting", request.community.slug, circle_id)

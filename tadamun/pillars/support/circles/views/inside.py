"""A circle from within: reading, writing, coming, leaving, and what keeps it kind."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tadamun.foundation.idempotency.services import once
from tadamun.foundation.limits import hit
from tadamun.pillars.support.circles import queries, services
from tadamun.pillars.support.circles.forms import MessageForm, NameForm, ReportForm
from tadamun.pillars.support.circles.views.doors import DAY, HOUR, Visit, door
from tadamun.pillars.support.circles.vocabulary import MESSAGES_AN_HOUR, REPORTS_A_DAY


@require_http_methods(["GET", "HEAD", "POST"])
@door
def inside(request: Visit, *, circle_id: str, at: datetime) -> HttpResponse:
    """What was written, the next meeting, and a message of one's own."""
    card = queries.circle_from_inside(
        community=request.community, circle_id=circle_id, viewer=request.user, at=at
    )
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _write(request, circle_id, form, at)
    context = {"card": card, "form": form, "name_form": NameForm(initial={"alias": card.alias})}
    return render(request, "circles/inside.html", context, status=422 if form.is_bound else 200)


@require_POST
@door
def name(request: Visit, *, circle_id: str, at: datetime) -> HttpResponse:
    """Another name from now on."""
    queries.circle_from_inside(community=request.community, circle_id=circle_id, viewer=request.user, at=at)
    form = NameForm(request.POST)
    if form.is_valid():
        services.rename(
            circle_id=circle_id,
            community=request.community,
            person=request.user,
            alias=form.cleaned_data["alias"],
        )
    return redirect("circles:inside", request.community.slug, circle_id)


@require_POST
@door
def leave(request: Visit, *, circle_id: str, at: datetime) -> HttpResponse:
    """Leaving with one press; it also takes a question back."""
    services.leave_circle(
        circle_id=circle_id,
        community=request.community,
        person=request.user,
        at=at,
        erase=request.POST.get("keep") != "1",
    )
    messages.success(request, _("Done. Nobody is told, and the way back stays open."))
    return redirect("circles:circles", request.community.slug)


@require_POST
@door
def answer(request: Visit, *, circle_id: str, session_id: str, at: datetime) -> HttpResponse:
    """Coming, or not this time."""
    services.answer_session(
        circle_id=circle_id,
        community=request.community,
        session_id=session_id,
        person=request.user,
        comes=request.POST.get("comes") == "1",
        at=at,
    )
    return redirect("circles:inside", request.community.slug, circle_id)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def message(request: Visit, *, circle_id: str, message_id: str, at: datetime) -> HttpResponse:
    """What one can do about a message: mute, block, report; a host hides it, its writer deletes it."""
    card = queries.message_deeds(
        community=request.community, circle_id=circle_id, message_id=message_id, viewer=request.user, at=at
    )
    form = ReportForm(request.POST if request.POST.get("deed") == "report" else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        _deed(request, circle_id, message_id, form, at)
        return redirect("circles:inside", request.community.slug, circle_id)
    context = {"card": card, "form": form}
    return render(request, "circles/message.html", context, status=422 if form.is_bound else 200)


def _deed(request: Visit, circle_id: str, message_id: str, form: ReportForm, at: datetime) -> None:
    deed = request.POST.get("deed")
    which = {"circle_id": circle_id, "community": request.community, "message_id": message_id}
    if deed == "hide":
        services.hide_message(**which, actor=request.user, at=at)
    elif deed in {"mute", "block"}:
        services.hush(**which, person=request.user, blocks=deed == "block", at=at)
    elif deed == "end_hush":
        services.end_hush(**which, person=request.user, at=at)
    elif deed == "report":
        hit(what="circles.report", who=request.user.public_id, most=REPORTS_A_DAY, window=DAY, at=at)
        reason = form.cleaned_data["reason"]

        def report() -> str:
            services.report_message(**which, person=request.user, reason=reason, at=at)
            return ""

        once(
            token=form.cleaned_data["form_token"],
            purpose=f"circles.report:{request.user.public_id}",
            at=at,
            do=report,
        )
        messages.success(request, _("The hosts read it. A report alone changes nothing for anybody."))


def _write(request: Visit, circle_id: str, form: MessageForm, at: datetime) -> HttpResponse:
    hit(what="circles.write", who=request.user.public_id, most=MESSAGES_AN_HOUR, window=HOUR, at=at)

    def write() -> str:
        services.write_message(
            circle_id=circle_id,
            community=request.community,
            person=request.user,
            body=form.cleaned_data["body"],
            at=at,
        )
        return ""

    purpose = f"circles.write:{request.user.public_id}"
    once(token=form.cleaned_data["form_token"], purpose=purpose, at=at, do=write)
    answer = redirect("circles:inside", request.community.slug, circle_id)
    answer["Location"] += "#last"
    return answer

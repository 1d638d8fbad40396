"""Photos: adding one, looking at one, asking whether it may stay, deciding."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.pillars.support.problems import policies, queries, services
from tadamun.pillars.support.problems.errors import NotForYouToSteer, PictureNotReadable
from tadamun.pillars.support.problems.forms import PictureForm
from tadamun.pillars.support.problems.views.doors import (
    Visit,
    done_once,
    door,
    posted,
    to_problem,
    within_measure,
)
from tadamun.pillars.support.problems.vocabulary import PHOTO_BYTES_MOST

DEEDS: dict[str, Any] = {
    "report": services.report_picture,
    "keep": services.keep_picture,
    "remove": services.remove_picture,
}


@require_safe
@door
def picture(request: Visit, *, picture_id: str, at: datetime) -> Any:
    """A photo, for whoever may see its problem; browsers keep it for themselves, and not for long."""
    file = queries.picture_file(community=request.community, picture_id=picture_id, viewer=request.user)
    answer = FileResponse(services.picture_bytes(file=file), content_type="image/webp")
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def put_picture(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """Add a photo, or put it in the place of the one there was."""
    card = queries.problem_card(community=request.community, problem_id=problem_id, viewer=request.user)
    policies.require(card.may.correct or card.in_group, NotForYouToSteer())
    form = PictureForm(posted(request), request.FILES or None)
    context = {"form": form, "card": card}
    if request.method != "POST":
        return render(request, "problems/photo.html", context)
    if not form.is_valid():
        return render(request, "problems/photo.html", context, status=422)
    within_measure(request, at=at)

    def do() -> str:
        return services.put_picture(
            community=request.community,
            problem_id=problem_id,
            actor=request.user,
            moment=form.cleaned_data["moment"],
            content=form.cleaned_data["photo"].read(PHOTO_BYTES_MOST + 1),
            at=at,
        ).public_id

    try:
        done_once(request, form, what=f"picture:{problem_id}", at=at, do=do)
    except PictureNotReadable:
        form.add_error("photo", _("This file cannot be read as a photo. A smaller JPEG often works."))
        return render(request, "problems/photo.html", context, status=422)
    messages.success(request, _("The photo is there."))
    return to_problem(request, problem_id)


@require_POST
@login_required
@door
def picture_deed(request: Visit, *, picture_id: str, deed: str, at: datetime) -> HttpResponse:
    """Ask whether it may stay; as a coordinator keep it or take it away."""
    if deed not in DEEDS:
        raise Http404
    DEEDS[deed](community=request.community, picture_id=picture_id, actor=request.user, at=at)
    if deed == "report":
        messages.success(request, _("Nobody sees the photo until a coordinator has decided. Thank you."))
    else:
        messages.success(request, _("Saved."))
    return redirect("problems:problems", request.community.slug)

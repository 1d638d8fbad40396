"""The areas of a community, kept by its stewards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadamun.foundation.communities.policies import require_role
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.idempotency.services import once
from tadamun.foundation.places import queries, services
from tadamun.foundation.places.cards import Point
from tadamun.foundation.places.errors import AreaNameTaken
from tadamun.foundation.places.forms import AreaForm


@login_required
def areas(request: Any, community: str) -> HttpResponse:
    """The areas in their order, and a form for another one."""
    require_role(person=request.user, community=request.community, any_of=(Role.STEWARD,))
    form = AreaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _kept(request, form, area_id=""):
        messages.success(request, _("Saved."))
        return redirect("places:areas", community)
    return render(
        request, "places/areas.html", {"form": form, "areas": queries.all_areas(community=request.community)}
    )


@login_required
def area(request: Any, community: str, area_id: str) -> HttpResponse:
    """Correct one area."""
    require_role(person=request.user, community=request.community, any_of=(Role.STEWARD,))
    card = queries.area_card(community=request.community, area_id=area_id)
    initial = {
        "name": card.name,
        "middle": f"{card.latitude:.4f}, {card.longitude:.4f}",
        "position": card.position,
    }
    form = AreaForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(request, form, area_id=area_id):
        messages.success(request, _("Saved."))
        return redirect("places:areas", community)
    return render(request, "places/area.html", {"form": form, "area": card})


@login_required
@require_POST
def area_deed(request: Any, community: str, area_id: str, deed: str) -> HttpResponse:
    """Close an area, or open it again."""
    change = {"close": services.close_area, "reopen": services.reopen_area}.get(deed)
    if change is None:
        raise Http404
    change(community=request.community, actor=request.user, area_id=area_id, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("places:areas", community)


def _kept(request: Any, form: AreaForm, *, area_id: str) -> bool:
    """Store the area once, however often the form is sent; a name that is taken is said beside its field."""
    at, given = timezone.now(), form.cleaned_data
    try:
        once(
            token=given["form_token"],
            purpose=f"area:{request.community.public_id}:{area_id}",
            at=at,
            do=lambda: (
                services.keep_area(
                    community=request.community,
                    actor=request.user,
                    name=given["name"],
                    middle=Point(*given["middle"]),
                    position=given["position"] or 0,
                    area_id=area_id,
                    at=at,
                ).public_id
            ),
        )
    except AreaNameTaken:
        form.add_error("name", _("The community has an area of this name already."))
        return False
    return True

"""The catalogue of a community, kept by its stewards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadamun.foundation.catalogue import queries, services
from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.catalogue.errors import CategoryNameTaken
from tadamun.foundation.catalogue.forms import CategoryForm
from tadamun.foundation.communities.policies import require_role
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.idempotency.services import once

NAMES = ("name_ar", "name_en", "name_fr")
DEEDS = {
    "hide": services.hide_category,
    "show": services.show_category,
    "close": services.close_category,
    "reopen": services.reopen_category,
}


@login_required
def categories(request: Any, community: str) -> HttpResponse:
    """The whole catalogue, with what is hidden or closed."""
    _require_steward(request)
    return render(
        request, "catalogue/categories.html", {"tree": queries.all_categories(community=request.community)}
    )


@login_required
def add_category(request: Any, community: str) -> HttpResponse:
    """Add a category of one's own."""
    _require_steward(request)
    form = CategoryForm(
        request.POST if request.method == "POST" else None,
        parents=_parents(request),
        initial={"parent": request.GET.get("under", "")},
    )
    if request.method == "POST" and form.is_valid() and _kept(request, form, code=""):
        messages.success(request, _("Saved."))
        return redirect("catalogue:categories", community)
    return render(request, "catalogue/category.html", {"form": form})


@login_required
def category(request: Any, community: str, code: str) -> HttpResponse:
    """Correct a category of one's own."""
    _require_steward(request)
    facts = queries.own_category(community=request.community, code=code)
    form = CategoryForm(
        request.POST if request.method == "POST" else None, parents=_parents(request), initial=facts
    )
    if request.method == "POST" and form.is_valid() and _kept(request, form, code=code):
        messages.success(request, _("Saved."))
        return redirect("catalogue:categories", community)
    return render(request, "catalogue/category.html", {"form": form, "category": facts})


@login_required
@require_POST
def category_deed(request: Any, community: str, code: str, deed: str) -> HttpResponse:
    """Hide or show a shared category; close an own one or open it again."""
    if deed not in DEEDS:
        raise Http404
    DEEDS[deed](community=request.community, actor=request.user, code=code, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("catalogue:categories", community)


def _require_steward(request: Any) -> None:
    require_role(person=request.user, community=request.community, any_of=(Role.STEWARD,))


def _parents(request: Any) -> list[tuple[str, str]]:
    mains: list[CategoryCard] = queries.open_categories(community=request.community)
    return [(card.code, card.name) for card in mains]


def _kept(request: Any, form: CategoryForm, *, code: str) -> bool:
    """Store the category once, however often the form is sent; a name that is taken is said beside its field."""
    at, given = timezone.now(), form.cleaned_data
    facts = services.CategoryFacts(
        **{
            name: given[name]
            for name in (*NAMES, "icon", "unit", "safety_tier", "perishable", "sensitive", "whole")
        }
    )

    def do() -> str:
        if code:
            row = services.change_category(
                community=request.community, actor=request.user, code=code, facts=facts, at=at
            )
        else:
            row = services.add_category(
                community=request.community,
                actor=request.user,
                facts=facts,
                parent_code=given["parent"],
                at=at,
            )
        return row.code

    try:
        once(
            token=given["form_token"], purpose=f"category:{request.community.public_id}:{code}", at=at, do=do
        )
    except CategoryNameTaken:
        first = next(name for name in NAMES if given[name])
        form.add_error(first, _("There is a category of this name already."))
        return False
    return True

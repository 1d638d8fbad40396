"""Putting something in, correcting it, its photos and its labels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.design.region import current_region
from tadamun.foundation.communities.policies import require_member
from tadamun.pillars.support.library import queries, services
from tadamun.pillars.support.library.cards import ItemCard
from tadamun.pillars.support.library.errors import NoSuchItem, NotAPhoto
from tadamun.pillars.support.library.forms import ItemDeedForm, ItemForm, PhotoForm
from tadamun.pillars.support.library.policies import require_keeper
from tadamun.pillars.support.library.views.doors import Visit, done_once, door, within_measure
from tadamun.pillars.support.library.vocabulary import PHOTO_BYTES_MOST


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def add_item(request: Visit, *, at: datetime) -> HttpResponse:
    """Put something in."""
    require_member(person=request.user, community=request.community)
    form = ItemForm(_posted(request), first_weekday=current_region().first_weekday)
    if request.method != "POST":
        return render(request, "library/item_form.html", {"form": form})
    if not form.is_valid():
        return render(request, "library/item_form.html", {"form": form}, status=422)
    within_measure(request, at=at)

    def add() -> str:
        row = services.add_item(
            community=request.community,
            actor=request.user,
            facts=form.facts(),
            copies=form.cleaned_data["copies"],
            at=at,
        )
        return row.public_id

    item_id = done_once(request, form, what="item", at=at, do=add)
    messages.success(request, _("Saved. A photo helps to know it."))
    return redirect("library:photos", request.community.slug, item_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def edit_item(request: Visit, *, item_id: str, at: datetime) -> HttpResponse:
    """Correct what is said of it."""
    card = _own_card(request, item_id, at=at)
    form = ItemForm(_posted(request), first_weekday=current_region().first_weekday, card=card)
    context = {"form": form, "card": card}
    if request.method != "POST":
        return render(request, "library/item_form.html", context)
    if not form.is_valid():
        return render(request, "library/item_form.html", context, status=422)
    services.change_item(
        community=request.community,
        item_id=item_id,
        actor=request.user,
        facts=form.facts(),
        copies=form.cleaned_data["copies"],
        at=at,
    )
    messages.success(request, _("Saved."))
    return redirect("library:item", request.community.slug, item_id)


@require_POST
@login_required
@door
def decide_item(request: Visit, *, item_id: str, at: datetime) -> HttpResponse:
    """List, pause or retire it."""
    require_keeper(actor=request.user, community=request.community)
    form = ItemDeedForm(request.POST)
    if form.is_valid():
        what = form.cleaned_data["what"]
        services.decide_item(
            community=request.community, item_id=item_id, actor=request.user, what=what, at=at
        )
        messages.success(request, _("Saved."))
    return redirect("library:item", request.community.slug, item_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def photos(request: Visit, *, item_id: str, at: datetime) -> HttpResponse:
    """Its photos, and adding one."""
    card = _own_card(request, item_id, at=at)
    form = PhotoForm(_posted(request), request.FILES or None)
    context = {"form": form, "card": card}
    if request.method != "POST":
        return render(request, "library/photos.html", context)
    if not form.is_valid():
        return render(request, "library/photos.html", context, status=422)

    def add() -> str:
        row = services.add_photo(
            community=request.community,
            item_id=item_id,
            actor=request.user,
            content=form.cleaned_data["photo"].read(PHOTO_BYTES_MOST + 1),
            words=form.cleaned_data["words"],
            at=at,
        )
        return row.public_id

    try:
        done_once(request, form, what=f"photo:{item_id}", at=at, do=add)
    except NotAPhoto:
        form.add_error("photo", _("This file cannot be read as a photo. A smaller JPEG often works."))
        return render(request, "library/photos.html", context, status=422)
    messages.success(request, _("The photo is there."))
    return redirect("library:photos", request.community.slug, item_id)


@require_POST
@login_required
@door
def drop_photo(request: Visit, *, photo_id: str, at: datetime) -> HttpResponse:
    """Take a photo away."""
    services.drop_photo(community=request.community, photo_id=photo_id, actor=request.user, at=at)
    messages.success(request, _("The photo is gone."))
    return redirect("library:items", request.community.slug)


@require_safe
@login_required
@door
def labels(request: Visit, *, item_id: str, at: datetime) -> HttpResponse:
    """The labels of its pieces, to print."""
    cards = queries.labels(community=request.community, item_id=item_id, viewer=request.user)
    base = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    rows = [
        (card, f"{base}{reverse('library:label', args=[request.community.slug, card.code])}")
        for card in cards
    ]
    return render(request, "library/labels.html", {"rows": rows, "item_id": item_id})


def _own_card(request: Visit, item_id: str, *, at: datetime) -> ItemCard:
    card = queries.item_card(community=request.community, item_id=item_id, viewer=request.user, at=at)
    if not card.may_change:
        raise NoSuchItem
    return card


def _posted(request: Visit) -> Any:
    return request.POST if request.method == "POST" else None

"""The directory's pages: looking for a service, its own page, adding, correcting, confirming."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.design.region import current_region
from tadamun.foundation.catalogue.queries import open_categories
from tadamun.foundation.idempotency.services import once
from tadamun.foundation.places.queries import open_areas
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.directory import policies, queries
from tadamun.pillars.aid.directory import services as directory
from tadamun.pillars.aid.directory.cards import HoursCard, PlaceCard, ServiceCard
from tadamun.pillars.aid.directory.forms import ServiceForm
from tadamun.pillars.aid.directory.queries import Wanted
from tadamun.pillars.aid.directory.views.doors import Visit, door


@require_safe
@door
def services(request: Visit, *, at: datetime) -> HttpResponse:
    """The list, narrowed by what somebody looks for."""
    wanted = _wanted(request)
    keeper = policies.may_coordinate(person=request.user, community=request.community)
    page = queries.service_page(
        community=request.community,
        viewer=request.user,
        wanted=wanted,
        at=at,
        number=request.GET.get("page", 1),
    )
    facets = queries.facets(community=request.community, viewer=request.user)
    context = {
        "page": page,
        "wanted": wanted,
        "facets": facets,
        "mains": _mains(request, facets.category_codes),
        "keeper": keeper,
        "narrowed": wanted != Wanted(),
        "narrowed_more": bool(wanted.language or wanted.town or wanted.stale or wanted.unlisted),
    }
    return render(request, "directory/services.html", context)


@require_safe
@door
def service(request: Visit, *, service_id: str, at: datetime) -> HttpResponse:
    """One service: what, where, when, with which papers."""
    card = queries.service_card(
        community=request.community, service_id=service_id, viewer=request.user, at=at
    )
    return render(request, "directory/service.html", {"card": card, "days": _days(card)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def add_service(request: Visit, *, at: datetime) -> HttpResponse:
    """Write a service down."""
    policies.require_keeper(actor=request.user, community=request.community)
    form = _form(request)
    if request.method != "POST":
        return render(request, "directory/service_form.html", {"form": form})
    if not form.is_valid():
        return render(request, "directory/service_form.html", {"form": form}, status=422)

    def add() -> str:
        row = directory.add_service(
            community=request.community, actor=request.user, facts=form.facts(), at=at, on=_today(request, at)
        )
        return row.public_id

    purpose = f"service:{request.community.public_id}"
    service_id, _new = once(token=form.cleaned_data["form_token"], purpose=purpose, at=at, do=add)
    messages.success(request, _("Saved."))
    return redirect("directory:service", request.community.slug, service_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def edit_service(request: Visit, *, service_id: str, at: datetime) -> HttpResponse:
    """Correct a service."""
    card, place = queries.service_to_correct(
        community=request.community, service_id=service_id, viewer=request.user, at=at
    )
    form = _form(request, card=card, place=place)
    context = {"form": form, "card": card}
    if request.method != "POST":
        return render(request, "directory/service_form.html", context)
    if not form.is_valid():
        return render(request, "directory/service_form.html", context, status=422)
    directory.change_service(
        community=request.community,
        service_id=service_id,
        actor=request.user,
        facts=form.facts(),
        at=at,
        on=_today(request, at),
    )
    messages.success(request, _("Saved."))
    return redirect("directory:service", request.community.slug, service_id)


@require_POST
@login_required
@door
def confirm_service(request: Visit, *, service_id: str, at: datetime) -> HttpResponse:
    """«Still right?»: yes."""
    directory.confirm_service(
        community=request.community,
        service_id=service_id,
        actor=request.user,
        at=at,
        on=_today(request, at),
    )
    messages.success(request, _("Confirmed as of today. Thank you for asking there."))
    return redirect("directory:service", request.community.slug, service_id)


def _wanted(request: Visit) -> Wanted:
    given = {name: clean_line(request.GET.get(name, ""))[:100] for name in ("q", "category", "area", "town")}
    return Wanted(
        text=given["q"],
        category=given["category"],
        area=given["area"],
        town=given["town"],
        language=clean_line(request.GET.get("language", ""))[:3],
        free=request.GET.get("free") == "1",
        open_now=request.GET.get("open") == "1",
        unlisted=request.GET.get("unlisted") == "1",
        stale=request.GET.get("stale") == "1",
    )


def _mains(request: Visit, codes: frozenset[str]) -> list[Any]:
    """The main categories under which some service is found."""
    roots = open_categories(community=request.community)
    return [root for root in roots if codes & {root.code, *(card.code for card in root.below)}]


def _days(card: ServiceCard) -> list[tuple[int, list[HoursCard]]]:
    """The hours day by day, in the order of the region's week; a day without any is closed."""
    timed = [hours for hours in card.hours if hours.weekday is not None]
    if not timed:
        return []
    first = current_region().first_weekday
    days = [(first + step) % 7 for step in range(7)]
    return [(day, [hours for hours in timed if hours.weekday == day]) for day in days]


def _form(request: Visit, *, card: ServiceCard | None = None, place: PlaceCard | None = None) -> ServiceForm:
    return ServiceForm(
        request.POST if request.method == "POST" else None,
        categories=open_categories(community=request.community),
        areas=open_areas(community=request.community),
        first_weekday=current_region().first_weekday,
        card=card,
        place=place,
    )


def _today(request: Visit, at: datetime) -> Any:
    return at.astimezone(ZoneInfo(request.community.time_zone)).date()

"""The coordinator's board: numbers, queue, one line in hand with its choices, map, today's handovers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.catalogue.queries import open_categories
from tadamun.foundation.places.queries import all_areas
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import policies, queries
from tadamun.pillars.aid.needs.cards import QueueCard
from tadamun.pillars.aid.needs.forms.triage import RevealForm
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.views.panels import panels_of
from tadamun.pillars.aid.needs.views.sketch import sketch_of

SHOWN: dict[str, Any] = {
    "open": _("Waiting for a match"),
    "urgent": _("Most severe, without a match"),
    "triage": _("To be sorted"),
    "invited": _("Invited, no answer yet"),
    "under_way": _("Promised"),
    "confirm": _("To be confirmed"),
    "follow_up": _("To be called again"),
    "fund": _("Money, waiting for the fund"),
    "done": pgettext_lazy("needs", "Done"),
}
PINNED = 12
"""Lines with a number of their own, on the list and on the map."""


@require_safe
@login_required
@door
def board(request: Visit, *, at: datetime) -> HttpResponse:
    """What needs a hand today."""
    policies.require_coordinator(actor=request.user, community=request.community)
    figures = queries.figures(community=request.community, viewer=request.user, at=at)
    show = _asked_for(request, waiting=figures.in_triage)
    category = clean_line(request.GET.get("category", ""))[:40]
    area = clean_line(request.GET.get("area", ""))[:24]
    narrowed = {name: value for name, value in (("category", category), ("area", area)) if value}
    page = queries.queue(
        community=request.community,
        viewer=request.user,
        at=at,
        show=show,
        category=category,
        area=area,
        number=request.GET.get("page"),
    )
    lines = list(page.object_list)
    current = _current(lines, asked=request.GET.get("line", ""))
    marks = queries.map_marks(community=request.community, viewer=request.user, at=at, lines=lines)
    categories = open_categories(community=request.community)
    waits = queries.waits(community=request.community, viewer=request.user, at=at)
    context = {
        "at": at,
        "figures": figures,
        "due": queries.due_count(community=request.community, viewer=request.user, at=at),
        "show": show,
        "shown": SHOWN,
        "heading": SHOWN[show],
        "category": category,
        "categories": categories,
        "area": area,
        "areas": all_areas(community=request.community) if area else (),
        "query": urlencode({"show": show, **narrowed, **({"page": page.number} if page.number > 1 else {})}),
        "page": page,
        "lines": lines,
        "pinned": PINNED,
        "current": current,
        "sketch": sketch_of(marks=marks, current=current.line.public_id if current else ""),
        "handovers": queries.handovers(community=request.community, viewer=request.user, at=at),
        "waits": [(wait.area, wait.hours, wait) for wait in waits],
        "slow": next((wait for wait in waits if wait.twice), None),
        "round_running": queries.round_running(community=request.community, at=at),
        **_in_hand(request, current, categories=categories, at=at),
    }
    return render(request, "needs/board.html", context)


@require_safe
@login_required
@door
def offers(request: Visit, *, at: datetime) -> HttpResponse:
    """Every open offer, with what keeps it from being matched."""
    cards = queries.offers(community=request.community, viewer=request.user, at=at)
    return render(request, "needs/offers.html", {"offers": cards, "at": at})


def _asked_for(request: Visit, *, waiting: int) -> str:
    show = request.GET.get("show", "")
    return show if show in SHOWN else "triage" if waiting else "open"


def _current(lines: list[QueueCard], *, asked: str) -> QueueCard | None:
    return next((card for card in lines if card.line.public_id == asked), lines[0] if lines else None)


def _in_hand(
    request: Visit, current: QueueCard | None, *, categories: list[CategoryCard], at: datetime
) -> dict[str, Any]:
    if current is None:
        return {}
    line = current.line
    card = queries.request_card(request_id=line.request_id, viewer=request.user, community=request.community)
    (panel,) = panels_of(request, card, at=at, only=line.public_id, categories=categories)
    return {"card": card, "panel": panel, "reveal_form": RevealForm(auto_id="r_%s")}

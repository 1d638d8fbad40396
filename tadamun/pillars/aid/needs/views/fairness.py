"""The fairness board: who is met and who waits, by area and by category."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from tadamun.design.inline import isolated
from tadamun.design.numbers import percent
from tadamun.pillars.aid.needs import policies, queries
from tadamun.pillars.aid.needs.cards import Fared
from tadamun.pillars.aid.needs.queries.fairness import SPANS
from tadamun.pillars.aid.needs.templatetags.needs_words import waited
from tadamun.pillars.aid.needs.views.doors import Visit, door

USUAL_SPAN = "90"


@require_safe
@login_required
@door
def fairness(request: Visit, *, at: datetime) -> HttpResponse:
    """How the needs of a span fared, drawn and in numbers; nothing is changed here."""
    asked = request.GET.get("span", "")
    span = asked if asked in SPANS else USUAL_SPAN
    found = queries.fairness(community=request.community, viewer=request.user, at=at, days=SPANS[span])
    context = {
        "at": at,
        "span": span,
        "spans": SPANS,
        "days": SPANS[span],
        "whole": found.whole,
        "slow": found.slow,
        "coordinates": policies.may_coordinate(person=request.user, community=request.community),
        "parts": [
            _part("areas", found.areas, by=_("Area"), title=_("By area")),
            _part("kinds", found.categories, by=_("Category"), title=_("By category")),
        ],
    }
    return render(request, "needs/fairness.html", context)


def _part(anchor: str, rows: tuple[Fared, ...], *, by: str, title: str) -> dict[str, Any]:
    return {
        "id": anchor,
        "title": title,
        "by": by,
        "rows": rows,
        "waits": [(_name(row), row.half, row.most, _wait_in_words(row), row.twice) for row in rows],
        "farthest": waited(max((row.most for row in rows if row.most is not None), default=None)),
        "shares": [(_name(row), row.share, None, _share_in_words(row)) for row in rows],
    }


def _name(row: Fared) -> Any:
    return isolated(row.name) if row.name else _("Area not known")


def _wait_in_words(row: Fared) -> str:
    if row.half is None:
        return _("too few to say")
    return _("half %(half)s, nine in ten %(most)s") % {"half": waited(row.half), "most": waited(row.most)}


def _share_in_words(row: Fared) -> str:
    if row.kept_back:
        return pgettext("numbers", "kept back")
    return _("too few to say") if row.share is None else percent(row.share)

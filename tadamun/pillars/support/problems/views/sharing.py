"""Telling of a problem outside: a text to send and a drawn card, without names, of what everybody may see."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tadamun.design.counts import counted
from tadamun.pillars.support.problems import queries
from tadamun.pillars.support.problems.cards import Share
from tadamun.pillars.support.problems.views.doors import Visit, door
from tadamun.pillars.support.problems.wording import STATES

LETTERS_A_LINE = 26
LINES_MOST = 4


@require_safe
@door
def share(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """The text with its link, and the card."""
    shared = queries.share_of(community=request.community, problem_id=problem_id)
    base = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    link = base + reverse("problems:problem", args=[request.community.slug, problem_id])
    parts = [shared.title, _affects(shared), request.community.name, link]
    text = "\n".join(filter(None, parts))
    context = {"shared": shared, "text": text, "link": link, "problem_id": problem_id}
    return render(request, "problems/share.html", context)


@require_safe
@door
def card(request: Visit, *, problem_id: str, at: datetime) -> HttpResponse:
    """The card as a drawing."""
    shared = queries.share_of(community=request.community, problem_id=problem_id)
    lines = _lines(shared.title)
    context = {
        "lines": [(line, 150 + 62 * place) for place, line in enumerate(lines)],
        "below": 150 + 62 * len(lines) + 30,
        "affects": _affects(shared),
        "where": " · ".join(filter(None, (shared.area, request.community.name))),
        "state": STATES[shared.state],
    }
    drawn = render_to_string("problems/card.svg", context, request=request)
    answer = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=600"
    return answer


def _affects(shared: Share) -> str:
    if not shared.affected:
        return ""
    words = ngettext("It affects %(neighbours)s.", "It affects %(neighbours)s.", shared.affected)
    return words % {"neighbours": counted("neighbours", shared.affected)}


def _lines(title: str) -> list[str]:
    """A title in lines of about so many letters; what does not fit ends in three dots."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LETTERS_A_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > LINES_MOST:
        return [*lines[: LINES_MOST - 1], f"{lines[LINES_MOST - 1]}…"]
    return lines

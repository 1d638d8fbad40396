"""All needs in one state, twenty a page: quick to open, also among very many."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tadamun.foundation.api import cursor, cut
from tadamun.pillars.aid.needs.queries.listing import lines_in_parts
from tadamun.pillars.aid.needs.schemas.places import line_place
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.vocabulary import LineState
from tadamun.pillars.aid.needs.wording import LINE_STATE

A_PAGE = 20


@require_safe
@login_required
@door
def needs(request: Visit, *, at: datetime) -> HttpResponse:
    """The lines in one state, most severe first and then longest waiting; the next page begins behind the last."""
    asked = request.GET.get("state", "")
    state = LineState(asked) if asked in LINE_STATE else LineState.OPEN
    after = request.GET.get("after") or None
    rows = lines_in_parts(
        community=request.community,
        viewer=request.user,
        state=state,
        most=A_PAGE + 1,
        after=line_place(after),
    )
    page = cut(rows, limit=A_PAGE, next_of=lambda row: cursor(*row[0]))
    # Looked up once and not for each row, which would take longer than the rows themselves.
    before, _, behind = reverse("needs:request", args=[request.community.slug, "0"]).rpartition("0")
    context = {
        "at": at,
        "state": state.value,
        "states": LINE_STATE,
        "rows": [
            (f"{before}{card.request_id}{behind}#line-{card.public_id}", card) for _, card in page["items"]
        ],
        "next": page["next"],
        "is_first": after is None,
    }
    return render(request, "needs/all_needs.html", context)

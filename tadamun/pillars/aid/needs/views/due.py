"""«Today»: the coordinators' list of what must not be forgotten, and taking on what nobody sees to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from tadamun.design.dates import when
from tadamun.pillars.aid.needs import policies, queries, services
from tadamun.pillars.aid.needs.cards import DueCard
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.views.requests import card_of
from tadamun.pillars.aid.needs.vocabulary import DueKind

ICONS = {
    DueKind.CALL: "phone-call",
    DueKind.FOLLOW_UP: "repeat",
    DueKind.UNREACHABLE: "phone-off",
    DueKind.STILL_NEEDED: "help-circle",
    DueKind.INVITATION: "hourglass",
    DueKind.NO_TIME: "calendar-time",
    DueKind.NO_WORD: "calendar-event",
    DueKind.UNCONFIRMED: "package",
    DueKind.CONCERN: "shield-heart",
    DueKind.MONEY: "coin",
    DueKind.PERISHABLE: "salad",
}
CALLS = (DueKind.CALL, DueKind.FOLLOW_UP, DueKind.UNREACHABLE, DueKind.STILL_NEEDED)


@dataclass(frozen=True)
class DueRow:
    """One row as the page shows it: where it is done, its date in words, and where one takes it on."""

    card: DueCard
    icon: str
    url: str
    date: str
    take_url: str


@dataclass(frozen=True)
class DueGroup:
    """The rows of one part of the list, under its heading."""

    code: str
    heading: str
    rows: tuple[DueRow, ...]


@require_safe
@login_required
@door
def due(request: Visit, *, at: datetime) -> HttpResponse:
    """What must not be forgotten: overdue, today, and what will not keep for long."""
    mine = request.GET.get("show") == "mine"
    cards = queries.due(community=request.community, viewer=request.user, at=at, mine=mine)
    rows = [_row(request, card, at=at) for card in cards]
    context = {"at": at, "mine": mine, "rows": len(rows), "groups": _groups(rows, at=at)}
    return render(request, "needs/due.html", context)


@require_POST
@login_required
@door
def take(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """Take on a request that nobody sees to; whoever was faster keeps it."""
    card_of(request, request_id)
    taken = services.take_if_free(request_id=request_id, actor=request.user, at=at)
    return _back(request, taken=taken.owner_id == request.user.pk)


@require_POST
@login_required
@door
def take_offer(request: Visit, *, offer_id: str, at: datetime) -> HttpResponse:
    """Take on an offer that will not keep; whoever was faster keeps it."""
    policies.require_coordinator(actor=request.user, community=request.community)
    queries.offer_card(offer_id=offer_id, viewer=request.user, at=at)
    taken = services.take_on_offer(offer_id=offer_id, actor=request.user, at=at)
    return _back(request, taken=taken.owner_id == request.user.pk)


def _back(request: Visit, *, taken: bool) -> HttpResponse:
    if taken:
        messages.success(request, _("It is yours now."))
    else:
        messages.info(request, _("Somebody else took it on a moment ago."))
    return redirect("needs:due", community=request.community.slug)


def _row(request: Visit, card: DueCard, *, at: datetime) -> DueRow:
    slug = request.community.slug
    if card.offer_id:
        url = f"{reverse('needs:board', args=[slug])}?{urlencode({'show': 'open', 'category': card.category_code})}"
        take_url = reverse("needs:due_take_offer", args=[slug, card.offer_id])
        date = _("good until %(day)s") % {"day": when(card.day, at)}
    else:
        anchor = "contact" if card.kind in CALLS or not card.line_id else f"line-{card.line_id}"
        url = f"{reverse('needs:request', args=[slug, card.request_id])}#{anchor}"
        take_url = reverse("needs:due_take", args=[slug, card.request_id])
        date = when(card.moment or card.day, at)
    return DueRow(
        card=card,
        icon=ICONS[DueKind(card.kind)],
        url=url,
        date=date,
        take_url="" if card.owner else take_url,
    )


def _groups(rows: Iterable[DueRow], *, at: datetime) -> list[DueGroup]:
    today = timezone.localdate(at)
    parts: dict[str, tuple[Any, list[DueRow]]] = {
        "overdue": (pgettext("due", "Overdue"), []),
        "today": (pgettext("due", "Today"), []),
        "soon": (_("In the next days"), []),
    }
    for row in rows:
        code = "overdue" if row.card.overdue else "today" if row.card.day <= today else "soon"
        parts[code][1].append(row)
    return [DueGroup(code, heading, tuple(found)) for code, (heading, found) in parts.items() if found]

"""«Today»: the coordinators' list of what must not be forgotten, and taking on what nobody sees to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
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
    DueKind.TELL: "phone-call",
    DueKind.INVITATION: "hourglass",
    DueKind.NO_TIME: "calendar-time",
    DueKind.ADDRESS: "map-pin",
    DueKind.NO_WORD: "calendar-event",
    DueKind.UNCONFIRMED: "package",
    DueKind.CONCERN: "shield-heart",
    DueKind.MONEY: "coin",
    DueKind.PERISHABLE: "salad",
}
FIRST_OF_EACH, A_PAGE = 20, 50
"""Rows of each part on the first page, and on the pages of one part alone."""
CALLS = (DueKind.CALL, DueKind.FOLLOW_UP, DueKind.UNREACHABLE, DueKind.STILL_NEEDED, DueKind.TELL)


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
    """One part of the list under its heading: the rows that are shown, and how many there are."""

    code: str
    heading: str
    rows: tuple[DueRow, ...]
    count: int
    page: Page[Any] | None = None
    """Where this part is read page by page, alone."""

    @property
    def has_more(self) -> bool:
        """Whether some rows stand only on the part's own pages."""
        return self.page is None and self.count > len(self.rows)


@require_safe
@login_required
@door
def due(request: Visit, *, at: datetime) -> HttpResponse:
    """What must not be forgotten: overdue, today, and what will not keep for long; the first of each, or one part."""
    mine = request.GET.get("show") == "mine"
    cards = queries.due(community=request.community, viewer=request.user, at=at, mine=mine)
    parts = _parts(cards, at=at)
    part = request.GET.get("part", "")
    groups = (
        [_whole(request, part, parts[part], at=at)]
        if part in parts
        else [_first(request, code, found, at=at) for code, found in parts.items()]
    )
    context = {"at": at, "mine": mine, "rows": len(cards), "groups": groups, "alone": part in parts}
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


def _heading(code: str) -> str:
    headings = {
        "overdue": pgettext("due", "Overdue"),
        "today": pgettext("due", "Today"),
        "soon": _("In the next days"),
    }
    return headings[code]


def _parts(cards: Iterable[DueCard], *, at: datetime) -> dict[str, list[DueCard]]:
    """The cards by part, in the order in which the parts are read; a part without any is left out."""
    today = timezone.localdate(at)
    parts: dict[str, list[DueCard]] = {"overdue": [], "today": [], "soon": []}
    for card in cards:
        parts["overdue" if card.overdue else "today" if card.day <= today else "soon"].append(card)
    return {code: found for code, found in parts.items() if found}


def _first(request: Visit, code: str, cards: list[DueCard], *, at: datetime) -> DueGroup:
    rows = tuple(_row(request, card, at=at) for card in cards[:FIRST_OF_EACH])
    return DueGroup(code, _heading(code), rows, count=len(cards))


def _whole(request: Visit, code: str, cards: list[DueCard], *, at: datetime) -> DueGroup:
    page: Page[Any] = Paginator(cards, A_PAGE).get_page(request.GET.get("page"))
    rows = tuple(_row(request, card, at=at) for card in page.object_list)
    return DueGroup(code, _heading(code), rows, count=len(cards), page=page)

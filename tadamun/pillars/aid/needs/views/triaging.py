"""What is done with one line: sort it, end it, take it up again, invite somebody for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadamun.foundation.catalogue.queries import category_of
from tadamun.foundation.idempotency.services import new_form_token, once
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import LineCard, RequestCard
from tadamun.pillars.aid.needs.errors import (
    AlreadyTaken,
    MatchCannotMove,
    MoneyWaitsForTheFund,
    NeedCannotMove,
    NoSuchNeed,
    NoSuchOffer,
    OfferDoesNotFit,
    OfferUsedUp,
)
from tadamun.pillars.aid.needs.forms.matching import InviteForm
from tadamun.pillars.aid.needs.forms.triage import CloseForm
from tadamun.pillars.aid.needs.reasons import refusal_sentence
from tadamun.pillars.aid.needs.views.doors import Visit, door, try_and_say
from tadamun.pillars.aid.needs.views.panels import root_of_codes, triage_form
from tadamun.pillars.aid.needs.views.requests import back, card_of, page
from tadamun.pillars.aid.needs.vocabulary import CloseReason, LineState, Tier, TierReason

MOVED = (
    AlreadyTaken,
    MatchCannotMove,
    MoneyWaitsForTheFund,
    NeedCannotMove,
    NoSuchOffer,
    OfferDoesNotFit,
    OfferUsedUp,
)
"""What may have happened to a line or an offer since the page was opened."""


@require_POST
@login_required
@door
def triage(request: Visit, *, request_id: str, line_id: str, at: datetime) -> HttpResponse:
    """How severe, on what ground, and what exactly."""
    card, line = _line(request, request_id, line_id)
    root = root_of_codes(request).get(line.category_code)
    form = triage_form(request, card, line, root=root, data=request.POST)
    if not form.is_valid():
        return page(request, card, at=at, bad={("triage", line_id): form}, status=422)
    code = form.cleaned_data.get("category") or line.category_code
    changed = None if code == line.category_code else category_of(community=request.community, code=code)
    act = partial(
        services.triage_line,
        line_id=line_id,
        tier=Tier(form.cleaned_data["tier"]),
        reason=TierReason(form.cleaned_data["reason"]),
        actor=request.user,
        at=at,
        category=changed,
    )
    _say(request, act, done=_sorted_words(request, card, line_id=line_id))
    return _next(request, request_id)


@require_POST
@login_required
@door
def invite(request: Visit, *, request_id: str, line_id: str, at: datetime) -> HttpResponse:
    """«مطابقة وإرسال الدعوة»: ask the giver of one choice."""
    card, _of = _line(request, request_id, line_id)
    choices = queries.choices_for(line_id=line_id, viewer=request.user, at=at)
    other = request.POST.get("offer") in {choice.offer_id for choice in choices[1:]}
    form = InviteForm(request.POST, first=not other)
    if not form.is_valid():
        return page(request, card, at=at, bad={("invite", request.POST.get("offer", "")): form}, status=422)
    given = form.cleaned_data

    def ask() -> str:
        match = services.invite(
            line_id=line_id,
            offer_id=given["offer"],
            actor=request.user,
            at=at,
            change_reason=given["change_reason"],
        )
        return match.public_id

    token = given["form_token"] or new_form_token()
    act = partial(once, token=token, purpose=f"invite:{line_id}", at=at, do=ask)
    _say(request, act, done=_("The invitation is sent. Unanswered, it goes to the next person."))
    return _next(request, request_id)


@require_POST
@login_required
@door
def close(request: Visit, *, request_id: str, line_id: str, at: datetime) -> HttpResponse:
    """End a line with an honest reason, or refer it to somebody who can help better."""
    card, line = _line(request, request_id, line_id)
    if line.state == LineState.CLOSED:
        return back(request, request_id)
    form = CloseForm(request.POST, line=line)
    if not form.is_valid():
        return page(request, card, at=at, bad={("close", line_id): form}, status=422)
    reason = CloseReason(form.cleaned_data["reason"])
    if reason is CloseReason.REFERRED:
        act = partial(services.refer_line, where=form.cleaned_data["where"])
    else:
        act = partial(services.end_line, reason=reason)
    _say(
        request,
        partial(act, line_id=line_id, actor=request.user, at=at),
        done=_("Closed. The asker sees why, and it can be taken up again."),
    )
    return back(request, request_id)


@require_POST
@login_required
@door
def reopen(request: Visit, *, request_id: str, line_id: str, at: datetime) -> HttpResponse:
    """Take a closed line up again."""
    _card, line = _line(request, request_id, line_id)
    if line.state != LineState.CLOSED:
        return back(request, request_id)
    act = partial(services.reopen_line, line_id=line_id, actor=request.user, at=at)
    _say(request, act, done=_("Taken up again; it waits since it was first asked."))
    return back(request, request_id)


def _say(request: Visit, act: Callable[[], Any], *, done: str) -> None:
    try_and_say(request, act, done=done, moved=MOVED, words=lambda error: refusal_sentence(error=error))


def _sorted_words(request: Visit, card: RequestCard, *, line_id: str) -> str:
    """That it is sorted, and the way to its matches: on the board the next line lies ready meanwhile."""
    url = reverse("needs:request", args=[request.community.slug, card.public_id])
    return format_html(
        '{} <a href="{}#line-{}">{}</a>',
        _("Request %(number)s is sorted. It keeps its place by when it was asked.") % {"number": card.number},
        url,
        line_id,
        _("Its matches"),
    )


def _line(request: Visit, request_id: str, line_id: str) -> tuple[RequestCard, LineCard]:
    card = card_of(request, request_id)
    line = next((one for one in card.lines if one.public_id == line_id), None)
    if line is None:
        raise NoSuchNeed
    return card, line


def _next(request: Visit, request_id: str) -> HttpResponse:
    """To the board as it was narrowed, if one came from there: the next line lies ready; else to the request."""
    asked = QueryDict(request.POST.get("board", "")[:200])
    if not asked.get("show"):
        return back(request, request_id)
    kept = {name: clean_line(asked[name])[:40] for name in ("show", "category", "area") if asked.get(name)}
    return redirect(f"{reverse('needs:board', args=[request.community.slug])}?{urlencode(kept)}")

"""What is done with one invitation or promise, after a word on the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import MatchCard, RequestCard
from tadamun.pillars.aid.needs.errors import (
    AtNight,
    DateOutOfRange,
    LaterThanAsked,
    MatchCannotMove,
    NoSuchMatch,
)
from tadamun.pillars.aid.needs.forms.matching import ConfirmForm, FellThroughForm, MatchNowForm, MatchTimeForm
from tadamun.pillars.aid.needs.reasons import refusal_sentence
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.views.requests import back, card_of, page, say_refusal
from tadamun.pillars.aid.needs.vocabulary import EndReason, MatchState
from tadamun.pillars.aid.needs.wording import word_for

_PLAIN: dict[str, tuple[Callable[..., Any], MatchState, Any]] = {
    "accepted": (
        services.accept_for,
        MatchState.ACCEPTED,
        _("The promise is kept."),
    ),
    "declined": (services.decline, MatchState.DECLINED, _("Thank you. Somebody else can be asked now.")),
    "withdraw": (
        services.withdraw_invitation,
        MatchState.CANCELLED,
        _("The invitation is taken back. Somebody else can be asked now."),
    ),
    "cancel": (
        services.cancel_match,
        MatchState.CANCELLED,
        _("The promise is taken back. The need is open again."),
    ),
}

_TELLS = frozenset({"accepted", "cancel"})
"""After these the household learns of it."""


@require_POST
@login_required
@door
def settle_match(request: Visit, *, request_id: str, match_id: str, verb: str, at: datetime) -> HttpResponse:
    """Said yes or no on the phone, taken back, comes earlier, or cannot after all."""
    if verb == "now":
        return _comes_now(request, request_id, match_id, at=at)
    if verb not in _PLAIN:
        raise Http404
    card, match = _match(request, request_id, match_id)
    act, reached, words = _PLAIN[verb]
    if match.state != reached:
        try:
            act(match_id=match_id, actor=request.user, at=at)
        except MatchCannotMove as refusal:
            say_refusal(request, refusal)
            return back(request, request_id)
    messages.success(request, f"{words} {_told(card)}" if verb in _TELLS else str(words))
    return back(request, request_id)


def _comes_now(request: Visit, request_id: str, match_id: str, *, at: datetime) -> HttpResponse:
    card, _of = _match(request, request_id, match_id)
    form = MatchNowForm(request.POST, match_id=match_id)
    agreed = form.is_valid() and form.cleaned_data["night_is_agreed"]
    try:
        services.move_to_now(match_id=match_id, actor=request.user, at=at, night_is_agreed=agreed)
    except AtNight:
        form.refuse_night()
        return page(request, card, at=at, bad={("now", match_id): form}, status=422)
    except MatchCannotMove as refusal:
        say_refusal(request, refusal)
    else:
        words = _("The time is now. Name and address are open to the giver.")
        messages.success(request, f"{words} {_told(card)}")
    return back(request, request_id)


@require_POST
@login_required
@door
def set_time(request: Visit, *, request_id: str, match_id: str, at: datetime) -> HttpResponse:
    """When the help comes, as both sides said."""
    card, _of = _match(request, request_id, match_id)
    form = MatchTimeForm(request.POST, match_id=match_id)
    if form.is_valid():
        starts, ends = form.window()
        try:
            services.schedule(
                match_id=match_id,
                starts=starts,
                ends=ends,
                actor=request.user,
                at=at,
                late_is_agreed=form.cleaned_data["late_is_agreed"],
                night_is_agreed=form.cleaned_data["night_is_agreed"],
            )
        except LaterThanAsked:
            form.refuse_late()
        except AtNight:
            form.refuse_night()
        except DateOutOfRange as refusal:
            form.refuse_date(refusal_sentence(error=refusal), at=at)
        except MatchCannotMove as refusal:
            say_refusal(request, refusal)
            return back(request, request_id)
        else:
            messages.success(request, f"{_('The time is settled.')} {_told(card)}")
            return back(request, request_id)
    return page(request, card, at=at, bad={("time", match_id): form}, status=422)


@require_POST
@login_required
@door
def confirm(request: Visit, *, request_id: str, match_id: str, at: datetime) -> HttpResponse:
    """The household said on the phone that it arrived, all of it or a part."""
    card, match = _match(request, request_id, match_id)
    if match.state == MatchState.CONFIRMED:
        return back(request, request_id)
    form = ConfirmForm(request.POST, match=match)
    if not form.is_valid():
        return page(request, card, at=at, bad={("confirm", match_id): form}, status=422)
    try:
        services.confirm_receipt(
            match_id=match_id, actor=request.user, at=at, quantity=form.cleaned_data.get("quantity")
        )
    except MatchCannotMove as refusal:
        say_refusal(request, refusal)
    else:
        messages.success(request, str(_("The receipt is confirmed by a call back.")))
    return back(request, request_id)


@require_POST
@login_required
@door
def fell_through(request: Visit, *, request_id: str, match_id: str, at: datetime) -> HttpResponse:
    """It did not happen: the need goes back to the queue and keeps its place."""
    card, match = _match(request, request_id, match_id)
    if match.state == MatchState.DID_NOT_HAPPEN:
        return back(request, request_id)
    form = FellThroughForm(request.POST, match_id=match_id)
    if not form.is_valid():
        return page(request, card, at=at, bad={("fell", match_id): form}, status=422)
    try:
        services.did_not_happen(
            match_id=match_id, reason=EndReason(form.cleaned_data["reason"]), actor=request.user, at=at
        )
    except MatchCannotMove as refusal:
        say_refusal(request, refusal)
    else:
        messages.success(request, str(_("It is written down. The need is open again and keeps its place.")))
    return back(request, request_id)


def _told(card: RequestCard) -> str:
    return word_for(kind="told_at_the_desk", code=card.told)


def _match(request: Visit, request_id: str, match_id: str) -> tuple[RequestCard, MatchCard]:
    """The match, if it belongs to a line of this request.

    :raises NoSuchMatch: it does not.
    """
    card = card_of(request, request_id)
    for matches in queries.matches_of_request(request_id=request_id, viewer=request.user).values():
        for match in matches:
            if match.public_id == match_id:
                return card, match
    raise NoSuchMatch

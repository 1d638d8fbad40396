"""What an asker does with the help that comes: confirm, refuse, thank; arrive, leave, and say what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tadamun.foundation.idempotency.services import new_form_token, once
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.cards import TrackCard, TrackedLine
from tadamun.pillars.aid.needs.errors import MatchCannotMove, NoSuchMatch
from tadamun.pillars.aid.needs.forms.refusals import refusal_words
from tadamun.pillars.aid.needs.forms.tracking import ConcernForm, ReceiptForm, ThanksForm
from tadamun.pillars.aid.needs.views.doors import Visit, door, try_and_say
from tadamun.pillars.aid.needs.views.tracking import back_to, own_card, track_page, with_pin


@require_http_methods(["GET", "HEAD", "POST"])
@door
def confirm(request: Visit, *, request_id: str, match_id: str, at: datetime) -> HttpResponse:
    """«تأكيد الاستلام»: all of it, or a part."""
    card, tracked, help_card = _help(request, request_id=request_id, match_id=match_id)
    if help_card.state == "confirmed":
        messages.success(request, _("The receipt is confirmed already."))
        return back_to(request, request_id)
    sent = request.POST if request.method == "POST" else None
    form = ReceiptForm(sent, help_card=help_card)
    if sent is None or not form.is_valid():
        context = {"card": card, "tracked": tracked, "help": help_card, "form": form}
        return render(request, "needs/track_confirm.html", context, status=200 if sent is None else 422)
    _say(
        request,
        partial(
            services.confirm_receipt,
            match_id=match_id,
            actor=request.user,
            at=at,
            quantity=form.amount(),
            with_pin=with_pin(request, request_id),
        ),
        done=_("Thank you for saying so. The receipt is confirmed."),
    )
    return back_to(request, request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def refuse(request: Visit, *, request_id: str, match_id: str, at: datetime) -> HttpResponse:
    """Somebody else, please: no reason is asked, and the request keeps its place."""
    card, tracked, help_card = _help(request, request_id=request_id, match_id=match_id, gone_is_fine=True)
    if help_card is None:
        messages.success(request, _("We are looking for somebody else. Your request keeps its place."))
        return back_to(request, request_id)
    if request.method != "POST":
        context = {"card": card, "tracked": tracked, "help": help_card}
        return render(request, "needs/track_refuse.html", context)
    _say(
        request,
        partial(
            services.refuse_help,
            match_id=match_id,
            actor=request.user,
            at=at,
            with_pin=with_pin(request, request_id),
        ),
        done=_("We are looking for somebody else. Your request keeps its place."),
    )
    return back_to(request, request_id)


@require_POST
@door
def thank(request: Visit, *, request_id: str, match_id: str, at: datetime) -> HttpResponse:
    """A word of thanks, passed on without a name."""
    card, _tracked, _help_card = _help(request, request_id=request_id, match_id=match_id)
    form = ThanksForm(request.POST)
    if not form.is_valid():
        return track_page(request, card=card, at=at, thanks=(match_id, form), status=422)
    _say(
        request,
        partial(
            services.say_thanks,
            match_id=match_id,
            words=form.cleaned_data["words"],
            actor=request.user,
            at=at,
            with_pin=with_pin(request, request_id),
        ),
        done=_("Your thanks are passed on, without your name."),
    )
    return back_to(request, request_id)


@require_POST
@door
def arrived(request: Visit, *, request_id: str, match_id: str, at: datetime) -> HttpResponse:
    """The guests have arrived at the house."""
    return _step_of_stay(request, services.check_in, request_id=request_id, match_id=match_id, at=at)


@require_POST
@door
def left(request: Visit, *, request_id: str, match_id: str, at: datetime) -> HttpResponse:
    """The stay is over."""
    return _step_of_stay(request, services.check_out, request_id=request_id, match_id=match_id, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def concern(request: Visit, *, request_id: str, match_id: str, at: datetime) -> HttpResponse:
    """Something was wrong: for the coordinators alone."""
    card, tracked, help_card = _help(request, request_id=request_id, match_id=match_id)
    sent = request.POST if request.method == "POST" else None
    form = ConcernForm(sent, initial={"form_token": new_form_token()})
    if sent is None or not form.is_valid():
        context = {"card": card, "tracked": tracked, "help": help_card, "form": form}
        return render(request, "needs/track_concern.html", context, status=200 if sent is None else 422)

    def post() -> str:
        said = services.raise_concern(
            match_id=match_id,
            body=form.cleaned_data["body"],
            actor=request.user,
            at=at,
            with_pin=with_pin(request, request_id),
        )
        return str(said.pk)

    token = form.cleaned_data["form_token"] or new_form_token()
    once(token=token, purpose=f"concern:{match_id}", at=at, do=post)
    messages.success(request, _("It reached the coordinators, and nobody else. They will get in touch."))
    return back_to(request, request_id)


def _step_of_stay(
    request: Visit, step: Callable[..., Any], *, request_id: str, match_id: str, at: datetime
) -> HttpResponse:
    _help(request, request_id=request_id, match_id=match_id)
    act = partial(step, match_id=match_id, actor=request.user, at=at, with_pin=with_pin(request, request_id))
    _say(request, act, done=_("Thank you for saying so."))
    return back_to(request, request_id)


def _say(request: Visit, act: Callable[[], Any], *, done: str) -> None:
    try_and_say(request, act, done=done, moved=(MatchCannotMove,), words=refusal_words)


def _help(
    request: Visit, *, request_id: str, match_id: str, gone_is_fine: bool = False
) -> tuple[TrackCard, TrackedLine | None, Any]:
    """The promise of help, if it belongs to this request.

    :raises NoSuchMatch: it belongs to another request, or ended.
    """
    card = own_card(request, request_id=request_id)
    for tracked in card.lines:
        for help_card in tracked.helps:
            if help_card.match_id == match_id:
                return card, tracked, help_card
    if gone_is_fine:
        return card, None, None
    raise NoSuchMatch

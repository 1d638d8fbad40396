"""Changing, adding to and taking back what was asked."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.foundation.idempotency.services import new_form_token, once
from tadamun.kernel.errors import TadamunError
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.cards import LineCard, TrackCard
from tadamun.pillars.aid.needs.errors import NeedCannotMove
from tadamun.pillars.aid.needs.forms.asking import LineForm
from tadamun.pillars.aid.needs.forms.refusals import refusal_words
from tadamun.pillars.aid.needs.forms.tracking import LineChangeForm, RequestChangeForm, WithdrawForm
from tadamun.pillars.aid.needs.templatetags.needs_words import amount
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.views.tracking import back_to, own_card, say_refusal, with_pin
from tadamun.pillars.aid.needs.vocabulary import When


@require_http_methods(["GET", "HEAD", "POST"])
@door
def change(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """How much, by when, where, how to reach whom: all on one page."""
    card = own_card(request, request_id=request_id)
    sent = request.POST if request.method == "POST" else None
    rows = [LineChangeForm(sent, line=line) for line in open_lines(card) if not line.asks_for_call]
    form = RequestChangeForm(sent, card=card, community=request.community)
    context = {"card": card, "form": form, "rows": rows}
    if sent is None:
        return render(request, "needs/track_change.html", context)
    in_order = [row.is_valid() for row in rows]
    if not (form.is_valid() and all(in_order)):
        return render(request, "needs/track_change.html", context, status=422)
    try:
        _keep_changes(request, card=card, rows=rows, form=form, at=at)
    except TadamunError as refusal:
        form.add_error(None, refusal_words(refusal))
        return render(request, "needs/track_change.html", context, status=422)
    messages.success(request, _("Your changes are kept."))
    return back_to(request, request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def add(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """One more thing under the same number."""
    card = own_card(request, request_id=request_id)
    sent = request.POST if request.method == "POST" else None
    form = LineForm(sent, community=request.community, needed=True)
    token = request.POST.get("form_token") or new_form_token()
    context = {"card": card, "form": form, "form_token": token}
    if sent is None:
        return render(request, "needs/track_add.html", context)
    details = form.details() if form.is_valid() else None
    if details is None:
        return render(request, "needs/track_add.html", context, status=422)

    def post() -> str:
        line = services.add_line(
            request_id=card.public_id,
            details=details,
            actor=request.user,
            at=at,
            with_pin=with_pin(request, request_id),
        )
        return line.public_id

    try:
        once(token=token, purpose=f"line:{request_id}", at=at, do=post)
    except TadamunError as refusal:
        form.add_error(None, refusal_words(refusal))
        return render(request, "needs/track_add.html", context, status=422)
    messages.success(request, _("It is added to your request."))
    return back_to(request, request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def withdraw(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """Take back one thing or all of it. No reason is asked."""
    card = own_card(request, request_id=request_id)
    lines = open_lines(card)
    choices = [(line.public_id, _line_words(line)) for line in lines]
    sent = request.POST if request.method == "POST" else None
    form = WithdrawForm(sent, choices=choices)
    if sent is None or not choices:
        return render(request, "needs/track_withdraw.html", {"card": card, "form": form, "lines": lines})
    if not form.is_valid():
        context = {"card": card, "form": form, "lines": lines}
        return render(request, "needs/track_withdraw.html", context, status=422)
    for line_id in form.cleaned_data["lines"]:
        try:
            services.withdraw_line(
                line_id=line_id, actor=request.user, at=at, with_pin=with_pin(request, request_id)
            )
        except NeedCannotMove as refusal:
            say_refusal(request, refusal)
            return back_to(request, request_id)
    messages.success(request, _("Taken back. Asking again is possible at any time."))
    return back_to(request, request_id)


def _line_words(line: LineCard) -> str:
    return line.category if line.asks_for_call else f"{line.category}: {amount(line.quantity, line.unit)}"


def open_lines(card: TrackCard) -> list[LineCard]:
    """The lines that can still change."""
    return [tracked.line for tracked in card.lines if tracked.line.state not in {"met", "closed"}]


def _keep_changes(
    request: Visit, *, card: TrackCard, rows: list[LineChangeForm], form: RequestChangeForm, at: datetime
) -> None:
    opened = with_pin(request, card.public_id)
    for row in rows:
        if row.has_changed():
            services.change_line(
                line_id=row.line.public_id,
                quantity=row.cleaned_data["quantity"] or row.line.quantity,
                when=When(row.cleaned_data["when"]),
                actor=request.user,
                at=at,
                with_pin=opened,
            )
    if form.has_changed():
        services.change_request(
            request_id=card.public_id, actor=request.user, at=at, with_pin=opened, **form.said()
        )

"""The page of one request, and what is done with the request as a whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.foundation.idempotency.services import new_form_token, once
from tadamun.kernel.errors import TadamunError
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import RequestCard
from tadamun.pillars.aid.needs.errors import AskedByTwo, CannotMerge
from tadamun.pillars.aid.needs.forms.triage import AnswerForm, ContactForm, RevealForm
from tadamun.pillars.aid.needs.reasons import refusal_sentence
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.views.panels import Bad, panels_of
from tadamun.pillars.aid.needs.vocabulary import JOIN, ContactOutcome, LinkKind


@require_safe
@login_required
@door
def request_page(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """Everything about one request but what is revealed with a reason."""
    return page(request, card_of(request, request_id), at=at)


@require_POST
@login_required
@door
def reveal(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """Name, phone, address and notes: logged with the reason, and on this one answer only."""
    card = card_of(request, request_id)
    form = RevealForm(request.POST, auto_id="r_%s")
    if not form.is_valid():
        return page(request, card, at=at, forms={"reveal_form": form}, status=422)
    contact = services.reveal_request(
        request_id=request_id, actor=request.user, reason=form.cleaned_data["reason"], at=at
    )
    return page(request, card, at=at, forms={"contact": contact})


@require_POST
@login_required
@door
def log_contact(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """A call or a message was tried."""
    card = card_of(request, request_id)
    form = ContactForm(request.POST, today=timezone.localdate(at))
    if not form.is_valid():
        return page(request, card, at=at, forms={"contact_form": form}, status=422)

    def keep() -> str:
        attempt = services.log_contact(
            request_id=request_id,
            outcome=ContactOutcome(form.cleaned_data["outcome"]),
            actor=request.user,
            at=at,
            note=form.cleaned_data["note"],
            follow_up_on=form.cleaned_data["follow_up_on"],
        )
        return str(attempt.pk)

    once(token=form.cleaned_data["form_token"] or new_form_token(), purpose="contact", at=at, do=keep)
    messages.success(request, _("The call is written down."))
    return back(request, request_id, anchor="contact")


@require_POST
@login_required
@door
def answer(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """A message to the asker."""
    card = card_of(request, request_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return page(request, card, at=at, forms={"answer_form": form}, status=422)

    def write() -> str:
        message = services.write_message(
            request_id=request_id, body=form.cleaned_data["body"], actor=request.user, at=at
        )
        return str(message.pk)

    once(token=form.cleaned_data["form_token"] or new_form_token(), purpose="answer", at=at, do=write)
    messages.success(request, _("The message is on the asker's page."))
    return back(request, request_id, anchor="thread")


@require_POST
@login_required
@door
def take_over(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """Become the coordinator whom the asker deals with."""
    card_of(request, request_id)
    services.take_over(request_id=request_id, actor=request.user, at=at)
    messages.success(request, _("The asker now sees your name as the one who calls."))
    return back(request, request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def compare(request: Visit, *, request_id: str, other_id: str, at: datetime) -> HttpResponse:
    """Two requests side by side: joined, linked or told apart by a person, never by itself."""
    card, other = card_of(request, request_id), card_of(request, other_id)
    likeness = queries.likeness(request_id=request_id, other_id=other_id, viewer=request.user)
    if request.method != "POST":
        older, newer = sorted((card, other), key=lambda one: one.number)
        context = {"card": card, "other": other, "likeness": likeness, "older": older, "newer": newer}
        return render(request, "needs/compare.html", context)
    return _decide(request, card, other, at=at)


def _decide(request: Visit, card: RequestCard, other: RequestCard, *, at: datetime) -> HttpResponse:
    found = request.POST.get("found", "")
    kept = card.public_id
    if found in {JOIN, *LinkKind}:
        try:
            kept = services.judge_alike(
                request_id=card.public_id, other_id=other.public_id, found=found, actor=request.user, at=at
            )
        except (AskedByTwo, CannotMerge) as refusal:
            kept = min((card, other), key=lambda one: one.number).public_id
            messages.info(request, refusal_sentence(error=refusal))
        else:
            messages.success(
                request,
                _("The two are one request now; every need of both is kept.")
                if found == JOIN
                else _("What you found is kept with both requests."),
            )
    return back(request, kept, anchor="" if found == JOIN else "alike")


@require_POST
@login_required
@door
def handle_concern(request: Visit, *, request_id: str, concern_id: int, at: datetime) -> HttpResponse:
    """What was said about a stay was taken care of."""
    card_of(request, request_id)
    services.handle_concern(concern_id=concern_id, actor=request.user, at=at)
    messages.success(request, _("It is marked as taken care of."))
    return back(request, request_id)


def card_of(request: Visit, request_id: str) -> RequestCard:
    """The request of the page, for coordinators of this community.

    :raises NoSuchNeed: none of this id here.
    """
    return queries.request_card(request_id=request_id, viewer=request.user, community=request.community)


def page(
    request: Visit,
    card: RequestCard,
    *,
    at: datetime,
    forms: dict[str, Any] | None = None,
    bad: Bad | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a request; `forms` and `bad` are forms that were refused, shown as they were sent."""
    viewer, request_id = request.user, card.public_id
    context = {
        "at": at,
        "card": card,
        "panels": panels_of(request, card, at=at, bad=bad),
        "alike": queries.alike(request_id=request_id, viewer=viewer),
        "contacts": queries.contact_log(request_id=request_id, viewer=viewer),
        "thread": queries.thread(request_id=request_id, viewer=viewer),
        "looks": queries.looks_at(request_id=request_id, viewer=viewer),
        "reveal_form": RevealForm(auto_id="r_%s"),
        "contact_form": ContactForm(today=timezone.localdate(at), initial={"form_token": new_form_token()}),
        "answer_form": AnswerForm(initial={"form_token": new_form_token()}),
        "refused": [*(forms or {}).values(), *(bad or {}).values()],
        **(forms or {}),
    }
    return render(request, "needs/request.html", context, status=status)


def back(request: Visit, request_id: str, *, anchor: str = "") -> HttpResponse:
    """To the page of the request."""
    answered = redirect("needs:request", community=request.community.slug, request_id=request_id)
    if anchor:
        answered["Location"] += f"#{anchor}"
    return answered


def say_refusal(request: Visit, error: TadamunError) -> None:
    """Say on the next page what has moved on."""
    messages.warning(request, refusal_sentence(error=error))

"""Asking for help, on the page or through a coordinator on the phone, and the page that confirms it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.foundation.idempotency.services import new_form_token, once
from tadamun.foundation.limits import TooManyTries, client_address, hit
from tadamun.foundation.people.consents import consent_text
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.foundation.sealed import seal, unseal
from tadamun.pillars.aid.needs import policies, queries, services
from tadamun.pillars.aid.needs.forms.asking import AskForm, CallBackForm, PhoneAskForm
from tadamun.pillars.aid.needs.forms.refusals import refusal_words
from tadamun.pillars.aid.needs.views import grants
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.vocabulary import ASKED_MOST

HOUR = timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def ask(request: Visit, *, at: datetime) -> HttpResponse:
    """«أحتاج»: four questions and a phone number, no account."""
    if request.method != "POST":
        return _ask_page(request, AskForm(community=request.community, initial=_known(request)))
    form = AskForm(request.POST, community=request.community)
    return _answer(request, form, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def ask_by_phone(request: Visit, *, at: datetime) -> HttpResponse:
    """The same form, filled by a coordinator while somebody speaks."""
    policies.require_coordinator(actor=request.user, community=request.community)
    if request.method != "POST":
        started = {"form_token": new_form_token(), "category": request.GET.get("category", "")}
        return _ask_page(request, PhoneAskForm(community=request.community, initial=started))
    return _answer(request, PhoneAskForm(request.POST, community=request.community), at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def call_back(request: Visit, *, at: datetime) -> HttpResponse:
    """«نتّصل نحن بك»: a phone number and when it is safe to call; the rest is said on the phone."""
    if request.method != "POST":
        return _call_back_page(request, CallBackForm(initial=_known(request)))
    form = CallBackForm(request.POST)
    if not form.is_valid():
        return _call_back_page(request, form, status=422)
    said = form.cleaned_data
    try:
        hit(what="ask", who=client_address(request), most=ASKED_MOST, window=HOUR, at=at)
    except TooManyTries as refusal:
        form.add_error(None, refusal_words(refusal))
        return _call_back_page(request, form, status=429)

    def post() -> services.Asked:
        return services.ask_for_call(
            community=request.community,
            actor=request.user,
            phone=said["phone"],
            name=said["asker_name"],
            safe_hours=said["safe_hours"],
            language=(get_language() or "ar")[:2],
            consent_version=said["consent_version"],
            at=at,
        )

    return _made(request, post, token=said["form_token"], forget=bool(said["forget"]), at=at)


@require_safe
@door
def asked(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """«وصلَنا طلبك»: the number, the PIN (this once), who calls by when, and what happens next."""
    fresh = grants.fresh(request=request, request_id=request_id, at=at)
    if fresh is None:
        return redirect("needs:track", community=request.community.slug, request_id=request_id)
    card = queries.track_card(
        request_id=request_id, viewer=request.user, with_pin=True, community=request.community
    )
    track = reverse("needs:track", args=[request.community.slug, request_id])
    context = {
        "card": card,
        "pin": fresh.pin,
        "fresh": fresh,
        "track_url": track,
        "track_link": request.build_absolute_uri(track),
        "open_link": request.build_absolute_uri(reverse("needs:track_open", args=[request.community.slug])),
    }
    return render(request, "needs/asked.html", context)


@require_safe
@door
def public(request: Visit, *, at: datetime) -> HttpResponse:
    """Needs whose askers agreed to show them: category and area, nothing else."""
    needs = queries.public_needs(community=request.community, at=at)
    return render(request, "needs/public.html", {"needs": needs})


def _answer(request: Visit, form: AskForm, *, at: datetime) -> HttpResponse:
    if not form.is_valid():
        return _ask_page(request, form, status=422)
    try:
        hit(what="ask", who=client_address(request), most=ASKED_MOST, window=HOUR, at=at)
    except TooManyTries as refusal:
        form.add_error(None, refusal_words(refusal))
        return _ask_page(request, form, status=429)

    def post() -> services.Asked:
        details = form.details(origin=form.origin())
        return services.post_request(community=request.community, actor=request.user, details=details, at=at)

    return _made(
        request,
        post,
        token=form.cleaned_data["form_token"],
        forget=bool(form.cleaned_data["forget"]),
        by_phone=isinstance(form, PhoneAskForm),
        at=at,
    )


def _made(
    request: Visit,
    post: Callable[[], services.Asked],
    *,
    token: str,
    forget: bool,
    at: datetime,
    by_phone: bool = False,
) -> HttpResponse:
    """Make a request once however often its form is sent, and lead to the page with its number and PIN."""

    def sealed() -> str:
        made = post()
        return f"{made.request.public_id} {seal(made.pin)}"

    # The PIN travels sealed with the outcome, so that a form sent twice is answered with the same page twice.
    outcome, _ = once(token=token or new_form_token(), purpose="ask", at=at, do=sealed)
    request_id, _, sealed_pin = outcome.partition(" ")
    if not (forget or by_phone):
        grants.open_here(request=request, request_id=request_id)
    grants.keep_pin(
        request=request,
        request_id=request_id,
        pin=unseal(sealed_pin),
        at=at,
        forget=forget,
        by_phone=by_phone,
    )
    return redirect("needs:asked", community=request.community.slug, request_id=request_id)


def _call_back_page(request: Visit, form: CallBackForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "help_text": consent_text(purpose=ConsentPurpose.HELP)}
    return render(request, "needs/call_back.html", context, status=status)


def _ask_page(request: Visit, form: AskForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "by_phone": isinstance(form, PhoneAskForm),
        "help_text": consent_text(purpose=ConsentPurpose.HELP),
        "behalf_text": consent_text(purpose=ConsentPurpose.ON_BEHALF),
        "public_text": consent_text(purpose=ConsentPurpose.PUBLIC_NEED),
    }
    return render(request, "needs/ask.html", context, status=status)


def _known(request: Visit) -> dict[str, Any]:
    """What the page knows before the first answer: the tile somebody came by, a member's own name and phone."""
    known: dict[str, Any] = {
        "form_token": new_form_token(),
        "category": request.GET.get("category", ""),
    }
    if request.user.is_authenticated:
        known |= {"asker_name": request.user.name, "phone": request.user.phone or ""}
    return known

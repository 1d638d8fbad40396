"""Offering help, and looking after what one offers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.catalogue.errors import NoSuchCategory
from tadamun.foundation.catalogue.queries import open_categories
from tadamun.foundation.catalogue.vocabulary import SafetyTier
from tadamun.foundation.idempotency.services import new_form_token, once
from tadamun.foundation.limits import TooManyTries, client_address, hit
from tadamun.foundation.people.consents import consent_text
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.kernel.errors import TadamunError
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import DateOutOfRange
from tadamun.pillars.aid.needs.forms.offering import OfferForm, PauseForm
from tadamun.pillars.aid.needs.forms.refusals import refusal_words
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.vocabulary import OFFERED_MOST, Requirement

HOUR = timedelta(hours=1)


@require_safe
@door
def offer(request: Visit, *, at: datetime) -> HttpResponse:
    """«أقدّم»: the first question, what."""
    mains = [
        (main, [card.name for card in main.below if not card.is_money], _open_to(request, main))
        for main in open_categories(community=request.community)
        if not main.is_money
    ]
    return render(request, "needs/offer.html", {"mains": mains})


@require_http_methods(["GET", "HEAD", "POST"])
@door
def offer_details(request: Visit, *, category: str, at: datetime) -> HttpResponse:
    """The other questions, with those that only food or a roof asks."""
    main = next(
        (card for card in open_categories(community=request.community) if card.code == category), None
    )
    if main is None or main.is_money:
        raise NoSuchCategory
    options = _open_to(request, main)
    if not options:
        return render(request, "needs/offer_account.html", {"main": main})
    guest = not request.user.is_authenticated
    form = OfferForm(
        request.POST if request.method == "POST" else None,
        community=request.community,
        main=main,
        options=options,
        guest=guest,
        initial={"form_token": new_form_token()},
    )
    if request.method != "POST":
        return _offer_page(request, form, options=options)
    return _answer(request, form, options=options, at=at)


@require_safe
@door
def offered(request: Visit, *, at: datetime) -> HttpResponse:
    """A guest's offer has arrived."""
    return render(request, "needs/offered.html")


@require_safe
@door
def my_offers(request: Visit, *, at: datetime) -> HttpResponse:
    """What somebody offers here."""
    if not request.user.is_authenticated:
        return redirect("needs:offer", community=request.community.slug)
    cards = queries.own_offers(community=request.community, viewer=request.user, at=at)
    return render(
        request,
        "needs/my_offers.html",
        {
            "open": [card for card in cards if card.state == "open"],
            "closed": [card for card in cards if card.state != "open"],
        },
    )


@require_safe
@door
def offer_page(request: Visit, *, offer_id: str, at: datetime) -> HttpResponse:
    """One offer: what is left of it, whether it can be matched, and how to rest or end it."""
    return _own_page(request, offer_id=offer_id, at=at, form=PauseForm())


@require_http_methods(["GET", "HEAD", "POST"])
@door
def pause(request: Visit, *, offer_id: str, at: datetime) -> HttpResponse:
    """Rest until a day; promises already made stay."""
    if request.method != "POST":
        return _to_offer(request, offer_id)
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            services.pause_offer(
                offer_id=offer_id, until=form.cleaned_data["until"], actor=request.user, at=at
            )
        except TadamunError as refusal:
            if refusal.code != "date_out_of_range":
                raise
            form.add_error("until", refusal_words(refusal))
        else:
            messages.success(request, _("The offer rests until then."))
            return _to_offer(request, offer_id)
    return _own_page(request, offer_id=offer_id, at=at, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def resume(request: Visit, *, offer_id: str, at: datetime) -> HttpResponse:
    """Go on with an offer that rested."""
    if request.method == "POST":
        services.pause_offer(offer_id=offer_id, until=None, actor=request.user, at=at)
        messages.success(request, _("The offer stands again."))
    return _to_offer(request, offer_id)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def close(request: Visit, *, offer_id: str, at: datetime) -> HttpResponse:
    """End an offer, after asking once."""
    if request.method != "POST":
        card = queries.offer_card(offer_id=offer_id, viewer=request.user, at=at)
        return render(request, "needs/offer_close.html", {"card": card})
    services.close_offer(offer_id=offer_id, actor=request.user, at=at)
    messages.success(request, _("The offer is closed. Thank you for it."))
    return redirect("needs:my_offers", community=request.community.slug)


def _open_to(request: Visit, main: CategoryCard) -> list[CategoryCard]:
    """What of a main category may be offered here: guests only what is handed over at a door."""
    cards = [card for card in (main, *main.below) if not card.is_money]
    if request.user.is_authenticated:
        return cards
    return [card for card in cards if card.safety_tier == SafetyTier.HANDOVER]


def _answer(request: Visit, form: OfferForm, *, options: list[CategoryCard], at: datetime) -> HttpResponse:
    if not form.is_valid():
        return _offer_page(request, form, options=options, status=422)

    def post() -> str:
        made = services.post_offer(
            community=request.community, actor=request.user, details=form.details(), at=at
        )
        return made.public_id

    try:
        hit(what="offer", who=client_address(request), most=OFFERED_MOST, window=HOUR, at=at)
        token = form.cleaned_data["form_token"] or new_form_token()
        offer_id, _new = once(token=token, purpose="offer", at=at, do=post)
    except DateOutOfRange as refusal:
        form.refuse_date(refusal_words(refusal), at=at)
        return _offer_page(request, form, options=options, status=422)
    except TadamunError as refusal:
        form.add_error(None, refusal_words(refusal))
        status = 429 if isinstance(refusal, TooManyTries) else 422
        return _offer_page(request, form, options=options, status=status)
    if form.guest:
        return redirect("needs:offered", community=request.community.slug)
    messages.success(request, _("Your offer stands. We get in touch when it fits a need."))
    return _to_offer(request, offer_id)


def _offer_page(
    request: Visit, form: OfferForm, *, options: list[CategoryCard], status: int = 200
) -> HttpResponse:
    more = [card for card in (form.main, *form.main.below) if not card.is_money]
    context = {
        "form": form,
        "main": form.main,
        "some_need_account": len(more) > len(options),
        "offer_text": consent_text(purpose=ConsentPurpose.OFFER),
        "comes_close": max(card.safety_tier for card in options),
    }
    return render(request, "needs/offer_details.html", context, status=status)


def _own_page(
    request: Visit, *, offer_id: str, at: datetime, form: PauseForm, status: int = 200
) -> HttpResponse:
    card = queries.offer_card(offer_id=offer_id, viewer=request.user, at=at)
    also = [code for code in card.provides if code != Requirement.BROUGHT_HOME]
    context = {"card": card, "form": form, "also": also}
    return render(request, "needs/offer_page.html", context, status=status)


def _to_offer(request: Visit, offer_id: str) -> HttpResponse:
    return redirect("needs:offer_page", community=request.community.slug, offer_id=offer_id)

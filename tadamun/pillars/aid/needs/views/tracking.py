"""Following a request: by number and PIN, or from a member's own account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.foundation.idempotency.services import new_form_token, once
from tadamun.foundation.limits import TooManyTries, client_address, hit
from tadamun.kernel.errors import TadamunError
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import TrackCard
from tadamun.pillars.aid.needs.errors import JoinedToAnother, NoSuchNeed, NotYourNeed, PinLocked, WrongPin
from tadamun.pillars.aid.needs.forms.refusals import refusal_words
from tadamun.pillars.aid.needs.forms.tracking import MessageForm, OpenForm, ThanksForm
from tadamun.pillars.aid.needs.views import grants
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.views.progress import line_views, next_steps, owner_acts
from tadamun.pillars.aid.needs.vocabulary import MESSAGES_MOST, PIN_TRIES_MOST

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def track_open(request: Visit, *, at: datetime) -> HttpResponse:
    """Number and PIN open the page of a request."""
    if request.method != "POST":
        return render(request, "needs/track_open.html", {"form": OpenForm()})
    form = OpenForm(request.POST)
    if not form.is_valid():
        return render(request, "needs/track_open.html", {"form": form}, status=422)
    try:
        hit(what="pin", who=client_address(request), most=PIN_TRIES_MOST, window=QUARTER, at=at)
        found = services.open_with_pin(
            community=request.community,
            number=form.cleaned_data["number"],
            pin=form.cleaned_data["pin"],
            sender=client_address(request),
            at=at,
        )
    except (TooManyTries, PinLocked, WrongPin) as refusal:
        form.add_error(
            None if isinstance(refusal, TooManyTries | PinLocked) else "pin", refusal_words(refusal)
        )
        status = 422 if isinstance(refusal, WrongPin) else 429
        return render(request, "needs/track_open.html", {"form": form}, status=status)
    grants.open_here(request=request, request_id=found.public_id)
    return redirect("needs:track", community=request.community.slug, request_id=found.public_id)


@require_safe
@door
def track(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """The page of a request: who, what, when, the codes, the thread, and who looked."""
    try:
        card = own_card(request, request_id=request_id)
        canonical = queries.canonical_request_id(request_id=request_id)
    except (NoSuchNeed, NotYourNeed):
        return redirect("needs:track_open", community=request.community.slug)
    except JoinedToAnother as refusal:
        grants.leave(request=request, request_id=request_id)
        messages.info(request, refusal_words(refusal))
        return redirect("needs:track_open", community=request.community.slug)
    if canonical != request_id:
        grants.open_here(request=request, request_id=canonical)
        messages.info(request, _("Your requests were joined; everything goes on under this number."))
        return redirect("needs:track", community=request.community.slug, request_id=canonical)
    grants.drop_pin(request=request)
    return track_page(request, card=card, at=at)


@require_POST
@door
def write(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """A message in the thread."""
    card = own_card(request, request_id=request_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return track_page(request, card=card, at=at, message=form, status=422)

    def post() -> str:
        message = services.write_message(
            request_id=request_id,
            body=form.cleaned_data["body"],
            actor=request.user,
            at=at,
            with_pin=with_pin(request, request_id),
        )
        return str(message.pk)

    try:
        hit(what="message", who=request_id, most=MESSAGES_MOST, window=HOUR, at=at)
        token = form.cleaned_data["form_token"] or new_form_token()
        once(token=token, purpose=f"message:{request_id}", at=at, do=post)
    except TooManyTries as refusal:
        form.add_error(None, refusal_words(refusal))
        return track_page(request, card=card, at=at, message=form, status=429)
    messages.success(request, _("Your message is sent."))
    return back_to(request, request_id, anchor="thread")


@require_POST
@door
def leave(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """Follow a request on this phone no longer."""
    grants.leave(request=request, request_id=request_id)
    messages.success(request, _("Nothing of the request is kept on this phone now."))
    return redirect("needs:track_open", community=request.community.slug)


@require_safe
@door
def my_requests(request: Visit, *, at: datetime) -> HttpResponse:
    """What a member asked for here."""
    if not request.user.is_authenticated:
        return redirect("needs:track_open", community=request.community.slug)
    cards = queries.own_requests(viewer=request.user, community=request.community)
    return render(
        request,
        "needs/my_requests.html",
        {
            "open": [card for card in cards if card.is_open],
            "done": [card for card in cards if not card.is_open],
        },
    )


def own_card(request: Visit, *, request_id: str) -> TrackCard:
    """The request of the page, for whoever may follow it here.

    :raises NoSuchNeed: none of this id in this community.
    :raises NotYourNeed: neither the asker's account, nor number and PIN given in this browser.
    """
    return queries.track_card(
        request_id=request_id,
        viewer=request.user,
        with_pin=with_pin(request, request_id),
        community=request.community,
    )


def with_pin(request: Visit, request_id: str) -> bool:
    """Whether number and PIN of the request were given in this browser."""
    return grants.is_open_here(request=request, request_id=request_id)


def back_to(request: Visit, request_id: str, *, anchor: str = "") -> HttpResponse:
    """To the page of the request."""
    answer = redirect("needs:track", community=request.community.slug, request_id=request_id)
    if anchor:
        answer["Location"] += f"#{anchor}"
    return answer


def say_refusal(request: Visit, refusal: TadamunError) -> None:
    """Say on the next page what could not be done."""
    messages.warning(request, refusal_words(refusal))


def track_page(
    request: Visit,
    *,
    card: TrackCard,
    at: datetime,
    message: MessageForm | None = None,
    thanks: tuple[str, ThanksForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a request, with a form that is to be mended in its place."""
    steps = next_steps(card=card)
    context: dict[str, Any] = {
        "card": card,
        "lines": line_views(card=card, at=at),
        "next_steps": steps,
        "owner_acts": owner_acts(card=card, at=at),
        "message_form": message or MessageForm(initial={"form_token": new_form_token()}),
        "thanks_form": ThanksForm(),
        "bad_thanks": thanks,
        "referrals": queries.referrals_of(
            request_id=card.public_id,
            viewer=request.user,
            at=at,
            with_pin=with_pin(request, card.public_id),
        ).values(),
        "by_pin": with_pin(request, card.public_id),
        "at": at,
    }
    return render(request, "needs/track.html", context, status=status)

"""«من يسمعني»: asking for a listener, talking, offering to listen; words of distress and who is trained."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tadamun.foundation.idempotency.services import once
from tadamun.foundation.limits import hit
from tadamun.pillars.support.circles import queries, services
from tadamun.pillars.support.circles.forms import (
    AskForm,
    CareLineForm,
    ListenerForm,
    MessageForm,
    PhraseForm,
)
from tadamun.pillars.support.circles.views.doors import HOUR, Visit, door
from tadamun.pillars.support.circles.vocabulary import MESSAGES_AN_HOUR
from tadamun.pillars.support.circles.vocabulary.distress import SHIPPED
from tadamun.pillars.support.circles.wording import WAY_HINTS


@require_http_methods(["GET", "HEAD", "POST"])
@door
def ask(request: Visit, *, at: datetime) -> HttpResponse:
    """Ask for somebody who listens."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        talks = queries.talks_of(community=request.community, viewer=request.user)
        mine = [one for one in talks if not one.listening]
        context = {"form": form, "talks": mine, "hints": WAY_HINTS}
        return render(request, "circles/ask.html", context, status=422 if form.is_bound else 200)
    given = dict(form.cleaned_data)
    token = given.pop("form_token")

    def ask_it() -> str:
        row = services.ask_for_listener(community=request.community, person=request.user, at=at, **given)
        return row.public_id

    talk_id, _new = once(token=token, purpose=f"circles.ask:{request.user.public_id}", at=at, do=ask_it)
    return redirect("circles:talk", request.community.slug, talk_id)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def talk(request: Visit, *, talk_id: str, at: datetime) -> HttpResponse:
    """A talk of two."""
    card = queries.talk_card(community=request.community, talk_id=talk_id, viewer=request.user)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"card": card, "form": form}
        return render(request, "circles/talk.html", context, status=422 if form.is_bound else 200)
    hit(what="circles.write", who=request.user.public_id, most=MESSAGES_AN_HOUR, window=HOUR, at=at)

    def write() -> str:
        services.write_line(
            community=request.community,
            talk_id=talk_id,
            person=request.user,
            body=form.cleaned_data["body"],
            at=at,
        )
        return ""

    purpose = f"circles.line:{request.user.public_id}"
    once(token=form.cleaned_data["form_token"], purpose=purpose, at=at, do=write)
    return redirect("circles:talk", request.community.slug, talk_id)


@require_POST
@door
def end(request: Visit, *, talk_id: str, at: datetime) -> HttpResponse:
    """End a talk, without a reason."""
    services.end_talk(community=request.community, talk_id=talk_id, person=request.user, at=at)
    messages.success(request, _("The talk has ended, and what was written is deleted. No reason is asked."))
    return redirect("circles:mine", request.community.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def offer(request: Visit, *, at: datetime) -> HttpResponse:
    """Offer to listen, or rest from it."""
    card = queries.listener_card(community=request.community, viewer=request.user)
    form = ListenerForm(request.POST if request.method == "POST" else None, card=card)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "card": card}
        return render(request, "circles/listening.html", context, status=422 if form.is_bound else 200)

    def offer_it() -> str:
        facts = form.facts()
        return services.offer_to_listen(
            community=request.community, person=request.user, facts=facts, at=at
        ).public_id

    purpose = f"circles.listener:{request.user.public_id}"
    once(token=form.cleaned_data["form_token"], purpose=purpose, at=at, do=offer_it)
    messages.success(request, _("Saved."))
    return redirect("circles:listening", request.community.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def listeners(request: Visit, *, at: datetime) -> HttpResponse:
    """Whose training is confirmed."""
    cards = queries.listeners(community=request.community, viewer=request.user)
    if request.method != "POST":
        return render(request, "circles/listeners.html", {"cards": cards})
    wanted = request.POST.get("listener", "")
    if any(card.public_id == wanted for card in cards):
        services.confirm_training(
            community=request.community,
            listener_id=wanted,
            actor=request.user,
            trained=request.POST.get("trained") == "1",
            at=at,
        )
    return redirect("circles:listeners", request.community.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def words(request: Visit, *, at: datetime) -> HttpResponse:
    """The words at which the helpline is shown, and the lines to call."""
    added = queries.added_words(community=request.community, viewer=request.user)
    deed = request.POST.get("deed", "")
    form = PhraseForm(request.POST if deed == "add_phrase" else None)
    line_form = CareLineForm(request.POST if deed == "add_line" else None)
    if request.method == "POST" and _change_words(request, deed, form, line_form, at):
        return redirect("circles:words", request.community.slug)
    context = {"form": form, "line_form": line_form, "added": added, "shipped": SHIPPED}
    return render(request, "circles/words.html", context, status=422 if request.method == "POST" else 200)


def _change_words(request: Visit, deed: str, form: PhraseForm, line_form: CareLineForm, at: datetime) -> bool:
    """Whether the list was changed."""
    who = {"community": request.community, "actor": request.user, "at": at}
    key = int(request.POST["key"][:12]) if request.POST.get("key", "").isdecimal() else 0
    if deed == "remove_phrase":
        services.remove_phrase(**who, key=key)
    elif deed == "remove_line":
        services.remove_care_line(**who, key=key)
    elif deed == "add_phrase" and form.is_valid():
        services.add_phrase(**who, phrase=form.cleaned_data["phrase"])
    elif deed == "add_line" and line_form.is_valid():
        given = line_form.cleaned_data
        services.add_care_line(**who, name=given["name"], phone=given["phone"])
    else:
        return False
    return True

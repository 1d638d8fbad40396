"""Distribution days: the numbered list, its paper, and the counter."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.design.numbers import number as shown
from tadamun.foundation.idempotency.services import new_form_token, once
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import DistributionCard
from tadamun.pillars.aid.needs.errors import (
    CheckedOffAlready,
    DateOutOfRange,
    MatchCannotMove,
    NoSuchMatch,
    NoSuchOffer,
    NothingToHandOut,
    WrongCode,
)
from tadamun.pillars.aid.needs.forms.distributions import CounterForm, DistributionForm
from tadamun.pillars.aid.needs.reasons import refusal_sentence
from tadamun.pillars.aid.needs.views.doors import Visit, door


@require_safe
@login_required
@door
def distributions(request: Visit, *, at: datetime) -> HttpResponse:
    """What waits for a day, and the days there were."""
    context = {
        "waiting": queries.awaiting_distribution(community=request.community, viewer=request.user),
        "days": queries.distributions(community=request.community, viewer=request.user),
        "at": at,
    }
    return render(request, "needs/distributions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def open_day(request: Visit, *, offer_id: str, at: datetime) -> HttpResponse:
    """Make the numbered list of an offer's accepted parcels."""
    waiting = queries.awaiting_distribution(community=request.community, viewer=request.user)
    found = next((one for one in waiting if one[0] == offer_id), None)
    sent = request.POST if request.method == "POST" else None
    form = DistributionForm(sent, initial={"form_token": new_form_token()})
    if found is None and sent is None:
        raise NoSuchOffer
    if form.is_valid():
        try:
            day_id = _opened(request, form, offer_id=offer_id, at=at)
        except DateOutOfRange as refusal:
            form.add_error("day", refusal_sentence(error=refusal))
        except NothingToHandOut as refusal:
            messages.info(request, refusal_sentence(error=refusal))
            return redirect("needs:distributions", community=request.community.slug)
        else:
            return _to_day(request, day_id)
    context = {"form": form, "found": found}
    return render(request, "needs/distribution_new.html", context, status=422 if sent else 200)


@require_safe
@login_required
@door
def distribution(request: Visit, *, distribution_id: str, at: datetime) -> HttpResponse:
    """The counter: a number and a code, checked off one by one."""
    return _counter(request, _card(request, distribution_id), CounterForm(), at=at)


@require_safe
@login_required
@door
def print_list(request: Visit, *, distribution_id: str, at: datetime) -> HttpResponse:
    """The list on paper: numbers and household sizes, no name and no code."""
    return render(
        request, "needs/distribution_print.html", {"day": _card(request, distribution_id), "at": at}
    )


@require_POST
@login_required
@door
def check_off(request: Visit, *, distribution_id: str, at: datetime) -> HttpResponse:
    """One household has its parcel."""
    card = _card(request, distribution_id)
    form = CounterForm(request.POST)
    if not form.is_valid():
        return _counter(request, card, form, at=at, status=422)
    given = form.cleaned_data
    code = "" if given["vouched"] else given["code"]
    try:
        services.check_off(
            distribution_id=distribution_id, number=given["number"], code=code, actor=request.user, at=at
        )
    except (WrongCode, NoSuchMatch) as refusal:
        form.add_error(
            "code" if isinstance(refusal, WrongCode) else "number", refusal_sentence(error=refusal)
        )
        return _counter(request, card, form, at=at, status=422)
    except (CheckedOffAlready, MatchCannotMove) as refusal:
        messages.warning(request, refusal_sentence(error=refusal))
    else:
        messages.success(request, _("Number %(n)s has its parcel.") % {"n": shown(given["number"])})
    return _to_day(request, distribution_id)


@require_POST
@login_required
@door
def close_day(request: Visit, *, distribution_id: str, at: datetime) -> HttpResponse:
    """The day is over; who did not come keeps the promise, and is called."""
    _card(request, distribution_id)
    services.close_distribution(distribution_id=distribution_id, actor=request.user, at=at)
    messages.success(request, _("The day is closed. Who did not come keeps their parcel; please call them."))
    return _to_day(request, distribution_id)


def _opened(request: Visit, form: DistributionForm, *, offer_id: str, at: datetime) -> str:
    starts, ends = form.window()

    def make() -> str:
        made = services.open_distribution(
            offer_id=offer_id,
            title=form.cleaned_data["title"],
            where=form.cleaned_data["where"],
            opens_at=starts,
            closes_at=ends,
            actor=request.user,
            at=at,
        )
        return made.public_id

    token = form.cleaned_data["form_token"] or new_form_token()
    day_id, _made = once(token=token, purpose=f"distribution:{offer_id}", at=at, do=make)
    return day_id


def _card(request: Visit, distribution_id: str) -> DistributionCard:
    return queries.distribution_card(
        distribution_id=distribution_id, viewer=request.user, community=request.community
    )


def _counter(
    request: Visit, card: DistributionCard, form: CounterForm, *, at: datetime, status: int = 200
) -> HttpResponse:
    return render(request, "needs/distribution.html", {"day": card, "form": form, "at": at}, status=status)


def _to_day(request: Visit, distribution_id: str) -> HttpResponse:
    return redirect("needs:distribution", community=request.community.slug, distribution_id=distribution_id)

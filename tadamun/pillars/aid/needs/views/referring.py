"""Sending a line to a service of the directory, and the asker's word whether it helped."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tadamun.foundation.communities.policies import require_app
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.directory import queries as directory
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import NeedCannotMove, NoSuchNeed
from tadamun.pillars.aid.needs.reasons import refusal_sentence
from tadamun.pillars.aid.needs.views.doors import Visit, door, try_and_say
from tadamun.pillars.aid.needs.views.requests import back, card_of
from tadamun.pillars.aid.needs.views.tracking import back_to, own_card, say_refusal, with_pin
from tadamun.pillars.aid.needs.vocabulary import ReferralOutcome


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def refer(request: Visit, *, request_id: str, line_id: str, at: datetime) -> HttpResponse:
    """The services that fit a line, and a button beside each."""
    card = card_of(request, request_id)
    require_app(community=request.community, app="directory")
    line = next((one for one in card.lines if one.public_id == line_id), None)
    if line is None:
        raise NoSuchNeed
    chosen = clean_line(request.POST.get("service", ""))[:24]
    if request.method == "POST" and chosen:
        act = partial(
            services.refer_to_service, line_id=line_id, service_id=chosen, actor=request.user, at=at
        )
        try_and_say(
            request,
            act,
            done=_("Referred. The asker has the way there, and we ask later whether it helped."),
            moved=(NeedCannotMove,),
            words=lambda error: refusal_sentence(error=error),
        )
        return back(request, request_id)
    text = clean_line(request.GET.get("q", ""))[:100]
    context = {
        "card": card,
        "line": line,
        "text": text,
        "days": queries.policy_of(community=request.community).referral_asks_after_days,
        "services": directory.referable_services(
            community=request.community,
            viewer=request.user,
            text=text,
            category=line.category_code,
            area=line.area,
            at=at,
        ),
    }
    return render(request, "needs/refer.html", context)


@require_POST
@door
def answer(request: Visit, *, request_id: str, referral_id: str, at: datetime) -> HttpResponse:
    """The asker says whether it helped."""
    own_card(request, request_id=request_id)
    by_pin = with_pin(request, request_id)
    known = queries.referrals_of(request_id=request_id, viewer=request.user, at=at, with_pin=by_pin)
    outcome = request.POST.get("outcome", "")
    if referral_id not in {one.public_id for one in known.values()}:
        raise NoSuchNeed
    if outcome not in set(ReferralOutcome):
        messages.error(request, _("Please choose one of the answers."))
        return back_to(request, request_id)
    try:
        services.answer_referral(
            referral_id=referral_id,
            outcome=ReferralOutcome(outcome),
            actor=request.user,
            at=at,
            with_pin=by_pin,
        )
    except NeedCannotMove as refusal:
        say_refusal(request, refusal)
    else:
        again = outcome == ReferralOutcome.NOT_HELPED
        words = _("Thank you. We take your request up again.") if again else _("Thank you for saying so.")
        messages.success(request, words)
    return back_to(request, request_id)

"""Entering and correcting what is known of a request, as after a call."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.kernel.errors import TadamunError
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.forms.completing import CompletionForm
from tadamun.pillars.aid.needs.forms.refusals import refusal_words
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.views.requests import back, card_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def complete(request: Visit, *, request_id: str, at: datetime) -> HttpResponse:
    """Where, whom, how to reach them, for how many, how much; what is hidden stays so."""
    card = card_of(request, request_id)
    sent = request.POST if request.method == "POST" else None
    form = CompletionForm(sent, card=card, community=request.community)
    context = {"card": card, "form": form}
    if sent is None:
        return render(request, "needs/request_details.html", context)
    if form.is_valid():
        try:
            services.complete_request(request_id=request_id, said=form.said(), actor=request.user, at=at)
        except TadamunError as refusal:
            form.add_error(None, refusal_words(refusal))
        else:
            messages.success(request, _("The details are kept."))
            return back(request, request_id, anchor="facts")
    return render(request, "needs/request_details.html", context, status=422)

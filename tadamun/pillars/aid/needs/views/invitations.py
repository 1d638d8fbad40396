"""Invitations to help: one at a time, answered by «I can» or «not this time», without a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadamun.kernel.errors import TadamunError
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import InvitationCard
from tadamun.pillars.aid.needs.errors import MatchCannotMove
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.vocabulary import UNDER_WAY, MatchState
from tadamun.pillars.aid.needs.wording import word_for


@require_safe
@login_required
@door
def invitations(request: Visit, *, at: datetime) -> HttpResponse:
    """The most severe invitation; the others wait after it."""
    card = queries.next_invitation(community=request.community, viewer=request.user, at=at)
    if card is None:
        return render(request, "needs/no_invitation.html")
    return invitation_page(request, card, at=at)


@require_POST
@login_required
@door
def answer(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """«أستطيع» or «ليس هذه المرّة»; an answer given before stands, and is said again."""
    says_yes = request.POST.get("answer") == "yes"
    act = services.accept if says_yes else services.decline
    try:
        act(match_id=match_id, actor=request.user, at=at)
    except MatchCannotMove as refusal:
        return _answered_before(request, refusal, match_id=match_id, says_yes=says_yes)
    if says_yes:
        card = queries.task_card(match_id=match_id, viewer=request.user, at=at, community=request.community)
        told = word_for(kind="told", code=card.told)
        messages.success(request, f"{_('Thank you, the task is yours.')} {told}")
        return redirect("needs:task", community=request.community.slug, match_id=match_id)
    return _thanks_for_a_no(request)


def invitation_page(request: Visit, card: InvitationCard, *, at: datetime) -> HttpResponse:
    """One invitation with its two answers, why it came, and the limits somebody set themselves."""
    offers = queries.own_offers(community=request.community, viewer=request.user, at=at)
    limited = [one for one in offers if one.monthly_limit is not None and one.category == card.category]
    context: dict[str, Any] = {"card": card, "at": at, "limit": limited[0].monthly_limit if limited else None}
    return render(request, "needs/invitation.html", context)


def _answered_before(request: Visit, refusal: TadamunError, *, match_id: str, says_yes: bool) -> HttpResponse:
    now = refusal.params.get("now")
    if now in UNDER_WAY or now == MatchState.CONFIRMED:
        words = (
            _("The task is yours already.")
            if says_yes
            else _("This was accepted before. The task's page can cancel it.")
        )
        messages.info(request, words)
        return redirect("needs:task", community=request.community.slug, match_id=match_id)
    if now == MatchState.DECLINED and not says_yes:
        return _thanks_for_a_no(request)
    messages.info(request, _("This invitation has run out or was withdrawn. Thank you for looking."))
    return redirect("needs:tasks", community=request.community.slug)


def _thanks_for_a_no(request: Visit) -> HttpResponse:
    messages.success(
        request, _("Thank you for saying so. Nothing else is needed; later invitations stay as they are.")
    )
    return redirect("needs:tasks", community=request.community.slug)

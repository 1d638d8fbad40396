"""Texts that wait for a coordinator's phone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadamun.foundation.communities import services
from tadamun.foundation.notices.vocabulary import Channel


@login_required
def texts(request: Any, community: str) -> HttpResponse:
    """What waits to be sent, and what broke off: neither phone nor text yet."""
    context = {
        "waiting": services.waiting_texts(community=request.community, viewer=request.user),
        "unsure": services.unsure_sendings(community=request.community, viewer=request.user),
    }
    return render(request, "communities/texts.html", context)


@login_required
@require_POST
def open_text(request: Any, community: str, notice_id: str) -> HttpResponse:
    """One text with its phone: the look is logged."""
    text = services.open_text(
        community=request.community, actor=request.user, notice_id=notice_id, at=timezone.now()
    )
    return render(request, "communities/text.html", {"text": text})


@login_required
@require_POST
def settle_text(request: Any, community: str, notice_id: str, deed: str) -> HttpResponse:
    """Mark a text as sent, or put it aside."""
    settle = {"sent": services.mark_text_sent, "drop": services.drop_text}.get(deed)
    if settle is None:
        raise Http404
    settle(community=request.community, actor=request.user, notice_id=notice_id, at=timezone.now())
    messages.success(request, _("Marked as sent.") if deed == "sent" else _("Put aside."))
    return redirect("communities:texts", community)


@login_required
@require_POST
def decide_unsure(request: Any, community: str, notice_id: str) -> HttpResponse:
    """Send what broke off once more, or take it as arrived."""
    try:
        channel = Channel(request.POST.get("channel", ""))
    except ValueError:
        raise Http404 from None
    again = request.POST.get("again") == "yes"
    services.decide_unsure(
        community=request.community,
        actor=request.user,
        notice_id=notice_id,
        channel=channel,
        send_again=again,
        at=timezone.now(),
    )
    messages.success(request, _("It will be sent again.") if again else _("Put aside."))
    return redirect("communities:texts", community)

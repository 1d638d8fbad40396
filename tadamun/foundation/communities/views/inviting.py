"""Invitations: made and shown once, withdrawn; and the page behind a link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadamun.foundation.communities import policies, queries, services
from tadamun.foundation.communities.forms import InvitationForm
from tadamun.foundation.communities.services.inviting import BY_COORDINATORS
from tadamun.foundation.communities.vocabulary import ROLES
from tadamun.foundation.idempotency.services import once
from tadamun.foundation.sealed import keyed_hash


@login_required
def invitations(request: Any, community: str) -> HttpResponse:
    """The invitations that stand, and a form for another one."""
    at = timezone.now()
    cards = queries.invitations(community=request.community, viewer=request.user, at=at)
    steward = policies.may_steward(person=request.user, community=request.community)
    form = InvitationForm(
        request.POST if request.method == "POST" else None, roles=tuple(ROLES) if steward else BY_COORDINATORS
    )
    if request.method == "POST" and form.is_valid():
        return _make(request, form)
    return render(request, "communities/invitations.html", {"form": form, "invitations": cards})


def _make(request: Any, form: InvitationForm) -> HttpResponse:
    """Make the invitation once, and show its link: sending the form again shows the same link, not a second one."""
    at, given = timezone.now(), form.cleaned_data
    # The link's secret follows from the form's token under the instance's key, so a repeat can show it again
    # although only its hash is stored.
    secret = keyed_hash(f"{request.user.public_id}:{given['form_token']}", purpose="invitation_link")
    _outcome, made_now = once(
        token=given["form_token"],
        purpose=f"invitation:{request.community.public_id}:{request.user.public_id}",
        at=at,
        do=lambda: (
            services.make_invitation(
                community=request.community,
                actor=request.user,
                role=given["role"],
                token=secret,
                most_uses=given["most_uses"],
                valid_for=form.valid_for(),
                at=at,
            ).public_id
        ),
    )
    opened = queries.opened_invitation(community=request.community, token=secret, at=at)
    link = request.build_absolute_uri(
        reverse("communities:invitation", args=[request.community.slug, secret])
    )
    context = {
        "invitation": opened,
        "link": link,
        "form": form,
        "people": given["most_uses"],
        "made_now": made_now,
    }
    sheet = "sheet" in request.POST
    return render(request, f"communities/invitation_{'sheet' if sheet else 'made'}.html", context)


@login_required
@require_POST
def withdraw_invitation(request: Any, community: str, invitation_id: str) -> HttpResponse:
    """Stop an invitation."""
    services.withdraw_invitation(
        community=request.community, actor=request.user, invitation_id=invitation_id, at=timezone.now()
    )
    messages.success(request, _("The invitation no longer works."))
    return redirect("communities:invitations", community)


def invitation(request: Any, community: str, token: str) -> HttpResponse:
    """The page behind an invitation's link: a button joins, opening alone does nothing, as scanners open links too."""
    at = timezone.now()
    if request.method == "POST" and request.user.is_authenticated:
        services.accept_invitation(community=request.community, token=token, person=request.user, at=at)
        messages.success(request, _("Welcome to the community."))
        return redirect("web:community_home", community)
    opened = queries.opened_invitation(community=request.community, token=token, at=at)
    context = {
        "invitation": opened,
        "here": request.path,
        "people": queries.member_count(community=request.community),
    }
    return render(request, "communities/invitation.html", context)

"""Members: who they are, who is verified, who holds which role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadamun.foundation.communities import policies, queries, services
from tadamun.foundation.communities.vocabulary import Role
from tadamun.kernel.text import clean_line

DEEDS: dict[str, Callable[..., None]] = {
    "verify": services.verify_member,
    "withdraw-verification": services.withdraw_verification,
    "approve-overnight": services.approve_overnight,
    "withdraw-overnight": services.withdraw_overnight,
}


@login_required
def people(request: Any, community: str) -> HttpResponse:
    """The members, by name, with their roles; searched by name or role."""
    search, role = clean_line(request.GET.get("q", ""))[:80], clean_line(request.GET.get("role", ""))[:16]
    page = queries.member_page(
        community=request.community,
        viewer=request.user,
        search=search,
        role=role,
        number=request.GET.get("page", 1),
    )
    context = {
        "page": page,
        "search": search,
        "role": role,
        "roles": queries.givable_roles(),
        "waiting": queries.join_request_count(community=request.community),
    }
    return render(request, "communities/people.html", context)


@login_required
def member(request: Any, community: str, member_id: str) -> HttpResponse:
    """One member: verification, hosting overnight, roles."""
    card = queries.member_card(community=request.community, viewer=request.user, member_id=member_id)
    held = {role.code for role in card.roles}
    context = {
        "member": card,
        "roles": [(role, role.code in held) for role in queries.givable_roles()],
        "stewards": policies.may_steward(person=request.user, community=request.community),
        "coordinates": policies.may_coordinate(person=request.user, community=request.community),
    }
    return render(request, "communities/member.html", context)


@login_required
@require_POST
def member_deed(request: Any, community: str, member_id: str, deed: str) -> HttpResponse:
    """Verify, approve, or take either back."""
    if deed not in DEEDS:
        raise Http404
    DEEDS[deed](community=request.community, actor=request.user, member_id=member_id, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("communities:member", community, member_id)


@login_required
@require_POST
def member_role(request: Any, community: str, member_id: str) -> HttpResponse:
    """Give or take one role."""
    change = services.grant_role if request.POST.get("hold") == "yes" else services.revoke_role
    role = clean_line(request.POST.get("role", ""))[:16]
    change(community=request.community, actor=request.user, member_id=member_id, role=role, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("communities:member", community, member_id)


@login_required
def remove_member(request: Any, community: str, member_id: str) -> HttpResponse:
    """Say what removing means, then remove."""
    policies.require_role(person=request.user, community=request.community, any_of=(Role.STEWARD,))
    if request.method == "POST":
        services.remove_member(
            community=request.community, actor=request.user, member_id=member_id, at=timezone.now()
        )
        messages.success(request, _("The member was removed."))
        return redirect("communities:people", community)
    card = queries.member_card(community=request.community, viewer=request.user, member_id=member_id)
    return render(request, "communities/remove_member.html", {"member": card})


@login_required
@require_POST
def sign_in_link(request: Any, community: str, member_id: str) -> HttpResponse:
    """Make a one-time link for a member, and show it once."""
    token = services.hand_over_sign_in_link(
        community=request.community, actor=request.user, member_id=member_id, at=timezone.now()
    )
    card = queries.member_card(community=request.community, viewer=request.user, member_id=member_id)
    link = request.build_absolute_uri(reverse("people:enter", args=[token]))
    return render(request, "communities/sign_in_link.html", {"member": card, "link": link})


@login_required
def leave(request: Any, community: str) -> HttpResponse:
    """Say what leaving means, then leave."""
    policies.require_member(person=request.user, community=request.community)
    if request.method == "POST":
        services.leave(community=request.community, person=request.user, at=timezone.now())
        messages.success(request, _("You have left the community."))
        return redirect("web:home")
    return render(request, "communities/leave.html")

"""What an empty community does first, each step ticked by what is really there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tadamun.foundation.communities.policies import membership_of, require_app, require_role, roles_of
from tadamun.foundation.communities.queries import people_with_role
from tadamun.foundation.communities.services import grant_role
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.places.queries import open_areas
from tadamun.pillars.aid.needs import queries as needs
from tadamun.web.navigation import address_of

COORDINATORS_LEAST = 2
"""One alone is ill or away some day, and then nobody calls."""


@dataclass(frozen=True)
class Step:
    """One step: what to do, why, where, and whether it is done."""

    label: Any
    text: Any
    url: str
    action: Any
    done: bool
    role: Role = Role.STEWARD
    """Who does it."""
    open: bool = True
    """Whether the viewer may."""


@require_safe
def first_steps(request: Any, community: str) -> HttpResponse:
    """The way from an empty community to its first matched request.

    :raises RoleNeeded: only coordinators and stewards.
    """
    here, viewer = request.community, request.user
    require_app(community=here, app="needs")
    require_role(person=viewer, community=here, any_of=(Role.COORDINATOR, Role.STEWARD))
    mine = roles_of(person=viewer, community=here)
    steps = [replace(step, open=step.role in mine) for step in (*_ground(here), *_help(here, viewer))]
    following = next((number for number, step in enumerate(steps) if not step.done), None)
    context = {
        "steps": steps,
        "next": following,
        "done": sum(step.done for step in steps),
        "community": here,
        "could_coordinate": Role.STEWARD in mine and Role.COORDINATOR not in mine,
    }
    return render(request, "web/first_steps.html", context)


@login_required
@require_POST
def coordinate(request: Any, community: str) -> HttpResponse:
    """Let a steward coordinate too, with one press: whoever begins alone would otherwise stand before closed doors.

    :raises RoleNeeded: only stewards.
    """
    here, viewer = request.community, request.user
    require_role(person=viewer, community=here, any_of=(Role.STEWARD,))
    membership = membership_of(person=viewer, community=here)
    if membership is not None:
        grant_role(
            community=here,
            actor=viewer,
            member_id=membership.public_id,
            role=Role.COORDINATOR,
            at=timezone.now(),
        )
    messages.success(request, _("You coordinate here now. The page «People» takes the role back."))
    return redirect("web:first_steps", community)


def _ground(here: Any) -> list[Step]:
    """What stands before anybody asks."""
    return [
        Step(
            _("Name the areas"),
            _(
                "Two or three parts that everybody knows, with a point on the map: nearness is reckoned from there."
            ),
            address_of("places:areas", community=here) or address_of("communities:settings", community=here),
            _("Add areas"),
            bool(open_areas(community=here)),
        ),
        Step(
            _("Set a helpline"),
            _("A number and hours. For many people speaking is easier than writing."),
            address_of("communities:helpline", community=here),
            _("Set the helpline"),
            bool(here.helpline_phone),
        ),
        Step(
            _("Find coordinators"),
            _("Two at least, so that nobody carries it alone. They call, sort and confirm."),
            address_of("communities:invitations", community=here),
            _("Invite a coordinator"),
            len(people_with_role(community=here, role=Role.COORDINATOR)) >= COORDINATORS_LEAST,
        ),
    ]


def _help(here: Any, viewer: Any) -> list[Step]:
    """From the first offer to the first match."""
    done = needs.firsts(community=here, viewer=viewer)
    board = address_of("needs:board", community=here)
    return [
        Step(
            _("Gather a first offer"),
            _(
                "Ask a bakery, a neighbour with a car, yourself. Offers before requests: then asking is answered."
            ),
            address_of("needs:offer", community=here),
            _("Write an offer down"),
            done.offer,
            Role.MEMBER,
        ),
        Step(
            _("Take a first request"),
            _("On the phone with somebody, or let them ask on their own phone."),
            address_of("needs:ask_by_phone", community=here),
            _("Take a request by phone"),
            done.request,
            Role.COORDINATOR,
        ),
        Step(
            _("Sort it"),
            _("Call, listen, and settle how severe it is and why."),
            board,
            _("Open the board"),
            done.triage,
            Role.COORDINATOR,
        ),
        Step(
            _("Run a matching round"),
            _("The program proposes, with a reason for each; an independent check follows."),
            address_of("needs:rounds", community=here),
            _("To the rounds"),
            done.round,
            Role.COORDINATOR,
        ),
        Step(
            _("Send an invitation"),
            _("A proposal becomes an invitation only when a person sends it."),
            board,
            _("Open the board"),
            done.invitation,
            Role.COORDINATOR,
        ),
        Step(
            _("The first matched request"),
            _("Somebody says «I can», and a household is told who comes."),
            board,
            _("Open the board"),
            done.match,
            Role.COORDINATOR,
        ),
    ]

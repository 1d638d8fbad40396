"""Matching rounds: their proof for members, their proposals for coordinators, their files for auditors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.design.numbers import number
from tadamun.foundation.communities.errors import RoleNeeded
from tadamun.foundation.communities.policies import require
from tadamun.foundation.communities.vocabulary import Role
from tadamun.pillars.aid.needs import policies, queries, services
from tadamun.pillars.aid.needs.cards import ProposalCard, RoundCard
from tadamun.pillars.aid.needs.errors import (
    AlreadyTaken,
    CoordinatorsOnly,
    MatchCannotMove,
    NeedCannotMove,
    NoSuchMatch,
    NoSuchOffer,
    OfferDoesNotFit,
    OfferUsedUp,
    RoundUnderWay,
)
from tadamun.pillars.aid.needs.forms.rounds import PolicyForm
from tadamun.pillars.aid.needs.reasons import refusal_sentence
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.vocabulary import RECKONING, MatchState, RoundState

FILES = ("needs.csv", "offers.csv", "matches.csv", "policy.toml", "certificate.json")
FILES_LEFT = FILES[-1:]
"""What is left of a round whose inputs were destroyed."""
_MOVED_ON = (AlreadyTaken, OfferUsedUp, OfferDoesNotFit, NeedCannotMove, MatchCannotMove, NoSuchOffer)


@require_safe
@login_required
@door
def rounds(request: Visit, *, at: datetime) -> HttpResponse:
    """The rounds, newest first; coordinators start one."""
    coordinates = policies.may_coordinate(person=request.user, community=request.community)
    context = {
        "rounds": queries.rounds(community=request.community, viewer=request.user),
        "coordinates": coordinates,
        "sees_fairness": coordinates or policies.may_audit(person=request.user, community=request.community),
        "running": queries.round_running(community=request.community, at=at),
        "at": at,
    }
    return render(request, "needs/rounds.html", context)


@require_POST
@login_required
@door
def start(request: Visit, *, at: datetime) -> HttpResponse:
    """Queue a round; one that is under way is shown instead."""
    try:
        made = services.ask_for_round(community=request.community, actor=request.user, at=at)
    except RoundUnderWay as refusal:
        messages.info(request, refusal_sentence(error=refusal))
        return redirect("needs:rounds", community=request.community.slug)
    return redirect("needs:round", community=request.community.slug, round_id=made.public_id)


@require_safe
@login_required
@door
def round_page(request: Visit, *, round_id: str, at: datetime) -> HttpResponse:
    """One round: the certificate, the rules, fairness by area; for coordinators the proposals."""
    return _page(request, round_id, at=at)


@require_POST
@login_required
@door
def verify(request: Visit, *, round_id: str, at: datetime) -> HttpResponse:
    """Run the independent checker again over what was stored."""
    _card(request, round_id)
    found = services.verify_round(round_id=round_id, viewer=request.user)
    return _page(request, round_id, at=at, checked_again=found)


@require_POST
@login_required
@door
def invite_all(request: Visit, *, round_id: str, at: datetime) -> HttpResponse:
    """Invite for every proposal that still stands; what has moved on is counted, not forced."""
    _card(request, round_id)
    sent = passed = 0
    for proposal in _standing(queries.proposals(round_id=round_id, viewer=request.user)):
        if _invited(request, proposal, at=at) is None:
            sent += 1
        else:
            passed += 1
    if sent or not passed:
        messages.success(
            request,
            ngettext("%(n)s invitation is sent.", "%(n)s invitations are sent.", sent) % {"n": number(sent)},
        )
    if passed:
        words = ngettext(
            "%(n)s proposal has moved on in the meantime.",
            "%(n)s proposals have moved on in the meantime.",
            passed,
        )
        messages.info(request, words % {"n": number(passed)})
    return _back(request, round_id)


@require_POST
@login_required
@door
def invite_one(request: Visit, *, round_id: str, match_id: str, at: datetime) -> HttpResponse:
    """Invite for one proposal."""
    _card(request, round_id)
    listed = queries.proposals(round_id=round_id, viewer=request.user)
    proposal = next((one for one in listed if one.match_id == match_id), None)
    if proposal is None:
        raise NoSuchMatch
    if proposal.state == MatchState.PROPOSED:
        refusal = _invited(request, proposal, at=at)
        if refusal is not None:
            messages.warning(request, refusal_sentence(error=refusal))
            return _back(request, round_id)
    messages.success(request, _("The invitation is sent. Unanswered, it goes to the next person."))
    return _back(request, round_id)


@require_safe
@login_required
@door
def file(request: Visit, *, round_id: str, name: str, at: datetime) -> HttpResponse:
    """One file of the proof, for auditors whom the community names."""
    card = _card(request, round_id)
    text = queries.round_file(round_id=round_id, name=name, viewer=request.user)
    kind = "application/json" if name.endswith(".json") else "text/plain"
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="round-{card.number}-{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@door
def policy(request: Visit, *, at: datetime) -> HttpResponse:
    """How the community matches: published to everybody, changed by stewards."""
    kept = queries.policy_of(community=request.community)
    steward = policies.may_steward(person=request.user, community=request.community)
    names = (
        "escalate_after_days",
        "fair_by_area",
        "widen",
        "invitation_hours",
        "referral_asks_after_days",
        "check_after_days",
    )
    form = PolicyForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(kept, name) for name in names},
    )
    if request.method == "POST":
        require(steward, RoleNeeded(roles=[Role.STEWARD.value]))
        if form.is_valid():
            services.change_policy(
                community=request.community, actor=request.user, at=at, **form.cleaned_data
            )
            messages.success(
                request, _("The next rounds follow the new rules. The old ones stay on the trail.")
            )
            return redirect("needs:policy", community=request.community.slug)
    context = {
        "policy": kept,
        "form": form if steward else None,
        "last": queries.last_round(community=request.community),
        "member": not request.user.is_anonymous,
    }
    return render(request, "needs/policy.html", context, status=422 if form.errors else 200)


def _page(request: Visit, round_id: str, *, at: datetime, checked_again: int | None = None) -> HttpResponse:
    card = _card(request, round_id)
    coordinates = policies.may_coordinate(person=request.user, community=request.community)
    audits = policies.may_audit(person=request.user, community=request.community)
    done = card.state == RoundState.DONE
    whole = done and not card.inputs_destroyed
    context: dict[str, Any] = {
        "card": card,
        "at": at,
        "running": card.state in RECKONING,
        "cut_off": card.is_cut_off(at=at),
        "coordinates": coordinates,
        "may_verify": whole and (coordinates or audits),
        "files": (FILES if whole else FILES_LEFT) if done and audits else (),
        "checked_again": checked_again,
    }
    if coordinates and done:
        listed = queries.proposals(round_id=round_id, viewer=request.user)
        context |= {
            "proposals": listed,
            "standing": len(_standing(listed)),
            "unmatched": queries.unmatched(round_id=round_id, viewer=request.user),
        }
    return render(request, "needs/round.html", context)


def _card(request: Visit, round_id: str) -> RoundCard:
    return queries.round_card(round_id=round_id, viewer=request.user, community=request.community)


def _standing(proposals: list[ProposalCard]) -> list[ProposalCard]:
    return [one for one in proposals if one.state == MatchState.PROPOSED]


def _invited(request: Visit, proposal: ProposalCard, *, at: datetime) -> Any:
    """Send one invitation; what refused it, or nothing.

    :raises CoordinatorsOnly: the viewer may not invite.
    """
    coordinates = policies.may_coordinate(person=request.user, community=request.community)
    require(coordinates, CoordinatorsOnly())
    try:
        services.invite(
            line_id=proposal.line.public_id,
            offer_id=proposal.offer_id,
            actor=request.user,
            at=at,
            quantity=None,
        )
    except _MOVED_ON as refusal:
        return refusal
    return None


def _back(request: Visit, round_id: str) -> HttpResponse:
    return redirect("needs:round", community=request.community.slug, round_id=round_id)

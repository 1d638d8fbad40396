"""Invitations and their answers, and what both sides and the coordinators say of a match."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import Listed
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import HERE, MATCHING_READ, MATCHING_WRITE, NEEDS_WRITE, here
from tadamun.pillars.aid.needs.queries.belonging import require_here
from tadamun.pillars.aid.needs.schemas import matches as shapes
from tadamun.pillars.aid.needs.vocabulary import EndReason

router = Router(tags=["matches"])
MATCH = f"{HERE}/matches/{{slug:match_id}}"


@router.get(f"{HERE}/invitations", response=Listed[shapes.InvitationRead], auth=MATCHING_READ)
def next_invitation(request: HttpRequest, community: str) -> Any:
    """The invitation to the person of the token that runs out first, if there is one; others wait behind it."""
    card = queries.next_invitation(community=here(request), viewer=request.user, at=timezone.now())
    return {"items": [card] if card else []}


@router.post(f"{MATCH}/accept", response=shapes.MatchState, auth=MATCHING_WRITE)
def accept(request: HttpRequest, community: str, match_id: str) -> Any:
    """«I can»: the word of the giver who was invited."""
    require_here(community=here(request), match_id=match_id)
    return services.accept(match_id=match_id, actor=request.user, at=timezone.now())


@router.post(f"{MATCH}/accept-for", response=shapes.MatchState, auth=MATCHING_WRITE)
def accept_for(request: HttpRequest, community: str, match_id: str) -> Any:
    """A giver said yes on the phone to a coordinator."""
    actor: Any = request.user
    require_here(community=here(request), match_id=match_id)
    return services.accept_for(match_id=match_id, actor=actor, at=timezone.now())


@router.post(f"{MATCH}/decline", response=shapes.MatchState, auth=MATCHING_WRITE)
def decline(request: HttpRequest, community: str, match_id: str) -> Any:
    """«Not this time»: no reason is asked, and nothing follows from it."""
    require_here(community=here(request), match_id=match_id)
    return services.decline(match_id=match_id, actor=request.user, at=timezone.now())


@router.post(f"{MATCH}/withdraw", response=shapes.MatchState, auth=MATCHING_WRITE)
def withdraw_invitation(request: HttpRequest, community: str, match_id: str) -> Any:
    """Take back an invitation that is not answered yet; for coordinators."""
    actor: Any = request.user
    require_here(community=here(request), match_id=match_id)
    return services.withdraw_invitation(match_id=match_id, actor=actor, at=timezone.now())


@router.post(f"{MATCH}/refuse", response=shapes.MatchState, auth=NEEDS_WRITE)
def refuse_help(request: HttpRequest, community: str, match_id: str) -> Any:
    """The asker would rather not be helped by this giver: no reason asked, the line keeps its place."""
    require_here(community=here(request), match_id=match_id)
    return services.refuse_help(match_id=match_id, actor=request.user, at=timezone.now())


@router.post(f"{MATCH}/confirm", response=shapes.MatchState, auth=NEEDS_WRITE)
def confirm_receipt(request: HttpRequest, community: str, match_id: str, given: shapes.ReceiptGiven) -> Any:
    """The household received the help: by the asker's own word, or by a coordinator's call back."""
    require_here(community=here(request), match_id=match_id)
    return services.confirm_receipt(
        match_id=match_id, actor=request.user, at=timezone.now(), quantity=given.quantity
    )


@router.post(f"{MATCH}/fell-through", response=shapes.MatchState, auth=MATCHING_WRITE)
def did_not_happen(
    request: HttpRequest, community: str, match_id: str, given: shapes.FellThroughGiven
) -> Any:
    """Nobody came, or it did not work out: the line goes back to the queue; for coordinators."""
    actor: Any = request.user
    require_here(community=here(request), match_id=match_id)
    return services.did_not_happen(
        match_id=match_id, reason=EndReason(given.reason), actor=actor, at=timezone.now()
    )


@router.post(f"{MATCH}/thanks", response=shapes.MatchState, auth=NEEDS_WRITE)
def say_thanks(request: HttpRequest, community: str, match_id: str, given: shapes.ThanksGiven) -> Any:
    """A word of thanks to the giver, passed on without a name; for the asker and coordinators."""
    require_here(community=here(request), match_id=match_id)
    return services.say_thanks(match_id=match_id, words=given.words, actor=request.user, at=timezone.now())

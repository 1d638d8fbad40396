"""The day, the numbers, fairness and lists to take out: what coordinators, auditors and members look at."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import Listed
from tadamun.pillars.aid.needs import queries
from tadamun.pillars.aid.needs.api.doors import HERE, MATCHING_READ, NEEDS_READ, here
from tadamun.pillars.aid.needs.queries.fairness import SPANS
from tadamun.pillars.aid.needs.schemas import overview as shapes

router = Router(tags=["overview"])


@router.get(f"{HERE}/due", response=Listed[shapes.DueRead], auth=NEEDS_READ)
def due(request: HttpRequest, community: str, mine: bool = False) -> Any:
    """What must not be forgotten, overdue first; `mine`: what the person of the token sees to. For coordinators."""
    found = queries.due(community=here(request), viewer=request.user, at=timezone.now(), mine=mine)
    return {"items": found}


@router.get(f"{HERE}/figures", response=shapes.FiguresRead, auth=NEEDS_READ)
def figures(request: HttpRequest, community: str) -> Any:
    """The numbers of the board; for coordinators."""
    return queries.figures(community=here(request), viewer=request.user, at=timezone.now())


@router.get(f"{HERE}/waits", response=Listed[shapes.WaitRead], auth=NEEDS_READ)
def waits(request: HttpRequest, community: str) -> Any:
    """How long the open lines of each area have waited, longest first; for coordinators."""
    return {"items": queries.waits(community=here(request), viewer=request.user, at=timezone.now())}


@router.get(f"{HERE}/handovers", response=Listed[shapes.HandoverRead], auth=MATCHING_READ)
def handovers(request: HttpRequest, community: str) -> Any:
    """The handovers of today, and those whose time is over without a word, earliest first; for coordinators."""
    return {"items": queries.handovers(community=here(request), viewer=request.user, at=timezone.now())}


@router.get(f"{HERE}/fairness", response=shapes.FairnessRead, auth=NEEDS_READ)
def fairness(request: HttpRequest, community: str, span: Literal["30", "90", "all"] = "90") -> Any:
    """How the lines of the last days fared, by area and category; for coordinators and auditors."""
    return queries.fairness(community=here(request), viewer=request.user, at=timezone.now(), days=SPANS[span])


@router.get(f"{HERE}/policy", response=shapes.PolicyRead, auth=None)
def policy(request: HttpRequest, community: str) -> Any:
    """The published rules by which the community matches."""
    return queries.policy_of(community=here(request))


@router.get(f"{HERE}/exports/needs", response=Listed[shapes.ExportRead], auth=NEEDS_READ)
def export_needs(request: HttpRequest, community: str, everything: bool = False) -> Any:
    """The list of the sheet, whole: open needs, or `everything`. Members get what is shown in public."""
    found = queries.export_rows(community=here(request), viewer=request.user, everything=everything)
    return {"items": found}


@router.get(f"{HERE}/exports/chat", response=shapes.ChatListRead, auth=NEEDS_READ)
def chat_list(request: HttpRequest, community: str) -> Any:
    """What may be told to a group: no name, no number, no area that nobody agreed to show. For coordinators."""
    shown, elsewhere = queries.chat_lines(community=here(request), viewer=request.user)
    return {"shown": shown, "elsewhere": elsewhere}

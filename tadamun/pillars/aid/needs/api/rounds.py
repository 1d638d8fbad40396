"""Matching rounds: started, read with their proof, and checked again."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import Key, Listed, once_by
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import HERE, MATCHING_READ, MATCHING_WRITE, here
from tadamun.pillars.aid.needs.queries.belonging import require_here
from tadamun.pillars.aid.needs.schemas import rounds as shapes
from tadamun.pillars.aid.needs.schemas.overview import UnmatchedRead

router = Router(tags=["rounds"])
ROUND = f"{HERE}/rounds/{{slug:round_id}}"
FileName = Literal["needs.csv", "offers.csv", "matches.csv", "policy.toml", "certificate.json"]


@router.get(f"{HERE}/rounds", response=Listed[shapes.RoundRead], auth=MATCHING_READ)
def rounds(request: HttpRequest, community: str) -> Any:
    """The last fifty rounds, newest first; for members."""
    return {"items": queries.rounds(community=here(request), viewer=request.user)}


@router.post(f"{HERE}/rounds", response={201: shapes.RoundAsked}, auth=MATCHING_WRITE)
def start_round(request: HttpRequest, community: str, key: Key) -> Any:
    """Queue a round over the open lines and offers; the worker reckons it. For coordinators."""
    actor: Any = request.user
    at, place = timezone.now(), here(request)

    def start() -> str:
        row = services.ask_for_round(community=place, actor=actor, at=at)
        return f"{row.public_id} {row.number}"

    round_id, number = once_by(request, key=key, given=None, at=at, do=start).split(" ")
    return {"id": round_id, "number": int(number), "state": "queued"}


@router.get(ROUND, response=shapes.RoundRead, auth=MATCHING_READ)
def one_round(request: HttpRequest, community: str, round_id: str) -> Any:
    """One round: where it stands, its digests and verdict, and how areas and tiers fared; for members."""
    return queries.round_card(round_id=round_id, viewer=request.user, community=here(request))


@router.get(f"{ROUND}/proposals", response=Listed[shapes.ProposalRead], auth=MATCHING_READ)
def proposals(request: HttpRequest, community: str, round_id: str) -> Any:
    """What a round proposes, most severe first; for coordinators."""
    require_here(community=here(request), round_id=round_id)
    return {"items": queries.proposals(round_id=round_id, viewer=request.user)}


@router.get(f"{ROUND}/unmatched", response=Listed[UnmatchedRead], auth=MATCHING_READ)
def unmatched(request: HttpRequest, community: str, round_id: str) -> Any:
    """The lines a round found nobody, or not enough, for: each with its reason; for coordinators."""
    require_here(community=here(request), round_id=round_id)
    return {"items": queries.unmatched(round_id=round_id, viewer=request.user)}


@router.post(f"{ROUND}/verify", response=shapes.VerdictRead, auth=MATCHING_READ)
def verify_round(request: HttpRequest, community: str, round_id: str) -> Any:
    """Run the independent checker again over what is stored; for coordinators and auditors."""
    viewer: Any = request.user
    require_here(community=here(request), round_id=round_id)
    return {"violations": services.verify_round(round_id=round_id, viewer=viewer)}


@router.get(f"{ROUND}/files/{{name}}", response=shapes.FileRead, auth=MATCHING_READ)
def round_file(request: HttpRequest, community: str, round_id: str, name: FileName) -> Any:
    """One file of a round's proof; for auditors, as the files hold places."""
    require_here(community=here(request), round_id=round_id)
    return {"name": name, "content": queries.round_file(round_id=round_id, name=name, viewer=request.user)}

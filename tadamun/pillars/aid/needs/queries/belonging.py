"""Whether a thing belongs to the community that a door stands in."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.kernel.errors import Missing
from tadamun.pillars.aid.needs.errors import NoSuchMatch, NoSuchNeed, NoSuchOffer, NoSuchRound
from tadamun.pillars.aid.needs.models import (
    Distribution,
    Match,
    NeedLine,
    Offer,
    Referral,
    Request,
    Round,
    StayConcern,
)

_THINGS: dict[str, tuple[Any, type[Missing]]] = {
    "request_id": (Request, NoSuchNeed),
    "line_id": (NeedLine, NoSuchNeed),
    "offer_id": (Offer, NoSuchOffer),
    "match_id": (Match, NoSuchMatch),
    "round_id": (Round, NoSuchRound),
    "distribution_id": (Distribution, NoSuchOffer),
}


def require_here(*, community: Community, **ids: str) -> None:
    """Go on only with what belongs to this community; whether somebody may see it is judged by what follows.

    :param ids: request_id, line_id, offer_id, match_id, round_id, distribution_id.
    :raises NoSuchNeed, NoSuchOffer, NoSuchMatch, NoSuchRound: none of this id in this community.
    """
    for kind, public_id in ids.items():
        model, missing = _THINGS[kind]
        if not model.objects.filter(community=community, public_id=public_id).exists():
            raise missing


def require_concern_of(*, match_id: str, concern_id: int) -> None:
    """Go on only with what was said about this match.

    :raises NoSuchMatch: it was said about another one.
    """
    if not StayConcern.objects.filter(match__public_id=match_id, pk=concern_id).exists():
        raise NoSuchMatch


def require_of_request(
    *,
    request_id: str,
    line_id: str | None = None,
    match_id: str | None = None,
    referral_id: str | None = None,
) -> None:
    """Go on only with a line, a match or a referral of this request.

    :raises NoSuchNeed, NoSuchMatch: it belongs to another one.
    """
    if (
        referral_id
        and not Referral.objects.filter(line__request__public_id=request_id, public_id=referral_id).exists()
    ):
        raise NoSuchNeed
    if line_id and not NeedLine.objects.filter(request__public_id=request_id, public_id=line_id).exists():
        raise NoSuchNeed
    if (
        match_id
        and not Match.objects.filter(line__request__public_id=request_id, public_id=match_id).exists()
    ):
        raise NoSuchMatch

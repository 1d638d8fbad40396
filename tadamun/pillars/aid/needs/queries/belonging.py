"""Whether a thing belongs to the community that a door stands in."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.kernel.errors import Missing
from tadamun.pillars.aid.needs.errors import NoSuchMatch, NoSuchNeed, NoSuchOffer, NoSuchRound
from tadamun.pillars.aid.needs.models import Match, NeedLine, Offer, Request, Round

_THINGS: dict[str, tuple[Any, type[Missing]]] = {
    "request_id": (Request, NoSuchNeed),
    "line_id": (NeedLine, NoSuchNeed),
    "offer_id": (Offer, NoSuchOffer),
    "match_id": (Match, NoSuchMatch),
    "round_id": (Round, NoSuchRound),
}


def require_here(*, community: Community, **ids: str) -> None:
    """Go on only with what belongs to this community; whether somebody may see it is judged by what follows.

    :param ids: request_id, line_id, offer_id, match_id, round_id.
    :raises NoSuchNeed, NoSuchOffer, NoSuchMatch, NoSuchRound: none of this id in this community.
    """
    for kind, public_id in ids.items():
        model, missing = _THINGS[kind]
        if not model.objects.filter(community=community, public_id=public_id).exists():
            raise missing


def require_of_request(*, request_id: str, line_id: str | None = None, match_id: str | None = None) -> None:
    """Go on only with a line or a match of this request.

    :raises NoSuchNeed, NoSuchMatch: it belongs to another one.
    """
    if line_id and not NeedLine.objects.filter(request__public_id=request_id, public_id=line_id).exists():
        raise NoSuchNeed
    if (
        match_id
        and not Match.objects.filter(line__request__public_id=request_id, public_id=match_id).exists()
    ):
        raise NoSuchMatch

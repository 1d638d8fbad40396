"""Looking at referrals: where lines of a request were sent to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tadamun.kernel.errors import Missing
from tadamun.pillars.aid.directory import queries as directory
from tadamun.pillars.aid.directory.cards import Directions
from tadamun.pillars.aid.needs import policies
from tadamun.pillars.aid.needs.cards import ReferralCard
from tadamun.pillars.aid.needs.errors import NoSuchNeed
from tadamun.pillars.aid.needs.models import Referral, Request


def referrals_of(
    *, request_id: str, viewer: Any, at: datetime, with_pin: bool = False
) -> dict[str, ReferralCard]:
    """The last referral of each line of a request, by the line's id: for the asker's side.

    :raises NoSuchNeed: none of this id.
    :raises NotYourNeed: neither the asker, nor with the PIN, nor a coordinator.
    """
    request = Request.objects.select_related("community").filter(public_id=request_id).first()
    if request is None or request.forgotten_at is not None:
        raise NoSuchNeed
    policies.require_asker(actor=viewer, request=request, with_pin=with_pin)
    rows = Referral.objects.filter(line__request=request).order_by("referred_at", "pk")
    keys = rows.values_list(
        "public_id", "line__public_id", "service__public_id", "referred_at", "asked_at", "outcome"
    )
    return {
        line_id: ReferralCard(
            public_id=public_id,
            line_id=line_id,
            directions=_directions(request, service_id, at=at),
            referred_at=referred_at,
            asked_at=asked_at,
            outcome=outcome,
        )
        for public_id, line_id, service_id, referred_at, asked_at, outcome in keys
    }


def _directions(request: Request, service_id: str | None, *, at: datetime) -> Directions | None:
    try:
        return directory.directions_to(community=request.community, service_id=service_id or "", at=at)
    except Missing:
        return None

"""Telling the asker and the coordinator what became of a match, and writing it on the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tadamun.foundation.trail.services import record
from tadamun.pillars.aid.needs.models import Match, NeedLine, Request
from tadamun.pillars.aid.needs.services.sides import tell_asking_side, tell_owning_side

TOLD_BY_CALL = frozenset({"needs.accepted", "needs.scheduled", "needs.comes_now", "needs.helper_cannot"})
"""What a household has to hear of, even if nothing but a call reaches it."""


def tell_asker(match: Match, *, kind: str, at: datetime, latest_only: bool = False) -> None:
    """Tell whoever asked: in their account, or by the phone of a guest who would rather have a message.

    :param latest_only: an earlier notice of this kind that has reached nobody yet stays instead of a second one.
    """
    request = Request.objects.select_related("asker", "community").get(pk=match.line.request_id)
    about = f"{kind}:{match.public_id}:"
    tell_asking_side(
        request=request,
        kind=kind,
        dedupe_key=f"{about}{at.isoformat()}",
        instead_of=about if latest_only else "",
        at=at,
    )
    if kind in TOLD_BY_CALL:
        call_to_tell(match.line, request=request, at=at)


def call_to_tell(line: NeedLine, *, request: Request, at: datetime) -> None:
    """Keep on the locked line that somebody has to call, where neither a notice nor a text tells the household."""
    if request.told_by == "call":
        line.untold_since = at
        line.save(update_fields=["untold_since"])


def tell_owner(match: Match, *, kind: str, at: datetime, again: str = "") -> None:
    """Tell the coordinator of the request, once a match and kind (and `again`)."""
    request = Request.objects.select_related("owner", "community").get(pk=match.line.request_id)
    key = f"{kind}:{match.public_id}:{again}"
    tell_owning_side(request=request, kind=kind, dedupe_key=key, at=at)


def record_match(match: Match, *, verb: str, actor: Any, at: datetime, change: str = "") -> None:
    """Write on the community's trail what was done with a match."""
    data: dict[str, Any] = {"line": match.line.public_id, "quantity": match.quantity}
    if change:
        data["change"] = change
    record(
        scope=match.community.public_id,
        verb=verb,
        thing="match",
        thing_id=match.public_id,
        actor=getattr(actor, "public_id", ""),
        at=at,
        data=data,
    )

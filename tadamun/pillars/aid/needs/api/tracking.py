"""What needs no account: the public needs and counts, and a request by its number and PIN."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import Key, Listed, once_by
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import HERE, here, opened_with_pin, within_measure
from tadamun.pillars.aid.needs.queries.belonging import require_of_request
from tadamun.pillars.aid.needs.schemas import matches as match_shapes
from tadamun.pillars.aid.needs.schemas import needs as shapes
from tadamun.pillars.aid.needs.vocabulary import MESSAGES_MOST

router = Router(tags=["public"])


@router.get(f"{HERE}/needs", response=Listed[shapes.PublicNeedRead], auth=None)
def public_needs(request: HttpRequest, community: str) -> Any:
    """Needs whose askers agreed to show them: category and area, nothing else."""
    return {"items": queries.public_needs(community=here(request))}


@router.get(f"{HERE}/counts", response=shapes.CountsRead, auth=None)
def counts(request: HttpRequest, community: str) -> Any:
    """What was done together this calendar month; null where fewer than eleven."""
    return queries.month_totals(community=here(request), at=timezone.now())


@router.post(f"{HERE}/tracking", response=shapes.OwnRequestRead, auth=None)
def track(request: HttpRequest, community: str, given: shapes.PinGiven) -> Any:
    """One's request by number and PIN: who helps, when, the codes, the thread, and who looked."""
    return queries.track_card(
        request_id=opened_with_pin(request, given, at=timezone.now()),
        viewer=request.user,
        with_pin=True,
        community=here(request),
    )


@router.post(f"{HERE}/tracking/withdraw", response=shapes.LineState, auth=None)
def track_withdraw(request: HttpRequest, community: str, given: shapes.PinLine) -> Any:
    """Take back a line, without a reason."""
    at = timezone.now()
    require_of_request(request_id=opened_with_pin(request, given, at=at), line_id=given.line_id)
    return services.withdraw_line(line_id=given.line_id, actor=request.user, at=at, with_pin=True)


@router.post(f"{HERE}/tracking/confirm", response=match_shapes.MatchState, auth=None)
def track_confirm(request: HttpRequest, community: str, given: shapes.PinReceipt) -> Any:
    """Say that the help arrived, all of it or a part."""
    at = timezone.now()
    require_of_request(request_id=opened_with_pin(request, given, at=at), match_id=given.match_id)
    return services.confirm_receipt(
        match_id=given.match_id, actor=request.user, at=at, quantity=given.quantity, with_pin=True
    )


@router.post(f"{HERE}/tracking/messages", response={201: shapes.Made}, auth=None)
def track_write(request: HttpRequest, community: str, given: shapes.PinMessage, key: Key) -> Any:
    """Write to the coordinators."""
    at = timezone.now()
    request_id = opened_with_pin(request, given, at=at)
    within_measure(request, what="message", most=MESSAGES_MOST, at=at, who=request_id)

    def write() -> str:
        services.write_message(
            request_id=request_id, body=given.body, actor=request.user, at=at, with_pin=True
        )
        return request_id

    return {"id": once_by(request, key=key, given=given, at=at, do=write, caller=request_id)}

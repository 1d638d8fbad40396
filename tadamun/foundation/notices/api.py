"""One's own notices."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import After, Limit, Page, Token, a_row, cursor, cut, place_of
from tadamun.foundation.notices import queries, services
from tadamun.foundation.notices.schemas import NoticeRead, NoticeState

router = Router(tags=["notices"])


@router.get("communities/{slug:community}/notices", response=Page[NoticeRead], auth=Token("notices:read"))
def notices(request: HttpRequest, community: str, limit: Limit = 20, after: After = None) -> Any:
    """What the person of the token was told in this community, newest first."""
    here: Any = request.community  # type: ignore[attr-defined]
    place = place_of(after, a_row)
    rows = queries.own_notices(
        person=request.user, scope=here.public_id, most=limit + 1, before=place[0] if place else None
    )
    page = cut(rows, limit=limit, next_of=lambda row: cursor(row[0]))
    return {**page, "items": [card for _, card in page["items"]]}


@router.post(
    "communities/{slug:community}/notices/{slug:notice_id}/read",
    response=NoticeState,
    auth=Token("notices:read"),
)
def read_notice(request: HttpRequest, community: str, notice_id: str) -> Any:
    """Mark one of one's own notices as read; the first time counts."""
    here: Any = request.community  # type: ignore[attr-defined]
    person: Any = request.user
    queries.require_notice(person=person, scope=here.public_id, notice_id=notice_id)
    return services.open_notice(notice_id=notice_id, person=person, at=timezone.now())

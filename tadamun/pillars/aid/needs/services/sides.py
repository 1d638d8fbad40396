"""Telling the two sides of a request: whoever asked, by account or by phone, and the coordinator who calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tadamun.foundation.notices.services import tell, tell_guest
from tadamun.pillars.aid.needs.models import Request
from tadamun.pillars.aid.needs.vocabulary import ContactWay


def tell_asking_side(
    *,
    request: Request,
    kind: str,
    dedupe_key: str,
    at: datetime,
    url: str = "",
    params: Mapping[str, str] | None = None,
    instead_of: str = "",
) -> None:
    """Tell whoever asked: in their account, else by message where they wished for messages; else nothing is sent.

    :param url: where it leads; to the asker's own page unless given.
    :param params: what the words take besides the request's number.
    :param instead_of: how the keys of those begin that need not be told twice as long as they have reached nobody.
    """
    url = url or f"/c/{request.community.slug}/track/{request.public_id}/"
    values: dict[str, Any] = {"number": request.number, **(params or {})}
    scope = request.community.public_id
    if request.asker is not None:
        tell(
            recipient=request.asker,
            kind=kind,
            params=values,
            url=url,
            scope=scope,
            about=request.public_id,
            dedupe_key=dedupe_key,
            instead_of=instead_of,
            at=at,
        )
    elif request.phone and request.contact_way == ContactWay.MESSAGE:
        tell_guest(
            phone=request.phone,
            language=request.language,
            kind=kind,
            params=values,
            url=url,
            scope=scope,
            about=request.public_id,
            dedupe_key=dedupe_key,
            instead_of=instead_of,
            at=at,
        )


def tell_owning_side(*, request: Request, kind: str, dedupe_key: str, at: datetime) -> None:
    """Tell the coordinator who has taken the request on, if there is one."""
    if request.owner is not None:
        tell(
            recipient=request.owner,
            kind=kind,
            params={"number": request.number},
            url=f"/c/{request.community.slug}/requests/{request.public_id}/",
            scope=request.community.public_id,
            about=request.public_id,
            dedupe_key=dedupe_key,
            at=at,
        )

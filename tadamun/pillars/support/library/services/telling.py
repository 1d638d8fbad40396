"""Telling the borrower, the lender and the counter what became of a booking."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tadamun.foundation.communities.queries import people_with_role
from tadamun.foundation.communities.vocabulary import Role
from tadamun.foundation.notices.services import tell, tell_guest
from tadamun.pillars.support.library.models import Booking, Item


def tell_borrower(loan: Booking, *, kind: str, at: datetime, again: str = "", **params: Any) -> None:
    """Tell whoever borrows: in their account, or by the phone they left."""
    community = loan.item.community
    given: dict[str, Any] = {
        "kind": kind,
        "params": {"item": loan.item.name, **params},
        "scope": community.public_id,
        "about": loan.public_id,
        "dedupe_key": f"{kind}:{loan.public_id}:{again}",
        "at": at,
    }
    if loan.borrower is not None:
        tell(recipient=loan.borrower, url=f"/c/{community.slug}/library/loans/{loan.public_id}/", **given)
    elif loan.guest_phone:
        tell_guest(phone=loan.guest_phone, language=loan.guest_language, **given)


def tell_lender(loan: Booking, *, kind: str, at: datetime) -> None:
    """Tell whose thing or skill it is, if it is a neighbour's."""
    item = loan.item
    if item.lender is not None and item.lender_id != loan.borrower_id:
        tell(
            recipient=item.lender,
            kind=kind,
            params={"item": item.name},
            url=f"/c/{item.community.slug}/library/loans/{loan.public_id}/",
            scope=item.community.public_id,
            about=loan.public_id,
            dedupe_key=f"{kind}:{loan.public_id}:lender",
            at=at,
        )


def tell_counter(item: Item, *, kind: str, about: str, path: str, at: datetime) -> None:
    """Tell the coordinators."""
    community = item.community
    for person in people_with_role(community=community, role=Role.COORDINATOR):
        tell(
            recipient=person,
            kind=kind,
            params={"item": item.name},
            url=f"/c/{community.slug}/library/{path}",
            scope=community.public_id,
            about=about,
            dedupe_key=f"{kind}:{about}:{person.public_id}",
            at=at,
        )

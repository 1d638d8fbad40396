"""Who sees what is shared, who borrows it, and who keeps the library."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import (
    is_member,
    may_coordinate,
    membership_of,
    require,
    require_member,
)
from tadamun.pillars.support.library.errors import (
    BorrowersVerified,
    LibraryForCoordinators,
    NoSuchItem,
    NoSuchLoan,
    NotToBeHad,
)
from tadamun.pillars.support.library.models import Booking, Item
from tadamun.pillars.support.library.vocabulary import ItemState, WhoMay

__all__ = [
    "is_lender",
    "is_member",
    "may_coordinate",
    "may_decide",
    "may_see_item",
    "may_see_loan",
    "require",
    "require_borrower",
    "require_keeper",
    "require_loan_of",
    "require_member",
    "require_seen",
]


def require_keeper(*, actor: Any, community: Community) -> None:
    """Only coordinators go on.

    :raises LibraryForCoordinators: anybody else.
    """
    require(may_coordinate(person=actor, community=community), LibraryForCoordinators())


def may_see_item(*, viewer: Any, item: Item) -> bool:
    """Members see what is listed, others what is listed for everybody; the lender and coordinators see the rest."""
    if may_coordinate(person=viewer, community=item.community) or is_lender(viewer, item):
        return True
    if item.state not in (ItemState.LISTED, ItemState.PAUSED):
        return False
    return item.shows_in_public or is_member(person=viewer, community=item.community)


def require_seen(*, viewer: Any, item: Item) -> None:
    """Only who may see it goes on.

    :raises NoSuchItem: for this viewer there is none.
    """
    require(may_see_item(viewer=viewer, item=item), NoSuchItem())


def require_borrower(*, actor: Any, item: Item) -> None:
    """Only who may borrow it goes on.

    :raises NotAMember: not a member here.
    :raises NotToBeHad: it is not lent now.
    :raises BorrowersVerified: it is lent to members whom a coordinator has met.
    """
    require_member(person=actor, community=item.community)
    require_seen(viewer=actor, item=item)
    require(item.state == ItemState.LISTED, NotToBeHad())
    if item.who_may == WhoMay.VERIFIED:
        membership = membership_of(person=actor, community=item.community)
        require(bool(membership and membership.verified_at), BorrowersVerified())


def is_lender(viewer: Any, item: Item) -> bool:
    """Whether it is the viewer's own."""
    return item.lender_id is not None and item.lender_id == getattr(viewer, "pk", None)


def may_decide(*, actor: Any, loan: Booking) -> bool:
    """Coordinators decide of every booking, a lender of those of what is theirs."""
    return may_coordinate(person=actor, community=loan.community) or is_lender(actor, loan.item)


def may_see_loan(*, viewer: Any, loan: Booking) -> bool:
    """Whoever borrowed it, the lender, and the counter; nobody else knows who has what."""
    own = loan.borrower_id is not None and loan.borrower_id == getattr(viewer, "pk", None)
    return own or may_decide(actor=viewer, loan=loan)


def require_loan_of(*, actor: Any, loan: Booking) -> None:
    """Only the borrower and the counter go on.

    :raises NoSuchLoan: for anybody else there is none.
    """
    own = loan.borrower_id is not None and loan.borrower_id == getattr(actor, "pk", None)
    require(own or may_coordinate(person=actor, community=loan.community), NoSuchLoan())

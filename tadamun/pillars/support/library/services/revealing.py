"""Looking at the phone of somebody without an account who has a thing: logged, with the reason."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.services import log_reveal
from tadamun.foundation.people.vocabulary import Revealed
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.cards import BorrowerCard
from tadamun.pillars.support.library.services.settling import deed, locked_loan, log


@deed
def reveal_borrower(
    *, community: Community, loan_id: str, actor: Person, reason: str, at: datetime
) -> BorrowerCard:
    """Name and phone of whoever has it, for coordinators; the person concerned can read who looked.

    :raises LibraryForCoordinators: anybody else.
    :raises ReasonNeeded: no reason is given.
    """
    policies.require_keeper(actor=actor, community=community)
    loan = locked_loan(community=community, loan_id=loan_id)
    log_reveal(
        subject=loan.borrower,
        about=loan.public_id,
        viewer=actor,
        viewer_role="coordinator",
        what=Revealed.CONTACT,
        reason=reason,
        scope=community.public_id,
        at=at,
    )
    log(loan, verb="borrower_revealed", kind="loan", actor=actor, at=at, community=community)
    if loan.borrower is not None:
        return BorrowerCard(loan.borrower.name, loan.borrower.phone or "")
    return BorrowerCard(loan.guest_name, loan.guest_phone)

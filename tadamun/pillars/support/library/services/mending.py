"""When something breaks: a ticket, help with mending, no fine and no debt."""

from __future__ import annotations

from datetime import datetime

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.kernel.text import clean_text
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.errors import LoanCannotMove, NoSuchRepair, WordsNeeded
from tadamun.pillars.support.library.models import Copy, RepairTicket
from tadamun.pillars.support.library.services.queueing import offer_next
from tadamun.pillars.support.library.services.settling import (
    deed,
    locked_copy,
    locked_item,
    locked_loan,
    log,
    settle,
)
from tadamun.pillars.support.library.services.telling import tell_counter
from tadamun.pillars.support.library.vocabulary import TEXT_MOST, BookingState, CopyState, RepairState


@deed
def report_breakage(
    *, community: Community, loan_id: str, actor: Person, words: str, helps: bool, at: datetime
) -> RepairTicket:
    """Say that what one has borrowed broke. The loan goes on until the thing is brought; nothing is charged.

    :raises NoSuchLoan: it is somebody else's.
    :raises LoanCannotMove: it is not out.
    :raises WordsNeeded: a few words say what happened.
    """
    loan = locked_loan(community=community, loan_id=loan_id)
    policies.require_loan_of(actor=actor, loan=loan)
    if loan.state != BookingState.OUT or loan.copy is None:
        raise LoanCannotMove(now=loan.state, asked=BookingState.DAMAGED.value)
    loan.copy.item = loan.item
    ticket = open_ticket(loan.copy, words=words, told_by=actor, helps=helps, at=at)
    log(ticket, verb="breakage_told", kind="repair", actor=actor, at=at, community=community)
    return ticket


@deed
def report_broken_copy(
    *, community: Community, code: str, actor: Person, words: str, at: datetime
) -> RepairTicket:
    """Open a ticket for a piece at the counter.

    :raises LibraryForCoordinators: anybody but a coordinator.
    :raises NoSuchCopy: no piece here carries this label.
    """
    policies.require_keeper(actor=actor, community=community)
    copy = locked_copy(community=community, code=code)
    ticket = open_ticket(copy, words=words, told_by=None, helps=False, at=at)
    settle(copy.item, at=at)
    log(ticket, verb="breakage_told", kind="repair", actor=actor, at=at, community=community)
    return ticket


def open_ticket(copy: Copy, *, words: str, told_by: Person | None, helps: bool, at: datetime) -> RepairTicket:
    """One open ticket a piece: what is said later is added to it; the piece is not lent until it is closed.

    :raises WordsNeeded: nothing is said.
    """
    said = clean_text(words)[:TEXT_MOST]
    policies.require(bool(said), WordsNeeded())
    ticket = RepairTicket.objects.filter(copy=copy, state=RepairState.OPEN).first()
    if ticket is None:
        ticket = RepairTicket.objects.create(
            copy=copy, words=said, told_by=told_by, helps=helps, opened_at=at
        )
        tell_counter(copy.item, kind="library.broke", about=ticket.public_id, path="repairs/", at=at)
    elif said not in ticket.words:
        ticket.words, ticket.helps = f"{ticket.words}\n{said}"[:TEXT_MOST], ticket.helps or helps
        ticket.save(update_fields=["words", "helps"])
    copy.state = CopyState.MENDING
    copy.save(update_fields=["state"])
    return ticket


@deed
def close_repair(
    *, community: Community, repair_id: str, actor: Person, mended: bool, at: datetime
) -> RepairTicket:
    """Say that it is mended and can be lent again, or that it cannot be.

    :raises LibraryForCoordinators: anybody but a coordinator.
    :raises NoSuchRepair: there is no open one of this id here.
    """
    policies.require_keeper(actor=actor, community=community)
    found = RepairTicket.objects.filter(public_id=repair_id, copy__community=community)
    item_id = found.values_list("copy__item__public_id", flat=True).first()
    if item_id is None:
        raise NoSuchRepair
    item = locked_item(community=community, item_id=item_id)
    ticket = found.select_related("copy").get()
    if ticket.state != RepairState.OPEN:
        return ticket
    ticket.state, ticket.ended_at = (RepairState.MENDED if mended else RepairState.GIVEN_UP), at
    ticket.save(update_fields=["state", "ended_at"])
    ticket.copy.state = CopyState.SOUND if mended else CopyState.RETIRED
    ticket.copy.save(update_fields=["state"])
    settle(item, at=at)
    offer_next(item, at=at)
    log(ticket, verb=f"repair_{ticket.state}", kind="repair", actor=actor, at=at, community=community)
    return ticket

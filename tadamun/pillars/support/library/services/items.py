"""What is shared: put in by members, listed by coordinators, with as many pieces as there are."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.queries import folded_name
from tadamun.foundation.notices.services import tell
from tadamun.foundation.people.models import Person
from tadamun.kernel.ids import LETTERS
from tadamun.kernel.text import clean_line, clean_text
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.errors import HoursCrossed, ItemNeedsName, NoSuchItem
from tadamun.pillars.support.library.models import Booking, Copy, Item
from tadamun.pillars.support.library.services.queueing import offer_next
from tadamun.pillars.support.library.services.settling import deed, locked_copy, locked_item, log, settle
from tadamun.pillars.support.library.services.telling import tell_counter
from tadamun.pillars.support.library.vocabulary import (
    COPIES_MOST,
    DAYS_MOST,
    LINE_MOST,
    MINUTES_MOST,
    NAME_MOST,
    TEXT_MOST,
    BookingState,
    Condition,
    CopyDeed,
    CopyState,
    ItemDeed,
    ItemState,
    Kind,
    WhoMay,
)

_PREFIX_LETTERS = LETTERS.upper()
_STATES = {
    ItemDeed.LIST: ItemState.LISTED,
    ItemDeed.PAUSE: ItemState.PAUSED,
    ItemDeed.RETIRE: ItemState.RETIRED,
}


@dataclass(frozen=True)
class ItemFacts:
    """All that is said of something that is shared."""

    name: str
    kind: Kind = Kind.THING
    description: str = ""
    condition: Condition = Condition.GOOD
    instructions: str = ""
    safety: str = ""
    place: str = ""
    checked_on: date | None = None
    open_days: Sequence[int] = (5, 6, 0, 1, 2, 3)
    opens: time = time(16)
    closes: time = time(19)
    days_most: int = 3
    minutes_most: int = 120
    renewals_most: int = 1
    at_once_most: int = 1
    who_may: WhoMay = WhoMay.MEMBERS
    needs_introduction: bool = False
    asks_first: bool = False
    shows_in_public: bool = False


@deed
def add_item(
    *,
    community: Community,
    actor: Person,
    facts: ItemFacts,
    at: datetime,
    copies: int = 1,
    lent_by: Person | None = None,
) -> Item:
    """Put something in. A coordinator's is listed at once; what a neighbour lends waits for a coordinator's look.

    :param lent_by: a coordinator puts it in for the neighbour whose it is.
    :raises NotAMember: only members share.
    :raises ItemNeedsName: it has a name.
    :raises HoursCrossed: the window opens on some day, and before it closes.
    """
    policies.require_member(person=actor, community=community)
    keeper = policies.may_coordinate(person=actor, community=community)
    item = Item(
        community=community,
        kind=facts.kind,
        state=ItemState.LISTED if keeper else ItemState.PROPOSED,
        lender=lent_by if keeper else actor,
        prefix=_free_prefix(community),
        added_at=at,
    )
    _write(item, facts, at=at)
    _add_copies(item, copies)
    if not keeper:
        tell_counter(
            item, kind="library.proposed", about=item.public_id, path=f"items/{item.public_id}/", at=at
        )
    log(item, verb="item_added", kind="item", actor=actor, at=at, community=community, copies=copies)
    return item


@deed
def change_item(
    *,
    community: Community,
    item_id: str,
    actor: Person,
    facts: ItemFacts,
    at: datetime,
    copies: int | None = None,
) -> Item:
    """Correct what is said of it, and add pieces; what is promised already stays promised.

    :param copies: how many pieces there are to be in all; fewer than there are changes nothing.
    :raises NoSuchItem: there is none that the actor may change.
    :raises TadamunError: as `add_item`.
    """
    item = locked_item(community=community, item_id=item_id)
    keeper = policies.may_coordinate(person=actor, community=community)
    policies.require(keeper or policies.is_lender(actor, item), NoSuchItem())
    _write(item, facts, at=at)
    held = Copy.objects.filter(item=item).exclude(state=CopyState.RETIRED).count()
    if copies is not None and copies > held:
        _add_copies(item, copies - held)
        settle(item, at=at)
        offer_next(item, at=at)
    log(item, verb="item_changed", kind="item", actor=actor, at=at, community=community)
    return item


@deed
def decide_item(*, community: Community, item_id: str, actor: Person, what: ItemDeed, at: datetime) -> Item:
    """List, pause or retire it.

    :raises LibraryForCoordinators: anybody else.
    """
    policies.require_keeper(actor=actor, community=community)
    item = locked_item(community=community, item_id=item_id)
    was, item.state = item.state, _STATES[what]
    item.changed_at = at
    item.save(update_fields=["state", "changed_at"])
    if was == ItemState.PROPOSED and item.state == ItemState.LISTED and item.lender is not None:
        tell(
            recipient=item.lender,
            kind="library.listed",
            params={"item": item.name},
            url=f"/c/{community.slug}/library/items/{item.public_id}/",
            scope=community.public_id,
            about=item.public_id,
            dedupe_key=f"library.listed:{item.public_id}",
            at=at,
        )
    log(item, verb=f"item_{item.state}", kind="item", actor=actor, at=at, community=community)
    return item


@deed
def change_copy(*, community: Community, code: str, actor: Person, what: CopyDeed, at: datetime) -> Copy:
    """Write down that a piece is lost, found again, or out of use for good.

    :raises LibraryForCoordinators: anybody else.
    :raises NoSuchCopy: no piece here carries this label.
    """
    policies.require_keeper(actor=actor, community=community)
    copy = locked_copy(community=community, code=code)
    copy.state = {
        CopyDeed.LOSE: CopyState.LOST,
        CopyDeed.FIND: CopyState.SOUND,
        CopyDeed.RETIRE: CopyState.RETIRED,
    }[what]
    copy.save(update_fields=["state"])
    if what is not CopyDeed.FIND:
        away = Booking.objects.filter(copy=copy, state=BookingState.OUT)
        away.update(state=BookingState.LOST, ended_at=at)
    settle(copy.item, at=at)
    offer_next(copy.item, at=at)
    log(copy, verb=f"copy_{copy.state}", kind="copy", actor=actor, at=at, community=community)
    return copy


def _write(item: Item, facts: ItemFacts, *, at: datetime) -> None:
    name = clean_line(facts.name)[:NAME_MOST]
    policies.require(bool(name), ItemNeedsName())
    days = sorted({day for day in facts.open_days if 0 <= day <= 6})  # noqa: PLR2004
    policies.require(bool(days) and facts.opens < facts.closes, HoursCrossed())
    item.name, item.open_days = name, days
    item.description = clean_text(facts.description)[:TEXT_MOST]
    item.instructions = clean_text(facts.instructions)[:TEXT_MOST]
    item.safety = clean_text(facts.safety)[:TEXT_MOST]
    item.place = clean_line(facts.place)[:LINE_MOST]
    item.condition, item.checked_on = facts.condition, facts.checked_on
    item.opens, item.closes = facts.opens, facts.closes
    item.days_most = min(max(facts.days_most, 1), DAYS_MOST)
    item.minutes_most = min(max(facts.minutes_most, 1), MINUTES_MOST)
    item.renewals_most, item.at_once_most = facts.renewals_most, max(facts.at_once_most, 1)
    item.who_may, item.needs_introduction = facts.who_may, facts.needs_introduction
    item.asks_first, item.shows_in_public = facts.asks_first, facts.shows_in_public
    item.searched = folded_name(f"{item.name} {item.description}")
    item.changed_at = at
    item.save()


def _add_copies(item: Item, count: int) -> None:
    begun = Copy.objects.filter(item=item).count()
    last = min(begun + max(count, 1), COPIES_MOST)
    Copy.objects.bulk_create(
        Copy(community=item.community, item=item, code=f"{item.prefix}-{number:02d}")
        for number in range(begun + 1, last + 1)
    )


def _free_prefix(community: Community) -> str:
    taken = set(Item.objects.filter(community=community).values_list("prefix", flat=True))
    while True:
        prefix = "".join(secrets.choice(_PREFIX_LETTERS) for _ in range(3))
        if prefix not in taken:
            return prefix

"""What is shared: the list, one page of it, its photos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.queries import folded_name
from tadamun.pillars.support.library import policies
from tadamun.pillars.support.library.cards import ItemCard, ItemRow, PhotoCard
from tadamun.pillars.support.library.errors import NoSuchItem, NoSuchPhoto
from tadamun.pillars.support.library.models import Booking, Item, Photo, WaitingPlace
from tadamun.pillars.support.library.queries.calendars import calendar_of, week_of
from tadamun.pillars.support.library.slots import last_day, local_day
from tadamun.pillars.support.library.vocabulary import (
    AHEAD_DAYS,
    PINNED,
    BookingState,
    CopyState,
    ItemState,
    Kind,
)

PAGE = 24
WORDS_MOST = 8
FOUND_MOST = 20


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is empty narrows nothing."""

    text: str = ""
    kind: str = ""
    here: bool = False
    mine: bool = False
    """What the viewer lends."""


def item_page(*, community: Community, viewer: Any, wanted: Wanted, number: int | str = 1) -> Page[Any]:
    """One page of what is shared, by name; a page that is not there is the nearest one that is."""
    page: Page[Any] = Paginator(items_seen(community=community, viewer=viewer, wanted=wanted), PAGE).get_page(
        number
    )
    page.object_list = [_row(item) for item in page.object_list]
    return page


def items_seen(*, community: Community, viewer: Any, wanted: Wanted) -> QuerySet[Item]:
    """The rows that a viewer sees and that fit."""
    rows = Item.objects.filter(community=community)
    if wanted.mine:
        rows = rows.filter(lender=viewer).exclude(state=ItemState.RETIRED)
    else:
        rows = rows.filter(state__in=(ItemState.LISTED, ItemState.PAUSED))
        if not policies.is_member(person=viewer, community=community):
            rows = rows.filter(shows_in_public=True)
    for word in folded_name(wanted.text[:200]).split()[:WORDS_MOST]:
        rows = rows.filter(searched__contains=word)
    if wanted.kind in set(Kind):
        rows = rows.filter(kind=wanted.kind)
    counted: QuerySet[Any] = _with_counts(rows)
    if wanted.here:
        counted = counted.filter(state=ItemState.LISTED, sound__gt=0).exclude(kind=Kind.THING, free__lte=0)
    return counted.order_by("name", "pk")


def found_items(*, community: Community, viewer: Any, text: str) -> list[ItemRow]:
    """What is shared and answers a text, for the search of the community."""
    if not folded_name(text):
        return []
    rows = items_seen(community=community, viewer=viewer, wanted=Wanted(text=text))
    return [_row(item) for item in rows[:FOUND_MOST]]


def item_rows(rows: QuerySet[Item]) -> list[ItemRow]:
    """The list's lines of some rows."""
    return [_row(item) for item in _with_counts(rows)]


def _with_counts(rows: QuerySet[Item]) -> QuerySet[Any]:
    sound = Count("copies", filter=Q(copies__state=CopyState.SOUND), distinct=True)
    away = Count(
        "copies",
        filter=Q(copies__state=CopyState.SOUND, copies__bookings__state__in=PINNED),
        distinct=True,
    )
    return rows.annotate(sound=sound, away=away, free=sound - away).prefetch_related("photos")


def _row(item: Any) -> ItemRow:
    photos = list(item.photos.all())
    return ItemRow(
        public_id=item.public_id,
        kind=item.kind,
        state=item.state,
        name=item.name,
        place=item.place,
        condition=item.condition,
        copies=item.sound,
        here=max(item.free, 0),
        photo=_photo(photos[0]) if photos else None,
    )


def _photo(row: Photo) -> PhotoCard:
    return PhotoCard(row.public_id, row.width, row.height, row.words)


def item_seen(*, community: Community, item_id: str, viewer: Any) -> Item:
    """The row of an item for whoever may see it.

    :raises NoSuchItem: for this viewer there is none.
    """
    item = (
        Item.objects.select_related("community", "lender")
        .filter(community=community, public_id=item_id)
        .first()
    )
    if item is None:
        raise NoSuchItem
    policies.require_seen(viewer=viewer, item=item)
    return item


def item_card(*, community: Community, item_id: str, viewer: Any, at: datetime) -> ItemCard:
    """One thing, room or skill: what, how it stands, whether it is here, how long the line is.

    :raises NoSuchItem: for this viewer there is none.
    """
    item = item_seen(community=community, item_id=item_id, viewer=viewer)
    calendar = calendar_of(item=item, at=at)
    keeper = policies.may_coordinate(person=viewer, community=community)
    away = [one for one in calendar.held if one.pinned and one.copy in calendar.copies]
    member = policies.is_member(person=viewer, community=community)
    today = local_day(at, community.time_zone)
    line = list(WaitingPlace.objects.filter(item=item, ended_at=None, offer=None).order_by("joined_at", "pk"))
    own = [place.person_id == getattr(viewer, "pk", 0) for place in line]
    return ItemCard(
        **{name: getattr(item, name) for name in _PLAIN},
        safety=tuple(line for line in item.safety.splitlines() if line.strip()),
        lender=item.lender.first_name if item.lender and member else "",
        open_days=tuple(item.open_days),
        copies=len(calendar.copies),
        here=max(len(calendar.copies) - len(away), 0),
        back_on=_back_on(item, at=at) if len(away) >= len(calendar.copies) else None,
        first_free=calendar.first_free(week=week_of(item), from_day=today, days=1, within=AHEAD_DAYS)
        if item.kind == Kind.THING
        else None,
        waiting=len(line),
        own_place=own.index(True) + 1 if True in own else 0,
        photos=tuple(_photo(photo) for photo in item.photos.order_by("pk")),
        codes=_codes(item) if keeper else (),
        may_borrow=_may_borrow(viewer, item),
        may_change=keeper or policies.is_lender(viewer, item),
        may_keep=keeper,
    )


_PLAIN = (
    "public_id",
    "kind",
    "state",
    "name",
    "description",
    "condition",
    "instructions",
    "place",
    "checked_on",
    "opens",
    "closes",
    "days_most",
    "minutes_most",
    "renewals_most",
    "at_once_most",
    "who_may",
    "needs_introduction",
    "asks_first",
    "shows_in_public",
)


def _codes(item: Item) -> tuple[str, ...]:
    rows = item.copies.exclude(state=CopyState.RETIRED).order_by("code")
    return tuple(rows.values_list("code", flat=True))


def _back_on(item: Item, *, at: datetime) -> date | None:
    ends = (
        Booking.objects.filter(item=item, state=BookingState.OUT, ends_at__gt=at)
        .order_by("ends_at")
        .values_list("ends_at", flat=True)
        .first()
    )
    return last_day(ends, item.community.time_zone) if ends else None


def _may_borrow(viewer: Any, item: Item) -> bool:
    return item.state == ItemState.LISTED and policies.is_member(person=viewer, community=item.community)


def photo_file(*, community: Community, photo_id: str, viewer: Any) -> str:
    """The file of a photo, for whoever may see what it shows.

    :raises NoSuchPhoto: for this viewer there is none.
    """
    found = Photo.objects.select_related("item__community").filter(
        item__community=community, public_id=photo_id
    )
    photo = found.first()
    if photo is None or not policies.may_see_item(viewer=viewer, item=photo.item):
        raise NoSuchPhoto
    return photo.file

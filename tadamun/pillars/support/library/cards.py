"""What a viewer may see of the library: frozen shapes, without anything that is not theirs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True)
class PhotoCard:
    """A picture: its door is opened by its id."""

    public_id: str
    width: int
    height: int
    words: str


@dataclass(frozen=True)
class ItemRow:
    """One line of the list."""

    public_id: str
    kind: str
    state: str
    name: str
    place: str
    condition: str
    copies: int
    here: int
    """Pieces that are neither out nor set aside nor being mended now."""
    photo: PhotoCard | None

    @property
    def icon(self) -> str:
        """What it is, as a picture."""
        return {"thing": "tools", "space": "building", "skill": "hand-helping"}[self.kind]


@dataclass(frozen=True)
class ItemCard:
    """All that is said of something that is shared; who has it is not among it."""

    public_id: str
    kind: str
    state: str
    name: str
    description: str
    condition: str
    instructions: str
    safety: tuple[str, ...]
    place: str
    checked_on: date | None
    lender: str
    """First name of the neighbour who lends it, for members; empty: the community's own."""
    open_days: tuple[int, ...]
    opens: time
    closes: time
    days_most: int
    minutes_most: int
    renewals_most: int
    at_once_most: int
    who_may: str
    needs_introduction: bool
    asks_first: bool
    shows_in_public: bool
    copies: int
    here: int
    back_on: date | None
    """When the first piece comes back, where none is here."""
    first_free: date | None
    waiting: int
    own_place: int
    """The viewer's place in line, from 1; 0: not in line."""
    photos: tuple[PhotoCard, ...]
    codes: tuple[str, ...]
    """Labels of the pieces, for coordinators."""
    may_borrow: bool
    may_change: bool
    may_keep: bool


@dataclass(frozen=True)
class DayCell:
    """One day of a month: its number and how it stands: free, taken, closed, past, mending, chosen."""

    day: date
    how: str
    is_today: bool = False


@dataclass(frozen=True)
class MonthCard:
    """The weeks of a month, blank days as None, and the months beside it where there is something to see."""

    first: date
    weekdays: tuple[int, ...]
    weeks: tuple[tuple[DayCell | None, ...], ...]
    before: date | None
    after: date | None


@dataclass(frozen=True)
class ChosenSpan:
    """For how many days something is free from a chosen day: each number of days with the day it comes back."""

    first: date
    choices: tuple[tuple[int, date], ...]


@dataclass(frozen=True)
class SlotCell:
    """One hour of a day at which a room or a skill can be had, and for how many minutes at most."""

    begin: time
    longest: int


@dataclass(frozen=True)
class LoanCard:
    """A booking, for whoever borrows, for the lender and for the counter."""

    public_id: str
    item_id: str
    item: str
    kind: str
    state: str
    code: str
    place: str
    starts_at: datetime
    ends_at: datetime
    first: date
    last: date
    opens: time
    closes: time
    days_late: int
    answer_until: datetime | None
    renewals: int
    renewals_most: int
    borrower: str
    """A member's name for the counter, of a guest and for the lender the first name; empty for the borrower."""
    is_guest: bool
    is_own: bool
    may_decide: bool
    may_keep: bool
    may_renew: bool
    needs_introduction: bool
    unplaced: bool
    """It holds a time, and no sound piece is left for it: a coordinator calls."""
    mending: bool


@dataclass(frozen=True)
class CopyCard:
    """One piece at the counter: what is out on it, or who comes for it next."""

    code: str
    state: str
    item_id: str
    item: str
    kind: str
    days_most: int
    out: LoanCard | None
    coming: tuple[LoanCard, ...]
    repair: str


@dataclass(frozen=True)
class CounterCard:
    """The day at the counter."""

    asked: tuple[LoanCard, ...]
    coming: tuple[LoanCard, ...]
    back_today: tuple[LoanCard, ...]
    late: tuple[LoanCard, ...]
    proposed: tuple[ItemRow, ...]
    repairs: int


@dataclass(frozen=True)
class RepairCard:
    """What broke, and whether somebody would help mend it."""

    public_id: str
    code: str
    item: str
    item_id: str
    words: str
    helper: str
    opened_at: datetime


@dataclass(frozen=True)
class LabelCard:
    """A label to print: its code, and what it hangs on."""

    code: str
    item: str


@dataclass(frozen=True)
class BorrowerCard:
    """Name and phone, after a logged look."""

    name: str
    phone: str


@dataclass(frozen=True)
class FeedEvent:
    """One time in a calendar: what, when, where, in which state; nobody's name."""

    uid: str
    what: str
    place: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    first: date
    last: date
    cancelled: bool
    changed_at: datetime

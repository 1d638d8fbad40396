"""A sheet of requests as the coordinator who brings it in sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ColumnCard:
    """One column: its head, the field it was taken for, and what stands in it first."""

    place: int
    head: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """One cell that keeps its row out."""

    row: int
    field: str
    head: str
    code: str
    said: str
    name: str


@dataclass(frozen=True, slots=True)
class LikeCard:
    """A sound row that may be of a household asked for already: an earlier row `of`, or a request of ours.

    `same` says that it repeats the earlier row word for word.
    """

    row: int
    name: str
    things: tuple[str, ...]
    of: int | None = None
    number: int | None = None
    request_id: str = ""
    by_name: bool = False
    same: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class IncomingCard:
    """A sound row as it would become a request."""

    row: int
    name: str
    phone: str
    size: int | None
    day: date | None
    things: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class GuessedDayCard:
    """A day that could be read otherwise: as written, as read, and why (`either`, `column`, `turned`)."""

    row: int
    said: str
    day: date
    why: str


@dataclass(frozen=True, slots=True)
class AssumedCard:
    """What the sheet leaves open: the head of the column, how many of its dates, and why."""

    head: str
    field: str
    order: str
    why: str
    rows: int


@dataclass(frozen=True, slots=True)
class ImportCard:
    """One sheet: what it holds, what is wrong with it, and what may be taken in."""

    public_id: str
    title: str
    started_at: datetime
    is_over: bool
    mapping_confirmed: bool
    order: str
    columns: tuple[ColumnCard, ...]
    rows: int
    ready: int
    imported: int
    left_out: tuple[int, ...]
    problems: tuple[ProblemCard, ...]
    guessed: tuple[GuessedDayCard, ...]
    likes: tuple[LikeCard, ...]
    incoming: tuple[IncomingCard, ...]
    assumed: tuple[AssumedCard, ...]
    skipped: tuple[tuple[int, str], ...]
    others: tuple[str, ...]

    @property
    def rows_with_problems(self) -> int:
        """How many rows something keeps out."""
        return len({problem.row for problem in self.problems})

"""What a viewer may see of a common problem. Nobody is named but to the working group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tadamun.pillars.support.problems.vocabulary import Happening, Moment, PostKind, ProblemState, Side


@dataclass(frozen=True)
class ProblemRow:
    """One problem in a list."""

    public_id: str
    title: str
    area: str
    icon: str
    state: ProblemState
    affected: int
    raised_at: datetime


@dataclass(frozen=True)
class ProblemRef:
    """A problem for whoever puts it forward elsewhere, as for the fund or a campaign: no names, no photos."""

    public_id: str
    title: str
    body: str
    area_id: str
    category: str
    """The catalogue's code; empty where none was named."""
    state: ProblemState
    affected: int


@dataclass(frozen=True)
class AreaCount:
    """How many of an area it affects; an empty name stands for all the areas that are too few to be named."""

    area: str
    count: int


@dataclass(frozen=True)
class ReasonCard:
    """A reason for or against an idea."""

    public_id: str
    side: Side
    words: str
    may_remove: bool


@dataclass(frozen=True)
class IdeaCard:
    """An idea for a solution."""

    public_id: str
    words: str
    reasons_for: tuple[ReasonCard, ...]
    reasons_against: tuple[ReasonCard, ...]
    may_remove: bool


@dataclass(frozen=True)
class PictureCard:
    """A photo of the problem, or of what became of it."""

    public_id: str
    moment: Moment
    width: int
    height: int
    reported: bool
    """Seen by coordinators alone until one of them has decided."""
    may_report: bool
    may_decide: bool


@dataclass(frozen=True)
class HappeningCard:
    """One entry of the timeline."""

    what: Happening
    at: datetime
    count: int


@dataclass(frozen=True)
class StepCard:
    """One step of the group; `owner` is a name for the group alone."""

    public_id: str
    words: str
    owner: str
    has_owner: bool
    due_on: date | None
    done_at: datetime | None
    late: bool
    may_change: bool


@dataclass(frozen=True)
class PostCard:
    """What the group asked for or offered among needs and offers."""

    kind: PostKind
    category: str
    icon: str
    quantity: int
    posted_at: datetime
    reference: str
    """Public id of the request or offer, for whoever posted it; else empty."""


@dataclass(frozen=True)
class GroupCard:
    """The working group as this viewer may see it."""

    size: int
    facilitator: str
    names: tuple[tuple[str, str], ...]
    """Public id and name of each, for the group alone."""
    steps: tuple[StepCard, ...]
    posts: tuple[PostCard, ...]
    is_in: bool
    may_work: bool


@dataclass(frozen=True)
class MayDo:
    """What this viewer may do with a problem."""

    take_part: bool = False
    steer: bool = False
    merge: bool = False
    correct: bool = False


@dataclass(frozen=True)
class ProblemCard:
    """One problem as its page shows it."""

    public_id: str
    title: str
    body: str
    area: str
    area_id: str
    category: str
    category_code: str
    icon: str
    since_on: date | None
    state: ProblemState
    raised_at: datetime
    outcome: str
    settled_at: datetime | None
    is_open: bool
    """Seen by everybody, not by members alone."""
    affected: int
    by_area: tuple[AreaCount, ...]
    same_requests: int | None
    """Open requests of the same kind and area, from ten up."""
    affects_viewer: bool
    followed: bool
    thanked: bool
    thanks: int
    pictures: tuple[PictureCard, ...]
    ideas: tuple[IdeaCard, ...]
    history: tuple[HappeningCard, ...]
    has_group: bool
    in_group: bool
    group_size: int
    steps_done: int
    steps: int
    may: MayDo


@dataclass(frozen=True)
class Share:
    """What is said of a problem outside: no names, only what everybody may see."""

    title: str
    area: str
    affected: int
    state: ProblemState

"""What a viewer may see of circles and talks: nobody outside is told who is inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from tadamun.pillars.support.circles.vocabulary import Answer, ForWhom, Kind, Rhythm, TalkState, Way


@dataclass(frozen=True)
class HostCard:
    """A host as those see them who think of joining."""

    alias: str
    about: str


@dataclass(frozen=True)
class CircleCard:
    """What every member of the community may read of a circle."""

    public_id: str
    kind: Kind
    name: str
    purpose: str
    for_whom: ForWhom
    language: str
    age_from: int | None
    age_to: int | None
    size_most: int
    place: str
    has_link: bool
    rhythm: Rhythm
    weekday: int
    clock: time
    minutes: int
    agreement: tuple[str, ...]
    allows_pseudonym: bool
    message_days: int
    hosts: tuple[HostCard, ...]
    next_at: datetime | None
    rests: bool
    """It waits for hosts: nobody joins and nothing is written."""
    closed: bool


@dataclass(frozen=True)
class MyStanding:
    """How the viewer alone stands to a circle."""

    inside: bool
    asked: bool
    host: bool
    may_host: bool
    may_close: bool


@dataclass(frozen=True)
class SessionCard:
    """The next meeting, for somebody inside."""

    public_id: str
    starts_at: datetime
    answer: Answer | None
    free: bool


@dataclass(frozen=True)
class MessageCard:
    """One message as one reader sees it."""

    public_id: str
    alias: str
    by_host: bool
    mine: bool
    written_at: datetime
    body: str
    hidden: bool
    care: bool
    """Its words call for the helpline: shown to whoever wrote it, and to the hosts."""


@dataclass(frozen=True)
class Inside:
    """A circle from within."""

    circle: CircleCard
    alias: str
    host: bool
    link: str
    session: SessionCard | None
    messages: tuple[MessageCard, ...]
    quiet_until: datetime | None
    asked: int
    """Hosts: how many ask to join."""
    reports: int


@dataclass(frozen=True)
class SeatCard:
    """Somebody as the hosts know them: by the name they chose."""

    public_id: str
    alias: str
    host: bool
    wants_to_host: bool
    asked_at: datetime
    quiet_until: datetime | None


@dataclass(frozen=True)
class AttendanceCard:
    """What somebody said of a session, and whether they came."""

    seat_id: str
    alias: str
    answer: Answer
    came: bool | None


@dataclass(frozen=True)
class MeetingCard:
    """A meeting as the hosts look after it."""

    public_id: str
    starts_at: datetime
    began: bool
    hard: bool
    debriefed: bool
    attendances: tuple[AttendanceCard, ...]


@dataclass(frozen=True)
class ReportCard:
    """A report that a host decides on."""

    public_id: str
    alias: str
    seat_id: str
    body: str
    reason: str
    made_at: datetime


@dataclass(frozen=True)
class Hosting:
    """What the hosts of a circle look after."""

    circle: CircleCard
    asked: tuple[SeatCard, ...]
    seats: tuple[SeatCard, ...]
    meetings: tuple[MeetingCard, ...]
    reports: tuple[ReportCard, ...]


@dataclass(frozen=True)
class MessageDeeds:
    """What a reader can do about one message."""

    message: MessageCard
    circle_id: str
    circle_name: str
    host: bool
    muted: bool
    blocked: bool
    reported: bool


@dataclass(frozen=True)
class CareLineCard:
    """A line to call, and its key for those who keep the list."""

    key: int
    name: str
    phone: str


@dataclass(frozen=True)
class ListenerCard:
    """A listener as they see themselves, or as a coordinator confirms them."""

    public_id: str
    name: str
    alias: str
    gender: str
    languages: tuple[str, ...]
    ways: tuple[Way, ...]
    room: str
    week_most: int
    available: bool
    trained: bool


@dataclass(frozen=True)
class TalkRow:
    """One talk in a list of one's own."""

    public_id: str
    other: str
    listening: bool
    way: Way
    state: TalkState
    asked_at: datetime


@dataclass(frozen=True)
class LineCard:
    """One line of a talk."""

    mine: bool
    body: str
    written_at: datetime
    care: bool


@dataclass(frozen=True)
class TalkCard:
    """A talk as one of the two sees it."""

    public_id: str
    other: str
    alias: str
    listening: bool
    way: Way
    state: TalkState
    room: str
    lines: tuple[LineCard, ...]

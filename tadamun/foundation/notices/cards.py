"""What a reader sees of a notice, and a coordinator of a text that waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tadamun.foundation.notices.vocabulary import Channel


@dataclass(frozen=True)
class NoticeCard:
    """One line of somebody's inbox."""

    public_id: str
    subject: str
    body: str
    url: str
    made_at: datetime
    unread: bool


@dataclass(frozen=True)
class WaitingText:
    """A text that waits for a coordinator's phone: what it is about, neither phone nor text."""

    public_id: str
    subject: str
    made_at: datetime
    first_name: str


@dataclass(frozen=True)
class UnsureSending:
    """A sending that broke off: it may have arrived or not."""

    public_id: str
    channel: Channel
    subject: str
    at: datetime
    first_name: str


@dataclass(frozen=True)
class ReadyText:
    """A text with the phone it goes to, as a coordinator opens it: made only under a log entry."""

    public_id: str
    first_name: str
    phone: str
    body: str
    wa_url: str
    sms_url: str

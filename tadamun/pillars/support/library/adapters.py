"""Times as iCalendar (RFC 5545): what calendars on phones and computers read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from tadamun.pillars.support.library.cards import FeedEvent

_LINE_BYTES = 75


def as_icalendar(*, events: Iterable[FeedEvent], name: str, host: str) -> str:
    """A calendar file; things stand on whole days, rooms and skills at their hours."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tadamun//Library//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for event in events for line in _event(event, host=host)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: FeedEvent, *, host: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@{_text(host)}"
    yield f"DTSTAMP:{_moment(event.changed_at)}"
    if event.all_day:
        yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    else:
        yield f"DTSTART:{_moment(event.starts_at)}"
        yield f"DTEND:{_moment(event.ends_at)}"
    yield f"SUMMARY:{_text(event.what)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A text with the marks that would end or part it taken care of."""
    safe = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return safe.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A long line in parts of at most 75 bytes, each after the first begun with a blank, no letter cut in two."""
    part, length = "", 0
    for letter in line:
        size = len(letter.encode())
        if length + size > _LINE_BYTES:
            yield part
            part, length = " ", 1
        part, length = part + letter, length + size
    yield part

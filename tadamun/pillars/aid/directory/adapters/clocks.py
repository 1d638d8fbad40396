"""Opening hours as people write them."""

from __future__ import annotations

import re
from datetime import time

from tadamun.kernel.digits import to_latin
from tadamun.pillars.aid.directory.adapters.columns import folded
from tadamun.pillars.aid.directory.adapters.drafts import Hours

_DAYS = (
    "monday mon mo lundi lun lu الاثنين الإثنين",
    "tuesday tues tue tu mardi mar ma الثلاثاء",
    "wednesday wed we mercredi mer الأربعاء الاربعاء",
    "thursday thurs thur thu th jeudi jeu الخميس",
    "friday fri fr vendredi ven الجمعة",
    "saturday sat sa samedi sam السبت",
    "sunday sun su dimanche dim الأحد الاحد",
)
WEEKDAYS = {folded(name): day for day, names in enumerate(_DAYS) for name in names.split()}
_NAME = "|".join(sorted((name for names in _DAYS for name in names.split()), key=len, reverse=True))
_CLOCK = r"(\d{1,2})(?::?(\d{2}))?\s*([ap])?\.?m?\.?"
_ONE = re.compile(rf"\s*{_CLOCK}\s*\Z", re.IGNORECASE)
_ISO = re.compile(r"\s*(\d{1,2}):(\d{2})(?::\d{2})?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*\Z")
_SPAN = re.compile(rf"{_CLOCK}\s*(?:-|–|—|to|until|till|à|الى|إلى|حتى)\s*{_CLOCK}", re.IGNORECASE)
_DAY = re.compile(rf"\b({_NAME})\b\.?(?:\s*(?:-|–|to|through|à|الى|إلى)\s*\b({_NAME})\b)?", re.IGNORECASE)
_DAILY = re.compile(r"\b(daily|every ?day|7 days a week|يوميا|tous les jours)\b", re.IGNORECASE)
_ALWAYS = re.compile(
    r"\s*24\s*(?:hours|hrs|h)?\s*(?:a day|/|,)\s*,?\s*7\s*(?:days a week|days)?\s*\Z", re.IGNORECASE
)
_NOON, _HOURS, _MINUTES = 12, 24, 60


def clock(text: str, *, beside: str = "") -> tuple[time | None, bool]:
    """A time of day, and whether it was written as the standard writes it; None where nobody can be sure.

    :param beside: the other end of the hours; where it says am or pm, a bare number might be either.
    """
    plain = to_latin(text).strip()
    iso = _ISO.match(plain)
    halves = re.search(r"\d\s*[ap]", beside, re.IGNORECASE)
    if iso and not halves:
        return _time(int(iso[1]), int(iso[2]), ""), True
    found = _ONE.match(plain)
    if not found or (not found[3] and (halves or not found[2])):
        return None, False
    read = _time(int(found[1]), int(found[2] or 0), (found[3] or "").casefold())
    return read, bool(re.fullmatch(r"\d{1,2}:\d{2}[ap]m", plain, re.IGNORECASE))


def hours_in(text: str) -> tuple[Hours, ...]:
    """Lines of hours in a text such as «9:00am-5:00pm, Mon-Fri»; none where any of it is not understood."""
    plain = to_latin(text).strip()
    if _ALWAYS.match(plain):
        return tuple(Hours(day, time(0), time(0)) for day in range(7))
    found: list[Hours] = []
    for part in re.split(r"[;\n]+", plain):
        if part.strip():
            lines = _line(part)
            if not lines:
                return ()
            found += lines
    return tuple(dict.fromkeys(found))


def spans_in(text: str) -> tuple[tuple[time, time], ...] | None:
    """The hours of one day, «9:00 to 14:30, 16-19»; None where any of it is not understood."""
    plain = to_latin(text).strip()
    if _ALWAYS.match(plain) or re.fullmatch(r"24\s*(?:h|hours|ساعة)?", plain):
        return ((time(0), time(0)),)
    if re.search(r"[^\s,،;و]", _SPAN.sub("", plain)):
        return None
    found = [_span(parts) for parts in _SPAN.findall(plain)]
    spans = tuple(span for span in found if span is not None)
    return spans if spans and len(spans) == len(found) else None


def days_in(text: str) -> tuple[int, ...]:
    """The weekdays named: «Mon-Fri», «MO,TU», «السبت إلى الخميس»."""
    if _DAILY.search(text):
        return tuple(range(7))
    days: list[int] = []
    for first, last in _DAY.findall(text):
        begins = WEEKDAYS[folded(first)]
        ends = WEEKDAYS[folded(last)] if last else begins
        days += [(begins + step) % 7 for step in range((ends - begins) % 7 + 1)]
    return tuple(dict.fromkeys(days))


def _line(text: str) -> list[Hours]:
    spans, days = _SPAN.findall(text), days_in(text)
    rest = _DAILY.sub("", _DAY.sub("", _SPAN.sub("", text)))
    if not spans or not days or re.search(r"\w", rest.replace("and", "").replace("و", "")):
        return []
    hours = []
    for parts in spans:
        span = _span(parts)
        if span is None:
            return []
        hours += [Hours(day, *span) for day in days]
    return hours


def _span(parts: tuple[str, ...]) -> tuple[time, time] | None:
    """Two ends of one span; None where one says am or pm and the other might be either."""
    first, first_minutes, first_half, last, last_minutes, last_half = parts
    if first_half and not last_half:
        return None
    opens = _time(int(first), int(first_minutes or 0), (first_half or last_half).casefold())
    closes = _time(int(last), int(last_minutes or 0), last_half.casefold())
    if opens is None or closes is None:
        return None
    # «9-5pm»: the first hour is the one of the morning when the afternoon's would come after the end.
    if not first_half and last_half and opens >= closes:
        opens = _time(int(first), int(first_minutes or 0), "a") or opens
    return opens, closes


def _time(hour: int, minute: int, half: str) -> time | None:
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return time(hour % _HOURS, minute) if hour <= _HOURS and minute < _MINUTES else None

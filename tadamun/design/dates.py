"""Days, hours and spans in words: months by region, never digit-dash-digit, never an ISO date."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from hijridate import Gregorian

from tadamun.design import counts
from tadamun.design.numbers import NO_BREAK, number
from tadamun.design.region import current_region, in_arabic, language, shown_digits, shows_hijri

# The parts of the day as they are said, each from its first hour.
_ARABIC_PARTS = ((0, "ليلًا"), (4, "صباحًا"), (12, "ظهرًا"), (15, "مساءً"))
# Within six days either way a weekday says enough to find the day.
_NOON, _THIS_WEEK = 12, 6
_HIJRI_MONTHS = (
    "محرّم",
    "صفر",
    "ربيع الأوّل",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوّال",
    "ذو القعدة",
    "ذو الحجّة",
)


def _local(value: Any) -> Any:
    """A datetime in the active time zone; dates and times as they are."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _as_date(value: Any) -> date | None:
    local = _local(value)
    if isinstance(local, datetime):
        return local.date()
    return local if isinstance(local, date) else None


def _month(value: date) -> str:
    return current_region().months[value.month - 1] if in_arabic() else str(MONTHS[value.month])


def _day_number(value: date) -> str:
    return "1er" if language() == "fr" and value.day == 1 else shown_digits(str(value.day))


def day(value: Any, style: str | None = "") -> str:
    """«الثلاثاء ١٠ آذار», with the year when it is not the present one, and the Hijri day where it is wanted.

    :param style: `short` leaves the weekday and the Hijri day out, `long` always writes the year.
    """
    on = _as_date(value)
    if on is None:
        return ""
    lunar = hijri(on) if shows_hijri() and style != "short" else ""
    return f"{_gregorian(on, style)} ({lunar})" if lunar else _gregorian(on, style)


def _gregorian(on: date, style: str | None = "") -> str:
    parts = [] if style == "short" else [str(WEEKDAYS[on.weekday()])]
    parts += [_day_number(on), _month(on)]
    if style == "long" or on.year != timezone.localdate().year:
        parts.append(shown_digits(str(on.year)))
    return " ".join(parts)


def _arabic_part(hour: int) -> str:
    return next(word for first, word in reversed(_ARABIC_PARTS) if hour >= first)


def _hour(at: time) -> tuple[str, str]:
    """The hour as digits, and the word that says which half or part of the day it stands in."""
    if language() == "fr":
        return f"{at.hour}{NO_BREAK}h" + (f"{NO_BREAK}{at.minute:02d}" if at.minute else ""), ""
    hour = at.hour % _NOON or _NOON
    digits = shown_digits(f"{hour}:{at.minute:02d}" if at.minute else str(hour))
    return digits, _arabic_part(at.hour) if in_arabic() else ("am" if at.hour < _NOON else "pm")


def clock(value: Any) -> str:
    """«٨ مساءً», «٨:٣٠ صباحًا»."""
    at = _local(value)
    at = at.time() if isinstance(at, datetime) else at
    if not isinstance(at, time):
        return ""
    return NO_BREAK.join(part for part in _hour(at) if part)


def _near(on: date, today: date) -> str:
    """Today, yesterday or tomorrow in words, or nothing."""
    words = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}
    return words.get((on - today).days, "")


def when(value: Any, at: datetime | None = None) -> str:
    """«اليوم ٦:٢٠ مساءً»: the nearest way to say a moment; a date without hour stays one."""
    on = _as_date(value)
    if on is None:
        return ""
    today = _as_date(at) or timezone.localdate()
    near = _near(on, today)
    if not isinstance(value, datetime):
        return near or day(on)
    shown = clock(value)
    patterns = {
        0: _("today at %(clock)s"),
        -1: _("yesterday at %(clock)s"),
        1: _("tomorrow at %(clock)s"),
    }
    if near:
        return patterns[(on - today).days] % {"clock": shown}
    far = abs((on - today).days) > _THIS_WEEK
    return _("%(day)s at %(clock)s") % {"day": day(on, "short" if far else ""), "clock": shown}


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value if timezone.is_aware(value) else timezone.make_aware(value)
    if isinstance(value, date):
        return timezone.make_aware(datetime.combine(value, time()))
    return None


def since(value: Any, at: datetime | None = None) -> str:
    """«منذ ٢٦ ساعة»."""
    moment = _moment(value)
    return "" if moment is None else counts.ago((_moment(at) or timezone.now()) - moment)


def ahead(value: Any, at: datetime | None = None) -> str:
    """«بعد ٣ أيّام»."""
    moment = _moment(value)
    if moment is None:
        return ""
    # Rounded up: what comes in two hours and fifty-nine minutes comes in three hours.
    return counts.ahead(moment - (_moment(at) or timezone.now()) + timedelta(minutes=5))


def hijri(value: Any) -> str:
    """«١٦ رمضان ١٤٤٧», by the Umm al-Qura calendar; nothing outside the years it covers."""
    on = _as_date(value)
    if on is None:
        return ""
    try:
        lunar = Gregorian(on.year, on.month, on.day).to_hijri()
    except OverflowError:
        return ""
    month = _HIJRI_MONTHS[lunar.month - 1] if in_arabic() else lunar.month_name()
    return f"{shown_digits(str(lunar.day))} {month} {shown_digits(str(lunar.year))}"


def _times_between(start: time, end: time) -> str:
    first, first_part = _hour(start)
    last, last_part = _hour(end)
    lead = first if first_part == last_part else f"{first}{NO_BREAK}{first_part}"
    return _("from %(start)s to %(end)s") % {
        "start": lead,
        "end": f"{last}{NO_BREAK}{last_part}".strip(NO_BREAK),
    }


def _dates_between(start: date, end: date) -> str:
    if start == end:
        return day(start)
    same_month = (start.year, start.month) == (end.year, end.month)
    first = _day_number(start) if same_month else day(start, "short")
    return _("from %(first)s to %(last)s") % {"first": first, "last": day(end, "short")}


def _moments_between(start: datetime, end: datetime) -> str:
    first, last = _local(start), _local(end)
    if first.date() != last.date():
        return _("from %(first)s to %(last)s") % {
            "first": f"{_gregorian(first.date())} {clock(first)}",
            "last": f"{_gregorian(last.date())} {clock(last)}",
        }
    return _("%(day)s, %(span)s") % {"day": day(first), "span": _times_between(first.time(), last.time())}


def _one(value: Any) -> str:
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, date):
        return day(value)
    return clock(value) if isinstance(value, time) else number(value)


def between(start: Any, end: Any) -> str:
    """«من ٥ إلى ٨ مساءً»: a span of times, dates, moments or numbers; either end may be open."""
    if start is None and end is None:
        return ""
    if start is None:
        return _("until %(end)s") % {"end": _one(end)}
    if end is None:
        return _("from %(start)s on") % {"start": _one(start)}
    if isinstance(start, datetime) and isinstance(end, datetime):
        return _moments_between(start, end)
    if isinstance(start, date) and isinstance(end, date):
        return _dates_between(start, end)
    if isinstance(start, time) and isinstance(end, time):
        return _times_between(start, end)
    return _("from %(start)s to %(end)s") % {"start": _one(start), "end": _one(end)}

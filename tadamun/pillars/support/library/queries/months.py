"""The calendar that people see: a month of days, the lengths that are free from one of them, the hours of a day."""

from __future__ import annotations

from calendar import Calendar as Weeks
from datetime import date, datetime, time, timedelta

from tadamun.foundation.communities.models import Community
from tadamun.pillars.support.library.cards import ChosenSpan, DayCell, MonthCard, SlotCell
from tadamun.pillars.support.library.models import Copy, Item
from tadamun.pillars.support.library.queries.calendars import calendar_of, week_of
from tadamun.pillars.support.library.queries.items import item_seen
from tadamun.pillars.support.library.slots import Calendar, Held, Week, last_day, local_day
from tadamun.pillars.support.library.vocabulary import AHEAD_DAYS, STEP_MINUTES, CopyState, Kind


def month_card(
    *,
    community: Community,
    item_id: str,
    viewer: object,
    month: date | None,
    chosen: ChosenSpan | None,
    first_weekday: int,
    at: datetime,
) -> MonthCard:
    """A month of an item, day by day.

    :param month: any day of it; this month unless given, and never further than is booked.
    :param first_weekday: with which the region's week begins (Monday is 0).
    :raises NoSuchItem: for this viewer there is none.
    """
    item = item_seen(community=community, item_id=item_id, viewer=viewer)
    today = local_day(at, community.time_zone)
    furthest = today + timedelta(days=AHEAD_DAYS)
    first = min(max(month or today, today), furthest).replace(day=1)
    calendar, week = calendar_of(item=item, at=at), week_of(item)
    mending = not calendar.copies and Copy.objects.filter(item=item, state=CopyState.MENDING).exists()
    span = _days_of(chosen)
    weeks = []
    for row in Weeks(first_weekday).monthdatescalendar(first.year, first.month):
        cells = [
            DayCell(
                day, _how(item, calendar, week, day, today=today, mending=mending, span=span), day == today
            )
            if day.month == first.month
            else None
            for day in row
        ]
        weeks.append(tuple(cells))
    after = (first + timedelta(days=32)).replace(day=1)
    return MonthCard(
        first=first,
        weekdays=tuple((first_weekday + step) % 7 for step in range(7)),
        weeks=tuple(weeks),
        before=(first - timedelta(days=1)).replace(day=1) if first > today else None,
        after=after if after <= furthest else None,
    )


def _days_of(chosen: ChosenSpan | None) -> frozenset[date]:
    if chosen is None:
        return frozenset()
    last = chosen.choices[-1][1] if chosen.choices else chosen.first
    return frozenset(chosen.first + timedelta(days=step) for step in range((last - chosen.first).days + 1))


def _how(
    item: Item,
    calendar: Calendar,
    week: Week,
    day: date,
    *,
    today: date,
    mending: bool,
    span: frozenset[date],
) -> str:
    if day < today or day > today + timedelta(days=AHEAD_DAYS):
        return "past"
    if day in span:
        return "chosen"
    if mending:
        return "mending"
    if not week.opens_on(day):
        return "closed"
    if item.kind == Kind.THING:
        return "free" if calendar.fits(*week.span(day, 1)) else "taken"
    return "free" if _any_hour(item, calendar, week, day) else "taken"


def _any_hour(item: Item, calendar: Calendar, week: Week, day: date) -> bool:
    return any(calendar.fits(*week.hours(day, begin, STEP_MINUTES)) for begin in _steps(item))


def chosen_span(
    *, community: Community, item_id: str, viewer: object, first: date, at: datetime
) -> ChosenSpan | None:
    """For how many days a thing is free from a day; None where it is not free that day.

    :raises NoSuchItem: for this viewer there is none.
    """
    item = item_seen(community=community, item_id=item_id, viewer=viewer)
    week, zone = week_of(item), community.time_zone
    today = local_day(at, zone)
    if item.kind != Kind.THING or not today <= first <= today + timedelta(days=AHEAD_DAYS):
        return None
    calendar = calendar_of(item=item, at=at)
    if not week.opens_on(first):
        return None
    longest = calendar.longest(week=week, first=first, most=item.days_most)
    lengths = [(days, last_day(week.span(first, days)[1], zone)) for days in range(1, longest + 1)]
    return ChosenSpan(first, tuple(lengths)) if lengths else None


def free_hours(
    *, community: Community, item_id: str, viewer: object, on: date, at: datetime
) -> tuple[SlotCell, ...]:
    """The hours of a day at which a room or a skill can be had.

    :raises NoSuchItem: for this viewer there is none.
    """
    item = item_seen(community=community, item_id=item_id, viewer=viewer)
    week, today = week_of(item), local_day(at, community.time_zone)
    if item.kind == Kind.THING or not week.opens_on(on):
        return ()
    if not today <= on <= today + timedelta(days=AHEAD_DAYS):
        return ()
    calendar = calendar_of(item=item, at=at)
    cells = (SlotCell(begin, _longest(item, calendar, week, on, begin)) for begin in _steps(item))
    return tuple(cell for cell in cells if cell.longest and week.hours(on, cell.begin, 1)[0] > at)


def _longest(item: Item, calendar: Calendar, week: Week, on: date, begin: time) -> int:
    room = _minutes(item.closes) - _minutes(begin)
    longest = 0
    for minutes in range(STEP_MINUTES, min(item.minutes_most, room) + 1, STEP_MINUTES):
        starts, ends = week.hours(on, begin, minutes)
        if calendar.with_time(Held(0, starts, ends)) is None:
            break
        longest = minutes
    return longest


def _steps(item: Item) -> list[time]:
    first = -(-_minutes(item.opens) // STEP_MINUTES) * STEP_MINUTES
    return [
        time(*divmod(minute, 60))
        for minute in range(first, _minutes(item.closes) - STEP_MINUTES + 1, STEP_MINUTES)
    ]


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute

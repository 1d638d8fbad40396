"""A row of a sheet as a request: what it asks for, by when, where, and what it says beside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tadamun.foundation.catalogue.queries import category_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.consents import current_version
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.foundation.places.models import Area
from tadamun.kernel.cells.needs import Thing
from tadamun.kernel.cells.sums import read_sum
from tadamun.kernel.intake import RowReading
from tadamun.kernel.intake.duplicates import place_key
from tadamun.kernel.text import clean_line
from tadamun.pillars.aid.needs.queries.importing import SheetReading
from tadamun.pillars.aid.needs.services.details import AskDetails, LineDetails
from tadamun.pillars.aid.needs.vocabulary import (
    DETAIL_MOST,
    LINES_MOST,
    QUANTITY_MOST,
    TEXT_MOST,
    Origin,
    When,
)


def details_of(
    row: RowReading,
    *,
    reading: SheetReading,
    community: Community,
    areas: Mapping[str, Area],
    by_phone: bool,
    at: datetime,
) -> AskDetails:
    """The request that a row of a sheet asks for.

    :param areas: the areas of the community, by `place_key`.
    :param by_phone: a coordinator takes it in, as if told on the phone; else somebody asks on their behalf.
    """
    area = _area(row.place, areas)
    address = row.said.get("address", "")
    if row.place and (area is None or place_key(row.place) != place_key(area.name)):
        address = "، ".join(part for part in (row.place, address) if part)
    when = _when(row, today=at.astimezone(ZoneInfo(community.time_zone)).date())
    things = row.things[:LINES_MOST]
    origin = Origin.PHONE if by_phone else Origin.ON_BEHALF
    return AskDetails(
        lines=tuple(_line(row, thing, community=community, when=when) for thing in things),
        origin=origin,
        phone=row.phone,
        asker_name=row.name,
        household_size=row.size,
        area=area,
        address=address,
        notes=_notes(row, reading=reading, rest=len(row.things) > LINES_MOST),
        consent_version=current_version(
            purpose=ConsentPurpose.HELP if by_phone else ConsentPurpose.ON_BEHALF
        ),
        tells=False,
        promises_call=False,
    )


def _line(row: RowReading, thing: Thing, *, community: Community, when: When) -> LineDetails:
    """One thing of a row; of money how much the sheet says, and never more than it says."""
    category = category_of(community=community, code=thing.code)
    sum_said = None
    if category.is_money:
        words = [thing.said, *([row.said.get("need", "")] if len(row.things) == 1 else [])]
        sums = (read_sum(text, currency=community.currency) for text in words)
        sum_said = next((one for one in sums if one is not None and one <= QUANTITY_MOST), None)
    return LineDetails(
        category=category,
        quantity=sum_said or 1,
        amount_unsaid=category.is_money and sum_said is None,
        when=when,
        detail=clean_line(thing.said)[:DETAIL_MOST],
    )


def _notes(row: RowReading, *, reading: SheetReading, rest: bool) -> str:
    """What the row says beside the fields, each with the sheet's own word for it: nothing is lost."""
    lines = [row.said.get("notes", "")]
    beside = {
        "phone": bool(row.other_phones),
        "need": bool(row.unknown) or rest,
        "date": bool(row.said.get("date")),
    }
    for field, wanted in beside.items():
        if wanted:
            lines.append(f"{reading.head_of(field)}: {clean_line(row.said.get(field, ''))}".strip(": "))
    return "\n".join(line for line in lines if line)[:TEXT_MOST]


def _area(place: str, areas: Mapping[str, Area]) -> Area | None:
    """The area of that name, or the one whose name stands in the text."""
    said = f" {place_key(place)} "
    found = [name for name in areas if name and f" {name} " in said]
    return areas[max(found, key=len)] if found else None


def _when(row: RowReading, *, today: date) -> When:
    """The answer nearest to the day that the row names; what was needed on a day that passed is needed at once."""
    if row.day is None:
        return When(row.soon) if row.soon else When.ANY
    days = (row.day - today).days
    for most, when in ((0, When.TODAY), (7, When.WEEK), (30, When.MONTH)):
        if days <= most:
            return when
    return When.ANY

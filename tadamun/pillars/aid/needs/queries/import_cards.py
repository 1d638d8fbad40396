"""What the page of a sheet shows of its reading: columns, problems, likely doubles, guessed days, what is ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tadamun.kernel.cells.cell import text_of
from tadamun.kernel.cells.phones import dialled_form
from tadamun.kernel.intake import RowReading
from tadamun.kernel.sheets import Sheet
from tadamun.pillars.aid.needs.cards import ColumnCard, GuessedDayCard, IncomingCard, LikeCard, ProblemCard

if TYPE_CHECKING:
    from tadamun.pillars.aid.needs.queries.importing import SheetReading


def column_cards(sheet: Sheet, reading: SheetReading) -> list[ColumnCard]:
    """Every column with its head, the field it was taken for, and what stands in it first."""
    # A row that became a request opens as requests do, by name and reason: it is no sample any more.
    body = [row for row in sheet.rows if row.number > reading.header.row and row.number not in reading.taken]
    width = max(len(reading.header.names), max((len(row.cells) for row in body), default=0))
    cards = []
    for place in range(width):
        samples = [text_of(row.cell(place)) for row in body[:12] if row.cell(place) is not None][:3]
        head = reading.header.names[place] if place < len(reading.header.names) else ""
        if head or samples:
            cards.append(ColumnCard(place, head, reading.mapping.get(place, ""), tuple(samples)))
    return cards


def problem_cards(reading: SheetReading) -> list[ProblemCard]:
    """Every cell that keeps its row out."""
    out = reading.taken | reading.left_out
    return [
        ProblemCard(
            row=row.row,
            field=problem.field,
            head=reading.head_of(problem.field),
            code=problem.code,
            said=problem.said,
            name=row.name,
        )
        for row in reading.intake.rows
        if row.row not in out
        for problem in row.problems
    ]


def like_cards(
    reading: SheetReading, *, by_row: Mapping[int, RowReading], names: Mapping[str, str]
) -> list[LikeCard]:
    """Sound rows that may be of a household asked for already, those that repeat a row word for word among them."""
    likes = []
    doubles = {one.row: one for one in reading.duplicates}
    for number, row in by_row.items():
        double, known = doubles.get(number), reading.known.get(number)
        same = reading.repeats.get(number)
        if number in reading.taken or not row.sound or not (double or known or same):
            continue
        likes.append(
            LikeCard(
                row=number,
                name=row.name,
                things=tuple(names.get(thing.code, thing.said) for thing in row.things),
                of=same or (double.of if double else None),
                same=same is not None,
                number=known[0] if known else None,
                request_id=known[1] if known else "",
                by_name=bool(double and double.why == "name"),
                left_out=number in reading.left_out,
            )
        )
    return likes


def incoming_card(row: RowReading, *, names: Mapping[str, str], region: str) -> IncomingCard:
    """A sound row as it would become a request."""
    return IncomingCard(
        row=row.row,
        name=row.name,
        phone=dialled_form(row.phone, region=region),
        size=row.size,
        day=row.day,
        things=tuple(names.get(thing.code, thing.said) for thing in row.things),
        place=row.place,
    )


def guessed_days(reading: SheetReading) -> list[GuessedDayCard]:
    """Days of rows not yet taken in that could be read otherwise, with how they were read."""
    out = reading.taken | reading.left_out
    return [
        GuessedDayCard(row=row.row, said=row.said.get("date", ""), day=row.day, why=row.day_guessed)
        for row in reading.intake.rows
        if row.day_guessed and row.day is not None and row.row not in out
    ]

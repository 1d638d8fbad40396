"""What each row of a sheet says, and what is wrong with it by column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tadamun.kernel.cells.cell import Cell, text_of
from tadamun.kernel.cells.dates import ColumnOrder, DayReading, Order, order_of, read_day
from tadamun.kernel.cells.folding import fold, fold_name
from tadamun.kernel.cells.needs import Catalogue, Thing, read_needs
from tadamun.kernel.cells.phones import read_phones
from tadamun.kernel.cells.problems import CellProblem
from tadamun.kernel.cells.sizes import read_size
from tadamun.kernel.cells.vocabulary import vocabulary
from tadamun.kernel.intake.mapping import Header
from tadamun.kernel.sheets.sheet import Formula, Sheet, SheetRow

NARROW, PHONE_DIGITS_LEAST, FOOTER_MOST = 2, 6, 40
MENDABLE = ("phone", "size", "date", "need")
"""The fields that can be wrong, in the order in which problems are named."""
REPEATED = frozenset({"date", "place", "need", "asked"})
"""The fields in which a mark of repetition is what stands above it."""
_DITTO = frozenset(
    {'"', "''", "〃", "″", "//", "=", "كذلك", "نفسه", "نفس الحي", "ايضا", "idem", "ditto", "id", "same"}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that keeps its row out. `said` is what stands there."""

    field: str
    code: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row as it was understood. `identity` are its words as the sheet has them, before anything was mended.

    `cells` is all that stands in it, folded, whichever columns are read; empty where a mark stands for the row above.

    `day_guessed` says why another reading of its day was possible or likelier: `either` where day and month could be
    the other way round and nothing tells, `column` where the rest of the column puts them otherwise than the region,
    `turned` where only the other order makes a day of it.
    """

    row: int
    said: Mapping[str, str]
    identity: tuple[str, ...]
    cells: tuple[str, ...] = ()
    phone: str = ""
    other_phones: tuple[str, ...] = ()
    size: int | None = None
    day: date | None = None
    day_guessed: str = ""
    soon: str = ""
    asked: datetime | None = None
    things: tuple[Thing, ...] = ()
    unknown: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing keeps it out."""
        return not self.problems

    @property
    def name(self) -> str:
        """Who asks, as written."""
        return self.said.get("name", "")

    @property
    def place(self) -> str:
        """The quarter or landmark, as written."""
        return self.said.get("place", "")


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the sheet leaves open, and how it was taken. `why` is `contradiction` or `no_evidence`."""

    field: str
    order: Order
    why: str
    rows: int


@dataclass(frozen=True)
class Settings:
    """How a sheet is to be read: the region's ways, the day of reading, and what somebody decided about it.

    :param order: the order of day and month that somebody chose; None takes the column's own, else `region_order`.
    :param mended: what stands instead of a cell, by row and field.
    """

    region: str
    today: date
    catalogue: Catalogue
    region_order: Order = "dmy"
    order: Order | None = None
    mended: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intake:
    """A sheet that was read. `skipped` are rows that hold no request, with `total`, `header` or `note`."""

    rows: tuple[RowReading, ...]
    skipped: tuple[tuple[int, str], ...] = ()
    assumed: tuple[Assumption, ...] = ()


def read_intake(sheet: Sheet, header: Header, mapping: Mapping[int, str], *, settings: Settings) -> Intake:
    """Every row below the header, with its problems."""
    columns: dict[str, list[int]] = {}
    for column, name in mapping.items():
        columns.setdefault(name, []).append(column)
    body: list[tuple[SheetRow, dict[str, Cell]]] = []
    skipped: list[tuple[int, str]] = []
    above: dict[str, Cell] = {}
    for row in sheet.rows:
        if row.number <= header.row:
            continue
        cells = {name: _joined(row, places) for name, places in columns.items()}
        why = _no_request(row, cells, header=header)
        if why:
            skipped.append((row.number, why))
            continue
        above = {name: _as_above(name, cell, above) for name, cell in cells.items()}
        body.append((row, above))
    orders = {
        name: order_of(
            [_value(cells.get(name)) for _, cells in body], today=settings.today, epoch_1904=sheet.epoch_1904
        )
        for name in ("asked", "date")
    }
    reader = _Reader(settings=settings, orders=orders, epoch_1904=sheet.epoch_1904)
    return Intake(
        rows=tuple(replace(reader.read(row.number, cells), cells=_folded_cells(row)) for row, cells in body),
        skipped=tuple(skipped),
        assumed=tuple(_assumptions(orders, columns, settings)),
    )


def without_rows(
    sheet: Sheet, *, gone: Collection[int], body: Collection[int], ditto: Collection[int]
) -> Sheet:
    """The sheet without some of its rows; a mark of repetition below one of them says what it stood for.

    :param gone, body: numbers of rows: those that go, and all that hold a request.
    :param ditto: the columns, counted from 0, in which such marks are read.
    """
    rows: list[SheetRow] = []
    above: SheetRow | None = None
    for row in sheet.rows:
        kept = row
        if row.number in body:
            if above is not None:
                kept = replace(row, cells=_written_out(row, above=above, ditto=ditto))
            above = kept
        if row.number not in gone:
            rows.append(kept)
    return replace(sheet, rows=tuple(rows))


def _written_out(row: SheetRow, *, above: SheetRow, ditto: Collection[int]) -> tuple[Cell, ...]:
    return tuple(
        above.cell(place) if place in ditto and isinstance(cell, str) and _is_ditto(cell) else cell
        for place, cell in enumerate(row.cells)
    )


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, *, settings: Settings, orders: Mapping[str, ColumnOrder], epoch_1904: bool) -> None:
        self.settings, self.epoch_1904 = settings, epoch_1904
        self.orders: dict[str, Order] = {
            name: settings.order or found.order(default=settings.region_order)
            for name, found in orders.items()
        }
        self.told = {
            name: settings.order is not None or len(found.evidence) == 1 for name, found in orders.items()
        }
        """Whether somebody, or the column itself, says what comes first."""

    def read(self, number: int, cells: Mapping[str, Cell]) -> RowReading:
        """One row: first as the sheet has it, then with what was mended."""
        plain = self._read(number, cells)
        mends = self.settings.mended.get(number, {})
        if not mends:
            return plain
        return self._read(number, {**cells, **mends}, identity=plain.identity)

    def _read(self, number: int, cells: Mapping[str, Cell], *, identity: tuple[str, ...] = ()) -> RowReading:
        problems: list[Problem] = []
        said = {name: text_of(cell) for name, cell in cells.items() if not _blank(cell)}

        def tried(name: str, read: object, default: object) -> object:
            try:
                return read(_value(cells.get(name)))  # type: ignore[operator]
            except CellProblem as problem:
                problems.append(Problem(name, problem.code, said.get(name, "")))
                return default

        settings = self.settings
        asked = self._asked(cells.get("asked"))
        phones = tried("phone", lambda cell: read_phones(cell, region=settings.region), None)
        size = tried("size", read_size, None)
        day = tried("date", lambda cell: self._day("date", cell, asked=asked), DayReading())
        needs = tried("need", lambda cell: read_needs(cell, catalogue=settings.catalogue), None)
        reading = RowReading(
            row=number,
            said=said,
            identity=identity,
            phone=getattr(phones, "phone", ""),
            other_phones=getattr(phones, "others", ()),
            size=size if isinstance(size, int) else None,
            day=getattr(day, "day", None),
            day_guessed=self._guessed(day),
            soon=getattr(day, "soon", ""),
            asked=asked,
            things=getattr(needs, "things", ()),
            unknown=getattr(needs, "unknown", ()),
            problems=tuple(problems),
        )
        if identity:
            return reading
        settled = isinstance(day, DayReading) and day.day is not None and not day.by_clock
        return _with_identity(reading, date_said=not settled)

    def _day(self, name: str, cell: Cell, *, asked: datetime | None = None) -> DayReading:
        return read_day(
            cell,
            order=self.orders[name],
            today=self.settings.today,
            asked=asked.date() if asked else None,
            epoch_1904=self.epoch_1904,
        )

    def _guessed(self, day: object) -> str:
        if not isinstance(day, DayReading) or day.day is None or not day.by_order:
            return ""
        if day.turned:
            return "turned"
        if self.orders["date"] != self.settings.region_order and self.settings.order is None:
            return "column" if day.either else "turned"
        return "either" if day.either and not self.told["date"] else ""

    def _asked(self, cell: Cell) -> datetime | None:
        """When the row was written; a stamp that cannot be read says nothing and keeps no row out."""
        value = _value(cell)
        if isinstance(value, datetime):
            return value.replace(tzinfo=None)
        try:
            day = self._day("asked", value).day
        except CellProblem:
            return None
        return datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001 - the sheet has no zone


def _with_identity(reading: RowReading, *, date_said: bool) -> RowReading:
    """What the row is recognised by when its file is saved anew: what was read where it was, else the words."""
    said = reading.said
    parts = (
        reading.phone or fold(said.get("phone", "")),
        fold_name(reading.name),
        str(reading.size or fold(said.get("size", ""))),
        fold(said.get("date", "")) if date_said or not reading.day else _either_way(reading.day),
        _either_way(reading.asked) if reading.asked else "",
        " ".join(sorted(thing.code for thing in reading.things)) or fold(said.get("need", "")),
        fold(reading.place),
        fold(said.get("address", "")),
    )
    return replace(reading, identity=parts)


def _folded_cells(row: SheetRow) -> tuple[str, ...]:
    if any(isinstance(cell, str) and _is_ditto(cell) for cell in row.cells):
        return ()
    return tuple(fold(text_of(cell)) for cell in row.cells)


def _either_way(day: date) -> str:
    """The same for 5 March and 3 May: a file saved anew may write the other way round."""
    return f"{day.year}-{min(day.month, day.day)}-{max(day.month, day.day)}"


def _joined(row: SheetRow, places: list[int]) -> Cell:
    """The cell of a field; where it has several columns, what stands in them one below the other."""
    filled = [row.cell(column) for column in places if not _blank(row.cell(column))]
    if len(filled) <= 1:
        return filled[0] if filled else None
    return "\n".join(text_of(cell) for cell in filled)


def _as_above(name: str, cell: Cell, above: Mapping[str, Cell]) -> Cell:
    """A mark of repetition is what stands above it."""
    if name in REPEATED and isinstance(cell, str) and _is_ditto(cell):
        return above.get(name)
    return cell


def _is_ditto(text: str) -> bool:
    return text.strip() in _DITTO or fold(text) in _DITTO


def _value(cell: Cell) -> Cell:
    """What a formula showed counts where a number, a day or a phone is wanted; its text stays text elsewhere."""
    return cell.shown if isinstance(cell, Formula) and cell.shown is not None else cell


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _no_request(row: SheetRow, cells: Mapping[str, Cell], *, header: Header) -> str:
    """Why a row holds no request: a sum, the head once more, a remark; empty where it holds one."""
    filled = [text_of(cell) for cell in row.cells if not _blank(cell)]
    has_phone = _has_digits(cells.get("phone"))
    if not filled:
        return "note"
    if not has_phone and any(_sums_up(text) for text in filled):
        return "total"
    names = {fold(name) for name in header.names if name}
    if sum(fold(text) in names for text in filled) >= max(2, len(filled) - 1):
        return "header"
    main = [name for name in ("name", "phone", "need") if not _blank(cells.get(name))]
    if not main:
        return "note"
    return "note" if len(filled) == 1 and len(header.names) > NARROW and not has_phone else ""


def _has_digits(cell: Cell) -> bool:
    return sum(c.isdigit() for c in text_of(cell)) >= PHONE_DIGITS_LEAST if cell is not None else False


def _sums_up(text: str) -> bool:
    said = fold(text)
    first: Iterable[str] = vocabulary("headers")["footer"]["words"]
    return len(said) <= FOOTER_MOST and any(said == word or said.startswith(f"{word} ") for word in first)


def _assumptions(
    orders: Mapping[str, ColumnOrder], columns: Mapping[str, list[int]], settings: Settings
) -> list[Assumption]:
    if settings.order:
        return []
    found = []
    for name, order in orders.items():
        if name in columns and order.unclear and len(order.evidence) != 1:
            why = "contradiction" if order.contradicts_itself else "no_evidence"
            found.append(Assumption(name, settings.region_order, why, order.unclear))
    return found

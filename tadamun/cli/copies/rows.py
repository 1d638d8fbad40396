"""Rows in a form of their own: the same for both databases, so that one can be compared with and loaded into the other.

A value is read as the database gives it and becomes what JSON knows: a time in UTC with microseconds, a JSON column as
itself, bytes as base64. What is sealed stays sealed: no key is needed to copy.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

KINDS = {
    "BooleanField": "bool",
    "DateTimeField": "instant",
    "DateField": "date",
    "TimeField": "time",
    "FloatField": "float",
    "DecimalField": "decimal",
    "JSONField": "json",
    "UUIDField": "uuid",
    "BinaryField": "bytes",
}
"""What a column holds, by Django's name for its type; numbers and texts, which need no care, are left out."""
_DIGEST_BITS = 256


@dataclass(frozen=True)
class Column:
    """One column, and what it holds: one of `KINDS`, or `plain`."""

    name: str
    kind: str


@dataclass(frozen=True)
class Table:
    """One table by its name in the database; `key` orders its rows."""

    name: str
    columns: tuple[Column, ...]
    key: str

    @property
    def names(self) -> tuple[str, ...]:
        """Its columns by name."""
        return tuple(column.name for column in self.columns)

    def arranged(self, names: tuple[str, ...]) -> Table:
        """The same table with its columns in this order.

        :raises ValueError: the names are not those of its columns.
        """
        kinds = {column.name: column for column in self.columns}
        if set(names) != set(kinds) or len(names) != len(kinds):
            raise ValueError(self.name)
        return replace(self, columns=tuple(kinds[name] for name in names))


@dataclass(frozen=True)
class Fingerprint:
    """How many rows, and a digest that does not depend on their order (hex): equal where the rows are."""

    rows: int
    digest: str


def tables_of(apps: Any) -> list[Table]:
    """The tables of an app registry, historical ones included, by name."""
    models = [
        model._meta
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    tables = [
        Table(
            name=meta.db_table,
            columns=tuple(Column(field.column, _kind(field)) for field in meta.local_concrete_fields),
            key=meta.pk.column,
        )
        for meta in models
    ]
    return sorted(tables, key=lambda table: table.name)


def _kind(field: Any) -> str:
    while field.remote_field is not None and field.target_field is not field:
        field = field.target_field
    return KINDS.get(field.get_internal_type(), "plain")


def read_row(table: Table, row: Iterable[Any]) -> list[Any]:
    """One row as it came from either database, in plain form."""
    return [
        None if value is None else _READ[column.kind](value)
        for column, value in zip(table.columns, row, strict=True)
    ]


def write_row(table: Table, row: Iterable[Any], *, operations: Any) -> list[Any]:
    """A plain row as a database takes it.

    :param operations: Django's `connection.ops` of that database.
    """
    return [
        None if value is None else _WRITE[column.kind](value, operations)
        for column, value in zip(table.columns, row, strict=True)
    ]


def as_line(row: list[Any]) -> str:
    """A plain row as a line of text, exactly."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


class Counting:
    """Counts rows that pass by and sums up their digests."""

    def __init__(self) -> None:
        self.rows, self._sum = 0, 0

    def add(self, row: list[Any]) -> None:
        """Take one plain row into account."""
        canonical = json.dumps(_even(row), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        self._sum += int.from_bytes(hashlib.sha256(canonical.encode()).digest(), "big")
        self.rows += 1

    def passing(self, rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
        """The same rows, counted."""
        for row in rows:
            self.add(row)
            yield row

    def fingerprint(self) -> Fingerprint:
        """What was counted."""
        return Fingerprint(self.rows, f"{self._sum % 2**_DIGEST_BITS:064x}")


def _even(value: Any) -> Any:
    """A number that is whole counts the same whether a database kept it as 1 or 1.0."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_even(one) for one in value]
    if isinstance(value, dict):
        return {key: _even(one) for key, one in value.items()}
    return value


def _instant(value: Any) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return str(moment.isoformat(timespec="microseconds"))


_READ: dict[str, Callable[[Any], Any]] = {
    "plain": lambda value: value,
    "bool": bool,
    "instant": _instant,
    "date": lambda value: value if isinstance(value, str) else value.isoformat(),
    "time": lambda value: (time.fromisoformat(value) if isinstance(value, str) else value).isoformat(),
    "float": float,
    "decimal": lambda value: str(Decimal(str(value)).normalize()),
    "json": lambda value: json.loads(value) if isinstance(value, str | bytes) else value,
    "uuid": lambda value: str(value if isinstance(value, uuid.UUID) else uuid.UUID(value)),
    "bytes": lambda value: base64.b64encode(bytes(value)).decode(),
}
_WRITE: dict[str, Callable[[Any, Any], Any]] = {
    "plain": lambda value, _: value,
    "bool": lambda value, _: value,
    "instant": lambda value, ops: ops.adapt_datetimefield_value(datetime.fromisoformat(value)),
    "date": lambda value, ops: ops.adapt_datefield_value(date.fromisoformat(value)),
    "time": lambda value, ops: ops.adapt_timefield_value(time.fromisoformat(value)),
    "float": lambda value, _: value,
    "decimal": lambda value, ops: ops.adapt_decimalfield_value(Decimal(value)),
    "json": lambda value, ops: ops.adapt_json_value(value, None),
    "uuid": lambda value, ops: (
        uuid.UUID(value) if ops.connection.features.has_native_uuid_field else uuid.UUID(value).hex
    ),
    "bytes": lambda value, _: base64.b64decode(value),
}

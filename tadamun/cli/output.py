"""The one way a command speaks: results on stdout, as text or as one JSON document; all else on stderr."""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from uuid import UUID

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

Command = TypeVar("Command", bound=Callable[..., Any])

#: Gives a command `--json`; the function receives it as `as_json: bool`.
JSON_FLAG = "--json"


def json_option(command: Command) -> Command:
    """Give a command the `--json` switch, as the keyword `as_json`."""
    option = click.option(
        JSON_FLAG, "as_json", is_flag=True, help="Print exactly one JSON document; all else goes to stderr."
    )
    return option(command)


def emit(result: Any, *, as_json: bool, text: str | Iterable[str] = "") -> None:
    """Print a command's result once: `result` as JSON, or `text` (lines) for a person.

    Dataclasses, enums, dates, numpy numbers and arrays, paths and `Fraction` are understood in `result`.
    """
    if as_json:
        click.echo(json.dumps(plain(result), ensure_ascii=False, indent=2, allow_nan=False))
        return
    for line in [text] if isinstance(text, str) else text:
        click.echo(line)


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 row`, `2 rows`; the plural is the noun with an s unless given."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def say(message: str) -> None:
    """A remark for the person at the terminal, never a result."""
    click.echo(message, err=True)


def refuse(message: str, *, code: str = "refused", **params: Any) -> NoReturn:
    """End the command with exit code 1 and a sentence; with `--json` also as `{"error": …}` on stdout."""
    raise Refusal(message, code=code, params=params)


class Refusal(click.ClickException):
    """What a command cannot do, in a sentence and as a code with parameters."""

    def __init__(self, message: str, *, code: str, params: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.code = code
        self.params = dict(params)


def progress(*, length: int, label: str) -> AbstractContextManager[ProgressBar[int]]:
    """A bar on stderr for long work; nothing is drawn when nobody watches."""
    hidden = not sys.stderr.isatty()
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden)


def table(*, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """Lines of a plain table: the first column to the left, figures to the right."""
    cells = [list(heads), *[[str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = []
    for row in cells:
        first = row[0].ljust(widths[0])
        rest = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join([first, *rest]).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines


def plain(value: Any) -> Any:
    """A value as JSON knows it.

    :raises TypeError: the value has no plain form.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path | UUID | Fraction | Decimal):
        return str(value)
    if hasattr(value, "tolist"):  # numpy scalars and arrays, without importing numpy
        return plain(value.tolist())
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no plain form for JSON")

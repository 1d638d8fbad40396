"""The wording of notices: registered by the apps that send them, written out in the reader's language and region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tadamun.design import dates
from tadamun.design.numbers import number
from tadamun.design.region import regional


class Wording(NamedTuple):
    """Lazy texts with %(name)s parameters. `body` may hold `%(secret)s` and `%(url)s`; a subject never does.

    Whole numbers are written with the region's digits; a parameter whose name ends in `_at` (ISO 8601) is written as a
    moment, one ending in `_on` (ISO date) as a day. What is said on the phone keeps Latin digits without separators:
    texts, and a parameter called `number` (of a request, of a round).
    """

    subject: Any
    body: Any


class Words(NamedTuple):
    """A notice written out."""

    subject: str
    body: str


@dataclass(frozen=True)
class Reader:
    """In which language, digits and clock a notice is written."""

    language: str = "ar"
    region: str = ""
    time_zone: str = "UTC"


_wordings: dict[str, Wording] = {}


def register_wording(*, kind: str, subject: Any, body: Any) -> None:
    """Give a kind of notice its words; called by an app when it is loaded."""
    _wordings[kind] = Wording(subject, body)


def wording_of(*, kind: str) -> Wording:
    """The words of a kind.

    :raises KeyError: no app registered them.
    """
    return _wordings[kind]


def known_kinds() -> list[str]:
    """Every kind that has words."""
    return sorted(_wordings)


def write_out(*, kind: str, params: Mapping[str, Any], url: str = "", secret: str = "") -> Words:
    """A notice in the active language, region and time zone; a kind nobody knows any more says only that there is news.

    The address stands at the end unless the body places it.
    """
    wording = _wordings.get(kind) or Wording(_("Tadamun"), _("There is news for you."))
    values = {name: _shown(name, value) for name, value in params.items()}
    body = str(wording.body % (values | {"url": url, "secret": secret}))
    if url and url not in body:
        body = f"{body}\n{url}"
    return Words(subject=str(wording.subject % values), body=body)


@contextmanager
def written_for(reader: Reader) -> Iterator[None]:
    """Write as one reader reads, for the length of a `with` block."""
    with (
        translation.override(reader.language),
        regional(reader.region),
        timezone.override(ZoneInfo(reader.time_zone)),
    ):
        yield


class _Number(int):
    """A count that chooses the plural form by its value and shows itself in the region's digits."""

    def __str__(self) -> str:
        return number(int(self))


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and name != "number":
        return _Number(value)
    try:
        if name.endswith("_at"):
            return dates.when(datetime.fromisoformat(str(value)))
        if name.endswith("_on"):
            return dates.day(date.fromisoformat(str(value)))
    except ValueError:
        return value
    return value

"""The region of the page being made: chosen once a request, read by every filter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import get_language

from tadamun.kernel.digits import to_digits, to_latin
from tadamun.kernel.regions import FALLBACK, Region, region

_active: ContextVar[Region] = ContextVar("tadamun_region", default=FALLBACK)
_with_hijri: ContextVar[bool] = ContextVar("tadamun_with_hijri", default=False)


def activate_region(code: str, *, with_hijri: bool = False) -> None:
    """Write numbers and dates as this country does, from here to the end of the request or task.

    :param with_hijri: say the Hijri day beside the Gregorian one where a day is written in full.
    """
    _active.set(region(code))
    _with_hijri.set(with_hijri)


def deactivate_region() -> None:
    """Return to the fallback region."""
    _active.set(FALLBACK)
    _with_hijri.set(False)


def shows_hijri() -> bool:
    """Whether days written in full say the Hijri day too."""
    return _with_hijri.get()


def current_region() -> Region:
    """The region chosen last in this context, or the fallback."""
    return _active.get()


@contextmanager
def regional(code: str, *, with_hijri: bool = False) -> Iterator[Region]:
    """Write as another country does for the length of a `with` block (a notice, a test)."""
    tokens = _active.set(region(code)), _with_hijri.set(with_hijri)
    try:
        yield _active.get()
    finally:
        _active.reset(tokens[0])
        _with_hijri.reset(tokens[1])


def language() -> str:
    """The active language without its country: `ar`, `en` or `fr`."""
    return (get_language() or "ar").partition("-")[0]


def in_arabic() -> bool:
    """Whether the page is Arabic; only then do digits and months follow the region."""
    return language() == "ar"


def shown_digits(text: str) -> str:
    """A text made with Latin digits, in the digits its reader expects."""
    return to_digits(text, current_region().digits) if in_arabic() else to_latin(text)

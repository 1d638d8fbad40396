"""Which requests this browser may follow without an account, and the PIN that is shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from tadamun.foundation.sealed import seal, unseal

OPEN = "needs_open"
FRESH = "needs_fresh"
OPEN_MOST = 20
SHOWN_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Fresh:
    """A request made in this browser a moment ago. `forget`: nothing of it stays here; `by_phone`: for a caller."""

    pin: str
    forget: bool
    by_phone: bool


def open_here(*, request: HttpRequest, request_id: str) -> None:
    """Let this browser follow a request until it is closed, or until somebody leaves."""
    kept = [one for one in request.session.get(OPEN, []) if one != request_id]
    # A new key, so that whoever knew the old one does not come in with it.
    request.session.cycle_key()
    request.session[OPEN] = [*kept, request_id][-OPEN_MOST:]
    if not request.user.is_authenticated:
        request.session.set_expiry(0)


def is_open_here(*, request: HttpRequest, request_id: str) -> bool:
    """Whether number and PIN of this request were given in this browser."""
    return request_id in request.session.get(OPEN, [])


def leave(*, request: HttpRequest, request_id: str) -> None:
    """Follow a request here no longer; a guest's session ends with the last one."""
    request.session[OPEN] = [one for one in request.session.get(OPEN, []) if one != request_id]
    request.session.pop(FRESH, None)
    _end_if_empty(request)


def keep_pin(
    *, request: HttpRequest, request_id: str, pin: str, at: datetime, forget: bool, by_phone: bool
) -> None:
    """Keep a new PIN for the one page that shows it."""
    request.session[FRESH] = {
        "id": request_id,
        "pin": seal(pin),
        "until": int((at + SHOWN_FOR).timestamp()),
        "forget": forget,
        "by_phone": by_phone,
    }
    if not request.user.is_authenticated:
        request.session.set_expiry(0)


def fresh(*, request: HttpRequest, request_id: str, at: datetime) -> Fresh | None:
    """The PIN to show, while its page is the last one opened; gone once shown where nothing is to be kept."""
    kept = request.session.get(FRESH)
    if not kept or kept["id"] != request_id:
        return None
    if kept["until"] < at.timestamp():
        drop_pin(request=request)
        return None
    if kept["forget"]:
        drop_pin(request=request)
        _end_if_empty(request)
    return Fresh(pin=unseal(kept["pin"]), forget=kept["forget"], by_phone=kept["by_phone"])


def drop_pin(*, request: HttpRequest) -> None:
    """The page that shows the PIN was left."""
    if FRESH in request.session:
        del request.session[FRESH]


def _end_if_empty(request: HttpRequest) -> None:
    if not request.user.is_authenticated and not request.session.get(OPEN):
        request.session.flush()

"""What the doors for programs share: the token they open by, pages of a list, things done once, and kinds of values."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpRequest
from ninja import Header, Query, Schema
from ninja.security import HttpBearer
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StrictFloat,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)

from tadamun.foundation.idempotency.services import once
from tadamun.foundation.problems import CursorNotValid, KeyUsedOtherwise, ScopeNeeded, TokenOfElsewhere
from tadamun.foundation.sealed import keyed_hash

PAGE_MOST = 100
FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Days beyond these nobody means; the ends of the calendar cannot be reckoned with."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)\Z")
_DIGEST = 24

Row = TypeVar("Row")
Shown = TypeVar("Shown")


class Call(HttpRequest):
    """A request of a program, as the middleware leaves it: `user` is whose token came, else nobody."""

    community: Any
    user: Any
    token: Any


class Token(HttpBearer):
    """A door that opens by a token made for `scope`; without one, by any token."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token that came, as the middleware knows it, if it may go on.

        :raises ScopeNeeded: it was not made for this.
        :raises TokenOfElsewhere: it opens another community than that of the address.
        """
        known = getattr(request, "token", None)
        if known is None:
            return None
        match = request.resolver_match
        if match and "community" in match.kwargs and match.kwargs["community"] != known.community.slug:
            raise TokenOfElsewhere
        if self.scope and self.scope not in known.scopes:
            raise ScopeNeeded(scope=self.scope)
        return known


class Given(Schema):
    """What comes in: nothing is taken that the door does not know."""

    model_config = ConfigDict(extra="forbid")


class Page(Schema, Generic[Shown]):
    """A part of a list. `next` goes into `after` for the part that follows; null at the end."""

    items: list[Shown]
    next: str | None


class Listed(Schema, Generic[Shown]):
    """A whole list."""

    items: list[Shown]


def _written(pattern: re.Pattern[str]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.match(value):
            raise ValueError("not in the form of RFC 3339")
        if not isinstance(value, str | date):
            raise ValueError("a string is expected")
        return value

    return check


def _within_reach(value: Any) -> Any:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError("out of reach")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_written(_MOMENT)), AfterValidator(_within_reach)]
"""A moment with its offset, as RFC 3339 writes it."""
Day = Annotated[date, BeforeValidator(_written(_DAY)), AfterValidator(_within_reach)]
PublicId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]{4,24}$"),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]{4,24}$"}),
]
Flag = StrictBool
Whole = StrictInt
Number = StrictFloat
After = Annotated[str | None, Query(max_length=300, description="Where to go on: `next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=PAGE_MOST, description="How many at most.")]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9_.:-]{8,100}$",
        description="A name of your own for this very deed, such as a UUID: sent again, it is not done again.",
    ),
]


def cursor(*place: Any) -> str:
    """Where a list goes on, as one opaque word."""
    plain = json.dumps([one.isoformat() if isinstance(one, datetime) else one for one in place])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def place_of(after: str | None, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """What a cursor says, each part read by its kind; None at the beginning of the list.

    :raises CursorNotValid: it was not made by `cursor`.
    """
    if after is None:
        return None
    try:
        plain = json.loads(base64.urlsafe_b64decode(after.encode() + b"=" * (-len(after) % 4)))
        if not isinstance(plain, list) or len(plain) != len(kinds):
            raise CursorNotValid
        return tuple(kind(one) for kind, one in zip(kinds, plain, strict=True))
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError):
        raise CursorNotValid from None


def a_row(value: Any) -> int:
    """The number of a row in a cursor."""
    if type(value) is not int or not 0 <= value < 2**62:
        raise CursorNotValid
    return value


def cut(rows: Sequence[Row], *, limit: int, next_of: Callable[[Row], str]) -> dict[str, Any]:
    """A page of what was looked up one longer than the page."""
    more = len(rows) > limit
    shown = rows[:limit]
    return {"items": shown, "next": next_of(shown[-1]) if more else None}


def done_once(
    *, caller: str, key: str, purpose: str, given: Schema | None, at: datetime, do: Callable[[], str]
) -> str:
    """Run `do` unless this caller's key was received already; either way what it led to.

    :param caller: public id of the token, or of what else was the key to the door.
    :param do: does the work and returns a short outcome, as `idempotency.once` takes it.
    :raises KeyUsedOtherwise: the key came before, with other contents or at another door.
    """
    said = given.model_dump_json() if given is not None else ""
    # Keyed, as what is said may hold a PIN, and a plain digest of one could be tried out.
    digest = keyed_hash(f"{purpose}\n{said}", purpose="api_given")[:_DIGEST]
    outcome, _ = once(token=f"{caller}:{key}", purpose="api", at=at, do=lambda: f"{digest} {do()}")
    known, _, led_to = outcome.partition(" ")
    if known != digest:
        raise KeyUsedOtherwise
    return led_to


def once_by(
    request: HttpRequest,
    *,
    key: str,
    given: Schema | None,
    at: datetime,
    do: Callable[[], str],
    caller: str = "",
) -> str:
    """Run `do` unless this token came with this key to this door already; what it led to.

    :param caller: what else was the key to the door, where no token was.
    :raises KeyUsedOtherwise: the key came before, with other contents or at another door.
    """
    token: Any = request.token  # type: ignore[attr-defined]
    purpose = f"{request.method} {request.path}"
    return done_once(caller=caller or token.public_id, key=key, purpose=purpose, given=given, at=at, do=do)

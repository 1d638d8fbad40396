"""Writing on the trail, and checking it."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from tadamun.foundation.trail.errors import NotForTheTrail
from tadamun.foundation.trail.models import TrailEntry, TrailHead
from tadamun.foundation.trail.vocabulary import GENESIS

# A code, an id or a digest in small letters: no spaces, no letters beyond ASCII, no capital, so no name and no
# sentence fits. Capitals stand only in codes of countries and currencies, and in an instant.
_CODE = re.compile(r"(?:[a-z0-9_.:=+-]{0,80}|[A-Z]{2,3})\Z")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?\Z")
_LOOKS_LIKE_A_PHONE = re.compile(r"[+.:=-]*(?:\d[.:_=+-]*){7,15}\Z")
_held_back: ContextVar[list[TrailEntry] | None] = ContextVar("trail_held_back", default=None)


def record(
    *,
    scope: str,
    verb: str,
    thing: str,
    thing_id: str,
    at: datetime,
    actor: str = "",
    data: Mapping[str, Any] | None = None,
) -> TrailEntry:
    """Add one entry to a community's chain. Call it as the last statement of the transaction: it locks the head.

    :param scope: public id of the community, or "instance".
    :param actor: public id of the person, or "" for a guest or the worker.
    :raises NotForTheTrail: a value is not a code, a public id, a number or a commitment.
    """
    content = dict(data or {})
    for value in (scope, verb, thing, thing_id, actor, *_values(content)):
        _refuse_personal(value)
    entry = TrailEntry(
        scope=scope, at=at, actor=actor, verb=verb, thing=thing, thing_id=thing_id, data=content
    )
    waiting = _held_back.get()
    if waiting is None:
        _append(entry)
    else:
        waiting.append(entry)
    return entry


@contextmanager
def held_back() -> Iterator[None]:
    """Write what is recorded inside only when the outermost such block ends, chain by chain.

    For a deed made of several: whoever holds a head and then waits for a row stands in a ring with whoever holds the
    row and waits for the head. A block that raises takes its entries with it. Use it inside a transaction.
    """
    waiting = _held_back.get()
    if waiting is not None:
        begun = len(waiting)
        try:
            yield
        except BaseException:
            del waiting[begun:]
            raise
        return
    entries: list[TrailEntry] = []
    token = _held_back.set(entries)
    try:
        yield
    finally:
        _held_back.reset(token)
    for entry in sorted(entries, key=lambda one: one.scope):
        _append(entry)


def commitment(text: str) -> tuple[str, str]:
    """A salted commitment to a text: the salt stays beside the text and goes with it, the digest goes on the trail."""
    salt = secrets.token_hex(16)
    return salt, hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def digest_of(entry: TrailEntry) -> str:
    """SHA-256 over the canonical form of an entry and the digest before it (hex)."""
    canonical = json.dumps(
        [
            entry.scope,
            entry.number,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.actor,
            entry.verb,
            entry.thing,
            entry.thing_id,
            entry.data,
            entry.previous,
        ],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class ChainReport:
    """What checking one chain found: how many entries hold, and the first that does not."""

    scope: str
    entries: int
    digest: str
    broken_at: int | None
    reason: str

    @property
    def whole(self) -> bool:
        """Whether every entry hangs on the one before it and the head on the last."""
        return self.broken_at is None


def verify_chains(*, scope: str | None = None) -> Iterator[ChainReport]:
    """Check every chain, or one, from its first entry to its head."""
    heads = TrailHead.objects.order_by("scope")
    scopes = set(TrailEntry.objects.values_list("scope", flat=True).distinct())
    scopes |= set(heads.values_list("scope", flat=True))
    for name in sorted(scopes):
        if scope is None or name == scope:
            yield _verify_chain(name)


def _verify_chain(scope: str) -> ChainReport:
    previous, number = GENESIS, 0
    # Head and entries in one snapshot: a chain that grows meanwhile is still whole.
    head = TrailHead.objects.filter(scope=scope).first()
    entries = TrailEntry.objects.filter(scope=scope).order_by("number")
    for entry in entries.iterator():
        if head is not None and entry.number > head.length:
            break
        number += 1
        reason = _fault(entry, number=number, previous=previous)
        if reason:
            return ChainReport(scope, number - 1, previous, entry.number, reason)
        previous = entry.digest
    if head is None or head.length != number or head.digest != previous:
        return ChainReport(scope, number, previous, number, "head_does_not_match")
    return ChainReport(scope, number, previous, None, "")


def _fault(entry: TrailEntry, *, number: int, previous: str) -> str:
    if entry.number != number:
        return "entry_missing"
    if entry.previous != previous:
        return "link_broken"
    if entry.digest != digest_of(entry):
        return "entry_changed"
    return ""


def _append(entry: TrailEntry) -> None:
    """Hang an entry on its chain, under the head's lock."""
    with transaction.atomic():
        head = _locked_head(entry.scope)
        entry.number, entry.previous = head.length + 1, head.digest
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        TrailHead.objects.filter(pk=head.pk).update(length=entry.number, digest=entry.digest)


def _locked_head(scope: str) -> TrailHead:
    head = TrailHead.objects.select_for_update().filter(scope=scope).first()
    if head is None:
        try:
            with transaction.atomic():
                TrailHead.objects.create(scope=scope, digest=GENESIS)
        except IntegrityError:
            pass  # somebody else began this chain a moment ago
        head = TrailHead.objects.select_for_update().get(scope=scope)
    return head


def _values(content: Mapping[str, Any]) -> Iterator[Any]:
    for key, value in content.items():
        yield key
        if isinstance(value, Mapping):
            yield from _values(value)
        elif isinstance(value, list | tuple):
            yield from value
        else:
            yield value


def _refuse_personal(value: Any) -> None:
    if value is None or isinstance(value, bool | int):
        return
    if isinstance(value, str) and _INSTANT.match(value):
        return
    if not isinstance(value, str) or not _CODE.match(value) or _LOOKS_LIKE_A_PHONE.match(value):
        raise NotForTheTrail(type=type(value).__name__)

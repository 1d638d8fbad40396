"""What comes into the index and what comes out of it: never a text, only where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tadamun.foundation.search.vocabulary import Kind


@dataclass(frozen=True)
class Document:
    """What an app wants found.

    `scope` is the key of the community's row, `about` a public id. `text` is read in the clear: nothing that is sealed
    at rest may stand in it. Names and the phone's hash are kept as keyed hashes only.
    """

    scope: int
    kind: Kind
    about: str
    audiences: tuple[str, ...]
    dated_at: datetime
    text: str = ""
    names: tuple[str, ...] = ()
    phone_hash: str = ""


@dataclass(frozen=True)
class Source:
    """What an app has of one kind to be found in one community, for building the index anew piece by piece.

    `abouts()` gives the public ids of all of it; `documents(abouts)` reads some of it as it is now, without those that
    are not to be found (any more).
    """

    abouts: Callable[[], Iterable[str]]
    documents: Callable[[Sequence[str]], Iterable[Document]]


@dataclass(frozen=True)
class Answer:
    """One word of a query, and the token of the entry that answered it; names and phones answer without one."""

    word: str
    token: str


@dataclass(frozen=True)
class Hit:
    """One entry that answers a query, and how."""

    kind: Kind
    about: str
    dated_at: datetime
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Found:
    """The newest entries that answer a query, and whether there are more."""

    hits: tuple[Hit, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class Words:
    """Words that mean the same in one community."""

    public_id: str
    entries: tuple[str, ...]

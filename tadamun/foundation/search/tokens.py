"""The tokens of entries and queries beyond those of the text: who may find it, names, phones.

Every token is letters and digits, so that the plainest tokenizer of each database keeps it whole. The first letter says
what it is: `s`, `k`, `p` words of the text (see `tadamun.kernel.arabic`), `x` community, kind and audience, `n` and
`m` a word of a name as spelt and by its consonants, `h` a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tadamun.foundation.sealed import keyed_hash
from tadamun.foundation.search.cards import Document
from tadamun.foundation.search.vocabulary import Kind
from tadamun.kernel.arabic import Query, analyser, name_keys, name_readings

_HASH_LETTERS = 20
QUERY_MOST = 200


class Asked(NamedTuple):
    """One word of a query, and the tokens of which an entry needs one."""

    word: str
    any_of: tuple[str, ...]


Way = tuple[Asked, ...]
"""One way to answer a query: every word of it."""


def tokens_of(document: Document) -> str:
    """All tokens of a document, in order, between single spaces."""
    found = set(analyser().tokens(document.text))
    found.update(scope_tokens(scope=document.scope, kind=document.kind, audiences=document.audiences))
    for name in document.names:
        found.update(name_tokens(name))
    if document.phone_hash:
        found.add("h" + document.phone_hash)
    return " ".join(sorted(found))


def scope_tokens(*, scope: int, kind: Kind, audiences: tuple[str, ...]) -> tuple[str, ...]:
    """Where a document may be found, and by whom."""
    return tuple(f"x{scope}{kind.value}{audience}" for audience in audiences)


def name_tokens(name: str) -> Iterator[str]:
    """A name's words and their consonants, as keyed hashes."""
    keys = name_keys(name)
    yield from ("n" + _hashed(word) for word in keys.exact)
    yield from ("m" + _hashed(word) for word in keys.skeletons)


def by_text(text: str) -> Way:
    """A query as words of a text."""
    return as_way(analyser().query(text[:QUERY_MOST]))


def as_way(query: Query) -> Way:
    """A query that was read, as a way."""
    return tuple(Asked(word.text, word.any_of) for word in query.words)


def by_name(text: str) -> Way:
    """A query as words of a name: as spelt, or by their consonants, without what is joined to them."""
    return tuple(Asked(word, _name_answers(word)) for word in name_keys(text[:QUERY_MOST]).exact)


def by_phone(*, written: str, phone_hash: str) -> Way:
    """A query as one whole phone number."""
    return (Asked(written, ("h" + phone_hash,)),)


def _name_answers(word: str) -> tuple[str, ...]:
    readings = name_readings(word)
    exact = ("n" + _hashed(one) for one in readings.exact)
    return (*exact, *("m" + _hashed(bones) for bones in readings.skeletons))


@lru_cache(maxsize=20_000)
def _hashed(word: str) -> str:
    return keyed_hash(word, purpose="name")[:_HASH_LETTERS]

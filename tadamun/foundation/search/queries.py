"""Looking things up: the newest entries that answer every word, for the audiences the caller belongs to.

What comes back are public ids. Whoever shows them asks the app they belong to for cards for this viewer, so that an
index that lags shows nobody more than they may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from tadamun.foundation.search.cards import Answer, Found, Hit, Words
from tadamun.foundation.search.models import Built, Entry, WordGroup
from tadamun.foundation.search.tokens import QUERY_MOST, Way, as_way, by_name, by_phone, by_text, scope_tokens
from tadamun.foundation.search.vocabulary import Kind
from tadamun.kernel.arabic import Query, analyser, widened

__all__ = [
    "as_way",
    "asked_for",
    "built_at",
    "by_name",
    "by_phone",
    "by_text",
    "entry_count",
    "find",
    "word_groups",
]
PAGE = 20
_WORDS_MOST = 12


def find(
    *, scope: int, kind: Kind, audiences: Sequence[str], ways: Sequence[Way], limit: int = PAGE
) -> Found:
    """The newest entries of one kind in one community that answer one of the ways, each with what answered.

    :param audiences: those the viewer belongs to; without any, nothing is found.
    :param ways: made by `by_text`, `by_name`, `by_phone`; an empty way is answered by nothing.
    """
    open_ways = [way[:_WORDS_MOST] for way in ways if way]
    if not open_ways or not audiences:
        return Found()
    scopes = scope_tokens(scope=scope, kind=kind, audiences=tuple(audiences))
    asked = [[scopes, *(word.any_of for word in way)] for way in open_ways]
    entries = _newest(asked, limit=limit + 1)
    hits = (_hit(entry, kind, open_ways) for entry in entries[:limit])
    return Found(hits=tuple(hits), more=len(entries) > limit)


def entry_count(*, scope: int | None = None) -> int:
    """How many entries there are, in one community or in all."""
    return (Entry.objects.all() if scope is None else Entry.objects.filter(scope=scope)).count()


def built_at() -> dict[int, datetime]:
    """When each community's index was last built anew, by the key of its row; without those where it never was."""
    return dict(Built.objects.values_list("scope", "built_at"))


def _newest(asked: Sequence[Sequence[Sequence[str]]], *, limit: int) -> list[Entry]:
    """The newest entries whose tokens answer one of the ways: any way, every word, one token a word.

    One question to the database, as each takes longer to come and go than to be answered.
    """
    if connection.vendor == "sqlite":
        wanted = _expression(asked, quote='"', both=" AND ", either=" OR ")
        # The inner order is that of the index itself; the join is by key.
        sql = (
            "SELECT id, about, dated_at, tokens FROM search_entry JOIN (SELECT rowid AS found FROM search_tokens "
            "WHERE search_tokens MATCH %s ORDER BY rowid DESC LIMIT %s) ON id = found ORDER BY id DESC"
        )
    else:
        wanted = _expression(asked, quote="'", both=" & ", either=" | ")
        # The planner knows how common a token is: it walks the newest rows for common words, the index for rare ones.
        sql = (
            "SELECT id, about, dated_at, tokens FROM search_entry "
            "WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT %s"
        )
    return list(Entry.objects.raw(sql, [wanted, limit]))


def _expression(asked: Sequence[Sequence[Sequence[str]]], *, quote: str, both: str, either: str) -> str:
    """The ways in the database's own query language; tokens are letters and digits, so quoting them is enough."""
    ways = []
    for way in asked:
        words = (either.join(f"{quote}{token}{quote}" for token in any_of) for any_of in way)
        ways.append(both.join(f"({word})" for word in words))
    return either.join(f"({way})" for way in ways)


def _hit(entry: Entry, kind: Kind, ways: Sequence[Way]) -> Hit:
    kept = frozenset(entry.tokens.split())
    for way in ways:
        found = [next((token for token in word.any_of if token in kept), "") for word in way]
        if all(found):
            shown = (token if token[0] in "skp" else "" for token in found)
            answers = tuple(Answer(word.word, token) for word, token in zip(way, shown, strict=True))
            return Hit(kind, entry.about, entry.dated_at, answers)
    return Hit(kind, entry.about, entry.dated_at, ())


def word_groups(*, scope: int) -> list[Words]:
    """The words that a community added, in the order in which they came."""
    rows = WordGroup.objects.filter(scope=scope).order_by("pk")
    return [Words(row.public_id, tuple(row.entries)) for row in rows]


def asked_for(text: str, *, scope: int) -> tuple[Query, ...]:
    """The ways to answer a query in a community, by the lexicon and by the words it added; the plain one first."""
    groups = [words.entries for words in word_groups(scope=scope)]
    return widened(analyser().query(text[:QUERY_MOST]), groups=groups, by=analyser())

"""A query widened by groups of words that somebody added: a text with any word of a group answers for all of them.

The texts' own tokens stay as they are, so that a new group holds for everything that was ever written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tadamun.kernel.arabic.analysis import Analyser, Query, QueryWord

Group = Sequence[str]
"""Words and phrases that mean the same."""
OTHER_WAYS_MOST = 6


def widened(query: Query, *, groups: Sequence[Group], by: Analyser) -> tuple[Query, ...]:
    """The ways to answer a query: its words, each also by a word of its group; then phrases of it instead of a word.

    :param groups: as `entries_of` reads them.
    :returns: the query itself first; a text that answers one of them answers it.
    """
    if not query or not groups:
        return (query,)
    own = list(query.words)
    others: list[Query] = []
    for group in groups:
        asked = [_asked(by, entry) for entry in group]
        for begin, end, spoken in _places(query.words, asked):
            for entry in asked:
                if entry == spoken or not entry:
                    continue
                if len(entry) == 1:
                    own[begin:end] = [_also(word, entry[0]) for word in own[begin:end]]
                else:
                    others.append(Query((*query.words[:begin], *entry, *query.words[end:])))
    return (Query(tuple(own)), *dict.fromkeys(others[:OTHER_WAYS_MOST]))


def joined(queries: Sequence[Query]) -> Query:
    """All words of several queries: for marking what answered."""
    return Query(tuple(dict.fromkeys(word for query in queries for word in query.words)))


@lru_cache(maxsize=10_000)
def _asked(by: Analyser, entry: str) -> tuple[QueryWord, ...]:
    return by.query(entry).words


def _places(
    words: Sequence[QueryWord], entries: Sequence[tuple[QueryWord, ...]]
) -> Iterator[tuple[int, int, tuple[QueryWord, ...]]]:
    """Where entries of a group stand in a query: from, until, and the entry."""
    for entry in entries:
        for begin in range(len(words) - len(entry) + 1 if entry else 0):
            here = words[begin : begin + len(entry)]
            if all(_same(word, other) for word, other in zip(here, entry, strict=True)):
                yield begin, begin + len(entry), entry


def _same(word: QueryWord, other: QueryWord) -> bool:
    """Whether two words are forms of one: related by the shape of a plural alone is not enough."""
    return any(token[0] == "s" and token in other.any_of for token in word.any_of)


def _also(word: QueryWord, other: QueryWord) -> QueryWord:
    return QueryWord(word.text, tuple(dict.fromkeys([*word.any_of, *other.any_of])))

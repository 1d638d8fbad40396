"""What matched, shown in the text: the words that answer are marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tadamun.kernel.arabic import Query, analyser, fold_name, name_keys, name_readings, name_skeletons, words


class Part(NamedTuple):
    """A piece of a text, and whether it answers the query."""

    text: str
    marked: bool


def marked_text(text: str, *, query: Query) -> tuple[Part, ...]:
    """A text in pieces, words that answer a word of the query marked."""
    return _parts(text, [(mark.start, mark.end) for mark in analyser().marks(query, text=text)])


def marked_name(name: str, *, query: str) -> tuple[Part, ...]:
    """A name in pieces, words marked that are spelt as one of the query, or share its consonants."""
    readings = [name_readings(word) for word in name_keys(query).exact]
    asked = {key for reading in readings for key in (*reading.exact, *reading.skeletons)}
    spans = [
        (word.start, word.end)
        for word in words(name)
        if not asked.isdisjoint({fold_name(word.text), *name_skeletons(word.text)})
    ]
    return _parts(name, spans)


def _parts(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Part, ...]:
    parts, upto = [], 0
    for start, end in spans:
        parts += [Part(text[upto:start], False), Part(text[start:end], True)]
        upto = end
    return tuple(part for part in (*parts, Part(text[upto:], False)) if part.text)

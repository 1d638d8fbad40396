"""What somebody asks for, in their own words, as things of the catalogue: one cell may hold several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tadamun.kernel.cells.cell import Cell, is_nothing, text_of
from tadamun.kernel.cells.folding import words
from tadamun.kernel.cells.problems import CellProblem
from tadamun.kernel.cells.vocabulary import vocabulary

_STRONG = re.compile(
    r"[،,;؛|/\\\n+&•*]|\s[-–—]\s|^\s*[-–—]\s*|(?<!\d)[.](?!\d)|(?<!\d)\d{1,2}\s*[.)]\s|\b(?:and|et|plus|ثم|ايضا|أيضا|كذلك)\b",
    re.M,
)
_ARTICLES = ("بال", "ال", "لل", "فال", "ب", "ل", "ف")
_SHORT = 2
"""Letters that are too few to be a word without what stands before or behind them."""
_JOINS = frozenset({"و", "او", "or", "ou"})


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing asked for: its code in the catalogue, and the words that were used."""

    code: str
    said: str


@dataclass(frozen=True, slots=True)
class NeedsReading:
    """The things of one cell in their order, each once, and the words in which none was found."""

    things: tuple[Thing, ...] = ()
    unknown: tuple[str, ...] = ()


class Catalogue:
    """Phrases by which things are recognised."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._codes: dict[tuple[str, ...], str] = {}
        for code, spelt in phrases.items():
            for phrase in spelt:
                key = tuple(_stem(word) for word in words(phrase))
                if key:
                    self._codes.setdefault(key, code)
        self.codes = frozenset(self._codes.values())
        self._longest = max((len(key) for key in self._codes), default=0)

    def match(self, tokens: list[str], place: int, *, joined: bool) -> tuple[str, int] | None:
        """The code of the longest phrase that begins at a place, and how many words it has.

        :param joined: whether the first word is read without the «و» before it.
        """
        for length in range(min(self._longest, len(tokens) - place), 0, -1):
            first = tokens[place][1:] if joined else tokens[place]
            if joined and not (tokens[place].startswith("و") and len(first) > 1):
                return None
            for candidate in _readings([first, *tokens[place + 1 : place + length]]):
                code = self._codes.get(candidate)
                if code:
                    return code, length
        return None


@cache
def shared_catalogue() -> Catalogue:
    """The phrases of the shared catalogue."""
    return Catalogue(vocabulary("needs")["words"])


def catalogue_with(names: Mapping[str, Iterable[str]]) -> Catalogue:
    """The shared phrases together with a community's own names, which come first."""
    shared: dict[str, list[str]] = {code: list(spelt) for code, spelt in names.items()}
    for code, spelt in vocabulary("needs")["words"].items():
        shared.setdefault(code, []).extend(spelt)
    return Catalogue(shared)


def read_needs(cell: Cell, *, catalogue: Catalogue) -> NeedsReading:
    """The things that a cell asks for.

    :raises CellProblem: `need_missing` where it is empty, `need_not_understood` where nothing in it is known.
    """
    if is_nothing(cell):
        raise CellProblem("need_missing")
    text = text_of(cell)
    if text.startswith("#") and text[1:] in catalogue.codes:  # chosen from the list
        return NeedsReading((Thing(text[1:], ""),))
    things: dict[str, Thing] = {}
    unknown: list[str] = []
    for piece in _STRONG.split(text):
        for said, code in _parts(piece, catalogue=catalogue):
            if code:
                things.setdefault(code, Thing(code, said))
            else:
                unknown.append(said)
    if not things:
        raise CellProblem("need_not_understood")
    return NeedsReading(tuple(things.values()), tuple(unknown))


def _parts(piece: str, *, catalogue: Catalogue) -> list[tuple[str, str]]:
    """One piece of a cell, cut where «و» begins another known thing: the words of each part and its code."""
    parts: list[tuple[list[str], str]] = [([], "")]
    for raw in piece.split():
        parts[-1][0].append(raw)
    raws = parts[0][0]
    spread = [(place, word) for place, raw in enumerate(raws) for word in words(raw)]
    tokens = [word for _, word in spread]
    cuts: list[tuple[int, str]] = []
    at = 0
    while at < len(tokens):
        plain = catalogue.match(tokens, at, joined=False)
        joined = None if plain else catalogue.match(tokens, at, joined=True)
        found = plain or joined
        if found:
            begins = not cuts or joined or (at > 0 and tokens[at - 1] in _JOINS)
            if begins:
                cuts.append((spread[at][0], found[0]))
            at += found[1]
        else:
            at += 1
    if not cuts:
        said = " ".join(raws)
        return [(said, "")] if words(said) else []
    edges = [0, *[place for place, _ in cuts[1:]], len(raws)]
    return [(_trimmed(raws[edges[n] : edges[n + 1]], joined=n > 0), code) for n, (_, code) in enumerate(cuts)]


def _trimmed(raws: list[str], *, joined: bool) -> str:
    said = list(raws)
    while len(said) > 1 and words(said[-1]) and words(said[-1])[0] in _JOINS:
        said.pop()
    if joined and said and said[0].startswith("و") and len(said[0]) > _SHORT:
        said[0] = said[0][1:]
    return " ".join(said)


def _readings(tokens: list[str]) -> list[tuple[str, ...]]:
    """The ways to read a run of words: as they stand, and without articles."""
    plain = tuple(_stem(word) for word in tokens)
    bare = tuple(_stem(_without_article(word)) for word in tokens)
    first = (plain[0], *bare[1:])
    return list(dict.fromkeys((plain, first, bare)))


def _without_article(word: str) -> str:
    for prefix in _ARTICLES:
        if word.startswith(prefix) and len(word) - len(prefix) > _SHORT:
            return word.removeprefix(prefix)
    return word


def _stem(word: str) -> str:
    """The word without an English or French plural's s, and without the feminine ending that a possessive hides."""
    return word[:-1] if len(word) > _SHORT + 1 and word.isascii() and word.endswith("s") else word

"""From a text to the tokens it is found by, and from a query to what it asks for.

Tokens begin with what they are: `s` a lemma or stem, `k` a consonant skeleton, `p` the skeleton of a word that has the
shape of a broken plural. A singular asks for `p`, a plural for `k`, so that two singulars of one root never meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from tadamun.kernel.arabic.clitics import has_article, likely, without_pronoun
from tadamun.kernel.arabic.letters import pieces, surfaces, words
from tadamun.kernel.arabic.lexicon import Lexicon, shared_lexicon
from tadamun.kernel.arabic.skeletons import has_plural_shape, serves, skeleton
from tadamun.kernel.arabic.stems import latin_stem, stem

Why = Literal["word", "form", "plural"]
MOST_QUERY_WORDS = 12
_KEPT_WORDS = 100_000


class QueryWord(NamedTuple):
    """One thing a query asks for: as written, and the tokens of which a text needs one."""

    text: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """All words of a query; a text needs every one of them."""

    words: tuple[QueryWord, ...]

    def __bool__(self) -> bool:
        return bool(self.words)


class Mark(NamedTuple):
    """A word of a text that answers a word of a query, and how.

    It is the word itself, another form or a synonym of it, or related to it by the shape of a plural.
    """

    start: int
    end: int
    text: str
    asked: str
    why: Why


class _Terms(NamedTuple):
    """What one written word gives: lemmas or stems, skeletons, and skeletons of plural shapes."""

    pieces: tuple[str, ...]
    stems: tuple[str, ...]
    bones: tuple[str, ...]
    plural_bones: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, ...]:
        return (
            *("s" + one for one in self.stems),
            *("k" + one for one in self.bones),
            *("p" + one for one in self.plural_bones),
        )

    @property
    def asked(self) -> tuple[str, ...]:
        return (
            *("s" + one for one in self.stems),
            *("p" + one for one in self.bones),
            *("k" + one for one in self.plural_bones),
        )


class Analyser:
    """Reads texts and queries by one lexicon; what it learnt of a written word it keeps for the next time."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = shared_lexicon() if lexicon is None else lexicon
        self._terms: dict[str, _Terms] = {}
        self._phrases = self._phrases_by_first()

    def tokens(self, text: str) -> tuple[str, ...]:
        """The tokens a text is found by, each once, sorted: letters and digits only."""
        found: set[str] = set()
        terms = [self._of(surface) for surface in surfaces(text)]
        for one in terms:
            found.update(one.kept)
        found.update("s" + lemma for _, _, lemma in self._phrases_in(terms))
        return tuple(sorted(found))

    def query(self, text: str) -> Query:
        """What a query asks for: words that say nothing are left out, at most twelve are read.

        A known phrase is answered by what means the same, or by all its words: each of them asks for either.
        """
        written = surfaces(text)
        terms = [self._of(surface) for surface in written]
        phrase_at = {
            place: "s" + lemma for begin, end, lemma in self._phrases_in(terms) for place in range(begin, end)
        }
        asked = [
            QueryWord(
                written[place],
                tuple(dict.fromkeys([*([phrase_at[place]] if place in phrase_at else []), *one.asked])),
            )
            for place, one in enumerate(terms)
            if one.stems
        ]
        return Query(tuple(dict.fromkeys(asked[:MOST_QUERY_WORDS])))

    def finds(self, query: Query, *, tokens: Sequence[str] | frozenset[str]) -> bool:
        """Whether a text with these tokens answers every word of a query; an empty query finds nothing."""
        kept = frozenset(tokens)
        return bool(query) and all(not kept.isdisjoint(word.any_of) for word in query.words)

    def marks(self, query: Query, *, text: str) -> tuple[Mark, ...]:
        """Which words of a text answer which words of a query: for showing what matched."""
        found = []
        places = list(words(text))
        terms = [self._of(place.text) for place in places]
        inside = {
            index: "s" + lemma for begin, end, lemma in self._phrases_in(terms) for index in range(begin, end)
        }
        for index, place in enumerate(places):
            kept = {*terms[index].kept, inside.get(index, "")}
            for word in query.words:
                shared = kept.intersection(word.any_of)
                if shared:
                    why = self._why(word, terms[index], shared)
                    found.append(Mark(place.start, place.end, place.text, word.text, why))
                    break
        return tuple(found)

    def _why(self, word: QueryWord, terms: _Terms, shared: set[str]) -> Why:
        if terms.pieces == self._of(word.text).pieces:
            return "word"
        return "form" if any(token[0] == "s" for token in shared) else "plural"

    def _of(self, surface: str) -> _Terms:
        known = self._terms.get(surface)
        if known is None:
            if len(self._terms) >= _KEPT_WORDS:
                self._terms.clear()
            known = self._terms[surface] = self._read(surface)
        return known

    def _read(self, surface: str) -> _Terms:
        parts = tuple(pieces(surface))
        stems: list[str] = []
        bones: list[str] = []
        plural_bones: list[str] = []
        for piece in parts:
            if self.lexicon.is_silent(piece):
                continue
            if "\u0621" <= piece[0] <= "\u064a":
                self._read_arabic(piece, stems, bones, plural_bones)
            else:
                stems += self.lexicon.lemmas_of(piece) or [latin_stem(piece)]
        return _Terms(parts, *(tuple(dict.fromkeys(some)) for some in (stems, bones, plural_bones)))

    def _read_arabic(self, piece: str, stems: list[str], bones: list[str], plural_bones: list[str]) -> None:
        lemmas, known = self.lexicon.reading_of(piece)
        stems += lemmas
        if lemmas and known != piece and not has_article(piece):
            # A first letter was read as a clitic; where it belongs to the word, the lexicon does not know the word.
            stems.append(stem(piece))
            bones.append(skeleton(piece))
        for reading in lemmas or likely(piece):
            short = stem(reading)
            if not lemmas:
                stems.append(short)
            forms = (reading, *without_pronoun(reading))
            bones += [bone for form in (short, *forms) if len(bone := skeleton(form)) > 1]
            if not lemmas:
                plural_bones += [
                    bone
                    for form in forms
                    if has_plural_shape(form) and serves(bone := skeleton(form), of=form)
                ]

    def _phrases_by_first(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for entry, lemma in self.lexicon.phrases:
            keys = tuple(self._key(self._of(word)) for word in entry)
            by_first.setdefault(keys[0], []).append((keys, lemma))
        for some in by_first.values():
            some.sort(key=lambda one: -len(one[0]))
        return by_first

    def _phrases_in(self, terms: list[_Terms]) -> Iterator[tuple[int, int, str]]:
        if not self._phrases:
            return
        keys = [self._key(one) for one in terms]
        for begin, key in enumerate(keys):
            for wanted, lemma in self._phrases.get(key, ()):
                if tuple(keys[begin : begin + len(wanted)]) == wanted:
                    yield begin, begin + len(wanted), lemma
                    break

    @staticmethod
    def _key(terms: _Terms) -> str:
        return terms.stems[0] if terms.stems else "".join(terms.pieces)


@cache
def analyser() -> Analyser:
    """The analyser with the lexicon that comes with the software."""
    return Analyser()

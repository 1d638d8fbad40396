"""The lexicon: words that belong together, in a text file that anybody can edit.

One line is one group: singular, broken plurals and synonyms, in any language, between commas («،» or «,»); an entry
may be a phrase of several words. A word alone on its line is known to be whole, so that its first letter is not read as
«and» or «to». A line that begins with a minus lists words that say nothing in a search. `#` begins a comment.

    طفل، أطفال، enfant, child, children
    كبار السن، مسنّ، مسنّون
    - في، على، أحتاج
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tadamun.kernel.arabic.clitics import readings, without_pronoun
from tadamun.kernel.arabic.letters import pieces, surfaces
from tadamun.kernel.arabic.stems import latin_stem
from tadamun.kernel.errors import TadamunError

SHARED = Path(__file__).resolve().parent.parent / "data" / "lexicon.txt"
_COMMA = re.compile("[،,]")
_LEAST = 3
_LONGEST_LINE = 2_000
# What an ending may stand for: taken off, each is tried with what the singular ends in.
_INFLECTIONS = (
    ("اييات", ("ا",)),
    ("اييه", ("ا",)),
    ("ايي", ("ا",)),
    ("يات", ("يه", "ي", "")),
    ("يين", ("ي",)),
    ("يون", ("ي",)),
    ("اوات", ("ا", "ه")),
    ("وات", ("ا", "ه")),
    ("تين", ("ه", "ت")),
    ("تان", ("ه", "ت")),
    ("ات", ("ه", "")),
    ("ين", ("",)),
    ("ان", ("",)),
    ("ون", ("",)),
    ("يه", ("ي", "")),
    ("ه", ("",)),
    ("ا", ("",)),
)


class LexiconNotUnderstood(TadamunError):
    """A line of a lexicon cannot be read."""

    code = "lexicon_not_understood"


@dataclass(frozen=True)
class Lexicon:
    """Forms and what they stand for, phrases, and words that say nothing."""

    lemmas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: tuple[tuple[tuple[str, ...], str], ...] = ()
    silent: frozenset[str] = frozenset()

    def extended(self, text: str) -> Lexicon:
        """The same lexicon with the lines of another one added; their words are added to those that are there.

        :raises LexiconNotUnderstood: a line is no list of words.
        """
        return _gathered(self, _lines(text))

    def lemmas_of(self, word: str) -> tuple[str, ...]:
        """What a folded word stands for, whatever is joined to it; nothing when no reading of it is known."""
        return self.reading_of(word)[0]

    def reading_of(self, word: str) -> tuple[tuple[str, ...], str]:
        """What a folded word stands for, and the word as it was read for that: without what is joined to it."""
        if not "\u0621" <= word[0] <= "\u064a":
            return self.lemmas.get(word) or self.lemmas.get(latin_stem(word), ()), word
        for reading in readings(word):
            for form in _singulars(reading):
                if form in self.lemmas:
                    return self.lemmas[form], reading
        return (), word

    def is_silent(self, word: str) -> bool:
        """Whether a folded word says nothing in a search."""
        return word in self.silent


@cache
def shared_lexicon() -> Lexicon:
    """The lexicon that comes with the software."""
    return read_lexicon(SHARED.read_text(encoding="utf-8"))


def read_lexicon(text: str) -> Lexicon:
    """A lexicon from its text.

    :raises LexiconNotUnderstood: a line is no list of words.
    """
    return Lexicon().extended(text)


def entries_of(line: str) -> tuple[str, ...]:
    """The words and phrases of one line, as they are written, each once.

    :raises LexiconNotUnderstood: one of them has no letter, the line is too long, or it is no line of words.
    """
    parts = [" ".join(part.split()) for part in _COMMA.split(line) if part.strip()]
    if len(line) > _LONGEST_LINE or not all(_entry(part) for part in parts):
        raise LexiconNotUnderstood(line=1)
    return tuple(dict.fromkeys(parts))


def _lines(text: str) -> Iterator[tuple[bool, list[list[str]]]]:
    """Each line: whether it lists silent words, and its entries, folded, as lists of words."""
    for number, line in enumerate(text.splitlines(), start=1):
        body = line.partition("#")[0].strip()
        if not body:
            continue
        silent = body.startswith("-")
        entries = [_entry(part) for part in _COMMA.split(body.removeprefix("-")) if part.strip()]
        if not entries or not all(entries) or len(body) > _LONGEST_LINE:
            raise LexiconNotUnderstood(line=number)
        yield silent, entries


def _entry(part: str) -> list[str]:
    return [piece for surface in surfaces(part) for piece in pieces(surface)]


def _gathered(base: Lexicon, lines: Iterable[tuple[bool, list[list[str]]]]) -> Lexicon:
    lemmas = dict(base.lemmas)
    silent = set(base.silent)
    phrases = list(base.phrases)
    for says_nothing, entries in lines:
        if says_nothing:
            silent.update(word for entry in entries for word in entry)
            continue
        lemma = _lemma(entries)
        for entry in entries:
            if len(entry) > 1:
                phrases.append((tuple(entry), lemma))
                continue
            known = lemmas.get(entry[0], ())
            lemmas[entry[0]] = known if lemma in known else (*known, lemma)
    for form, meant in list(lemmas.items()):
        if not "\u0621" <= form[0] <= "\u064a":
            lemmas.setdefault(latin_stem(form), meant)
    return Lexicon(lemmas=lemmas, phrases=tuple(phrases), silent=frozenset(silent))


def _lemma(entries: list[list[str]]) -> str:
    """What a group is called in the index: its first entry, run together."""
    return "".join(entries[0])


def _singulars(word: str) -> Iterator[str]:
    """A word, and what it may be the plural, the dual, the feminine or somebody's of."""
    yield word
    bare = list(without_pronoun(word))
    yield from bare
    for one in (word, *bare):
        for ending, instead in _INFLECTIONS:
            if one.endswith(ending) and len(one) - len(ending) >= _LEAST - 1:
                for last in instead:
                    form = one[: len(one) - len(ending)] + last
                    if len(form) >= _LEAST:
                        yield form

"""People's names, as they are compared: أحمد and احمد are one name, and so are مريم and مريام by their consonants.

Names take no part in stems and synonyms: «نور» is not «أنوار». What is joined in a name is one word here («عبد الله»
and «عبدالله»); titles of kinship («أمّ», «أبو») stay words of their own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tadamun.kernel.arabic.letters import pieces, surfaces

_JOINED_TO_NEXT = frozenset({"عبد", "لعبد", "abd", "abdul", "abdel"})
_ARTICLES = frozenset({"ال", "al", "el"})
# «لل», «وال», «بال» and the like before a name of three letters or more: shorter ones («والي») are names themselves.
_JOINED_ARTICLE = re.compile(r"(?:[وف]?(?:لل|[بك]ال)|[وف]ال)(?P<name>\w{3,})")
_LONG_VOWELS = re.compile("[اويء]+")
_WEAK = str.maketrans("", "", "اويءaeiouy")
_LATIN_PAIRS = (
    ("ou", "u"),
    ("ph", "f"),
    ("ck", "k"),
    ("kh", "x"),
    ("ch", "š"),
    ("sh", "š"),
    ("th", "t"),
    ("dh", "d"),
)
_LATIN_LETTERS = str.maketrans({"c": "k", "q": "k", "g": "j", "z": "s"})
_LEAST = 2


class NameKeys(NamedTuple):
    """What a name is found by: its words as spelt, and their consonants."""

    exact: tuple[str, ...]
    skeletons: tuple[str, ...]


def fold_name(name: str) -> str:
    """A name in one spelling: names that differ in hamzas, tā' marbūta, alif maqsūra, vowel signs or case are equal.

    Titles and articles stay, as telling people apart needs them; «ال» apart from its word is joined to it.
    """
    return " ".join(_parts(name))


def name_keys(name: str) -> NameKeys:
    """The words of a name in one spelling, and their skeletons, each once, in their order."""
    parts = _parts(name)
    return NameKeys(tuple(dict.fromkeys(parts)), name_skeletons(name))


def name_skeletons(name: str) -> tuple[str, ...]:
    """The consonants of each word of a name, each once: what misspellings leave alone.

    Two consonants alone tell few names apart, so an Arabic word that has no more keeps where its long vowels stand, all
    of them as one, and its tā' marbūta: «ليلى» is «ليلا», and neither «ليلة» nor «الله». A word of one consonant is
    kept as it is spelt. The article before a word of a name does not count.
    """
    return tuple(dict.fromkeys(_skeleton(part) for part in _parts(name)))


def name_readings(word: str) -> NameKeys:
    """What answers one word of a query by name: itself, or the name without the «to» or «and» that is joined to it.

    «للقاسم» and «والقاسم» are answered by «القاسم» and «قاسم» in any spelling, «لأحمد» by «أحمد» as it is spelt.
    """
    exact = [*_parts(word)]
    skeletons = [*name_skeletons(word)]
    for part in tuple(exact):
        joined = _JOINED_ARTICLE.fullmatch(part)
        if joined:
            exact += ["ال" + joined["name"], joined["name"]]
            skeletons.append(_skeleton(joined["name"]))
        elif part.startswith("ل") and len(part) > _LEAST + 2:
            exact.append(part[1:])
    return NameKeys(tuple(dict.fromkeys(exact)), tuple(dict.fromkeys(skeletons)))


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: all words of the shorter are in the longer, by their consonants."""
    first, second = set(name_skeletons(one)), set(name_skeletons(other))
    return bool(first and second) and (first <= second or second <= first)


def _parts(name: str) -> list[str]:
    words = [piece for surface in surfaces(name) for piece in pieces(surface)]
    parts: list[str] = []
    joining = ""
    for word in words:
        if word in _JOINED_TO_NEXT or word in _ARTICLES:
            joining += word
            continue
        parts.append(joining + word)
        joining = ""
    return [*parts, joining] if joining else parts


def _skeleton(part: str) -> str:
    if "\u0621" <= part[0] <= "\u064a":
        bare = part[2:] if part.startswith("ال") and len(part) > _LEAST + 2 else part
        bones = bare[:1].replace("ا", "") + bare[1:].removesuffix("ه").translate(_WEAK)
        if len(bones) == _LEAST:
            return bare[:1] + _LONG_VOWELS.sub("ا", bare[1:])
    else:
        bare = part.removesuffix("h")
        for pair, letter in _LATIN_PAIRS:
            bare = bare.replace(pair, letter)
        bones = bare[:1] + bare[1:].translate(_LATIN_LETTERS).translate(_WEAK)
        bones = "".join(letter for place, letter in enumerate(bones) if letter != bones[place - 1 : place])
    return bones if len(bones) >= _LEAST else part
